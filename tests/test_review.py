"""review(): what is due and when, whether the questions are true, and whether learners are led to what they got wrong."""

import math
import random
import sys
from datetime import UTC, datetime, timedelta

import pytest
from conftest import type_in

from utils import progress, siblings
from utils.catalogue import tasks_of
from utils.course import course
from utils.judging import Judge
from utils.misconceptions import by_mistake, misconceptions
from utils.progress import Record
from utils.review import DAYS, Review, due_now, items_of

FRAMEWORKS = ("pytorch", "tensorflow")


class Clock:
    """The time of the record, moved by hand."""

    def __init__(self):
        self.time = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self):
        return self.time.isoformat(timespec="seconds")

    def forward(self, days):
        self.time += timedelta(days=days)


@pytest.fixture
def clock(monkeypatch, tmp_path):
    monkeypatch.setattr(progress, "WORK", tmp_path / "work")
    found = Clock()
    monkeypatch.setattr(progress, "now", found)
    return found


@pytest.fixture
def record(clock):
    return Record()


@pytest.fixture
def said(capsys):
    return lambda: capsys.readouterr().out


def answer(review, said, is_right=True):
    """Answer the question that review() asks; returns (its name in the record, what was said)."""
    review.review()
    assert said().startswith("○ review: ")
    _, question = review._open
    letter = next(option.letter for option in question.options if option.right is is_right)
    review.review(letter)
    return question.key, said()


# When ----------------------------------------------------------------------------------------------------------------


def test_nothing_is_due_before_a_mistake_was_made(record, said):
    Review("pytorch", record).review()
    assert said().startswith("○ review: nothing is due. It comes back to mistakes")


def test_a_mistake_comes_back_after_a_day_and_then_in_growing_steps(record, clock, said):
    record.tried("pytorch/softmax", "columns", "1")
    review = Review("pytorch", record)
    for days in DAYS:
        clock.forward(days - 0.01)
        review.review()
        assert '"The axis that collapses" comes in 1 day.' in said()
        clock.forward(0.01)
        answer(review, said)
    clock.forward(1000)
    assert due_now(items_of(record.entries())) == []


def test_a_wrong_answer_and_the_same_mistake_again_start_anew(record, clock, said):
    record.tried("pytorch/softmax", "columns", "1")
    review = Review("pytorch", record)
    for is_right, days in ((True, 1), (True, 3), (False, 10), (True, 1)):
        clock.forward(days)
        answer(review, said, is_right)
    clock.forward(1)
    record.tried("tensorflow/decompose", "axis", "2")
    (item,) = items_of(record.entries())
    assert (item.times, item.box, item.due) == (2, 0, clock.time + timedelta(days=1))


def test_a_clock_set_back_hides_nothing(record, clock, said):
    clock.forward(5000)
    record.tried("pytorch/softmax", "columns", "1")
    clock.forward(-5000)
    review = Review("pytorch", record)
    answer(review, said)
    (item,) = items_of(record.entries())
    assert item.due == clock.time  # the mistake still lies ahead, so it is asked about again
    record.tried("pytorch/softmax", "columns", "2")
    (item,) = items_of(record.entries())
    assert item.due == clock.time + timedelta(days=3)


def test_a_record_without_times_and_with_tasks_that_are_gone(record):
    record._change("pytorch/softmax", lambda entry: entry.update(mistakes={"columns": 1, "gone": 2}))
    record._change("pytorch/gone", lambda entry: entry.update(mistakes={"columns": 1}))
    record._change("review/axis", lambda entry: entry.update(reviewed="yesterday", box=99))
    record._change("review/gone", lambda entry: entry.update(reviewed="2026-01-01T00:00:00+00:00", box=1))
    (item,) = items_of(record.entries())
    assert (item.misconception.name, item.times) == ("axis", 1)
    assert due_now([item])


# What is said --------------------------------------------------------------------------------------------------------


def test_answers_that_are_none(record, clock, said):
    review = Review("pytorch", record)
    review.review("b")
    assert said() == "○ review: no question is open; review() asks one.\n"
    record.tried("pytorch/softmax", "columns", "1")
    clock.forward(1)
    review.review()
    asked = said()
    review.review()
    assert said() == asked
    for wrong in ("z", "", "ab", 3, ["a"]):
        review.review(wrong)
        assert said().startswith('○ review: answer with one of "a", "b"')
    assert "asked" not in record.entries().get("review/axis", {})


def test_a_learner_without_a_record(said):
    Review("pytorch", None).review()
    assert "NN_PROGRESS" in said()


def test_the_sentence_of_the_mistake_and_the_idea_behind_it_are_told(record, clock, said):
    record.tried("pytorch/softmax", "columns", "1")
    clock.forward(1)
    _, told = answer(Review("pytorch", record), said, is_right=False)
    assert told.startswith("✗ review: not ")
    assert misconceptions()["axis"].explanation in told
    assert "It comes back in 1 day." in told


def test_the_start_page_takes_the_framework_of_the_record(record, clock, said):
    record.tried("tensorflow/softmax", "columns", "1")
    record.solved("tensorflow/softmax")
    clock.forward(1)
    review = Review("neutral", record)
    review.review()
    assert any(word in said() for word in ("tf.", "axis="))


def test_a_question_is_new_and_spoils_no_open_task(record, clock, said):
    record.tried("pytorch/softmax", "columns", "1")
    for task in ("standardise_columns", "correlation", "cross_entropy_of"):
        record.solved(f"pytorch/{task}")
    review, keys = Review("pytorch", record), []
    for _ in range(8):
        clock.forward(1)
        keys.append(answer(review, said, is_right=False)[0])
    assert len(set(keys)) == len(keys)
    solved_or_run = [key for key in keys if not key.startswith("softmax__") or key.endswith("/output")]
    assert solved_or_run == keys


# The questions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_every_misconception_has_four_questions_with_one_right_answer(framework):
    made = [(c.misconception, c.make()) for c in siblings.candidates(framework)]
    found = {name: [] for name in misconceptions()}
    for name, question in made:
        if question:
            found[name].append(question)
            assert sum(option.right for option in question.options) == 1
            texts = [option.text for option in question.options]
            assert len(texts) == len(set(texts)) >= 2, question.key
            assert question.text.count("\n") <= 45
    assert {name for name, questions in found.items() if len(questions) < 4} == set()
    keys = [question.key for questions in found.values() for question in questions]
    assert len(keys) == len(set(keys))


LESSONS = [
    pytest.param(framework, lesson.subject, marks=[] if lesson.subject == "start_here" else [pytest.mark.slow])
    for lesson in course()
    for framework in FRAMEWORKS
]


@pytest.mark.parametrize(("framework", "subject"), LESSONS)
def test_what_is_shown_as_right_or_wrong_is_so(framework, subject):
    """Every source that a question shows is typed in and judged."""
    judge = Judge(subject, siblings.notebook_of(subject, framework))
    tasks = {task.name: task for task in tasks_of(subject)}
    for group in siblings.groups(framework):
        if group.subject == subject and group.task and not tasks[group.task].value:
            task = tasks[group.task]
            solution = judge.entry(task).solution
            for function, source in [("", group.right), *((f, w[2]) for f, w in group.wrong.items())]:
                namespace = dict(vars(sys.modules[solution.__module__]))
                type_in(source + "\n", namespace)
                verdict = judge.judge(task, namespace[task.name], {}, {task.after} if task.after else set())
                if function:
                    name = by_mistake().get((task.name, verdict.mistake))
                    assert name == group.wrong[function][0], function
                else:
                    assert verdict.status == "right", task.name


def test_what_an_answer_returns_is_asked_with_its_own_output():
    judge = Judge("start_here", "neutral")
    (candidate,) = [c for c in siblings.candidates("pytorch", lambda _: judge) if c.key == "sigmoid__minus/output"]
    question = candidate.make()
    assert "sigmoid([-1.0, 0.0, 2.0])" in question.text
    assert question.right.text == "[-0.582, inf, 1.1565]"
    assert {option.text for option in question.options if not option.right} > {"[0.2689, 0.5, 0.8808]"}


# Simulated learners ---------------------------------------------------------------------------------------------------


class Learner:
    """Holds some misconceptions; forgets what was learned after a wrong answer at a known rate, more slowly each time."""

    def __init__(self, held, seed, half_life=4.0, slips=0.02):
        self.random, self.half_life, self.slips = random.Random(seed), half_life, slips
        self.held = set(held)
        self.learned = {}  # {misconception: (day, how often)}

    def knows(self, name, day):
        if name not in self.held:
            return self.random.random() > self.slips
        learned, times = self.learned.get(name, (None, 0))
        if learned is None:
            return False
        return self.random.random() < math.exp(-(day - learned) * math.log(2) / (self.half_life * 3**times))

    def learn(self, name, day):
        times = self.learned.get(name, (None, -1))[1]
        self.learned[name] = day, times + 1


def simulate(learner, record, clock, said, days=90):
    """A task a day for 40 days, a slip or a held misconception in it, and all reviews that are due; [(asked, held)]."""
    tasks = {}
    for (task, mistake), name in by_mistake().items():
        tasks.setdefault(task, {}).setdefault(name, mistake)
    order = list(tasks)
    learner.random.shuffle(order)
    review, reviews = Review("neutral", record), []
    for day in range(days):
        for name, mistake in tasks[order[day]].items() if day < 40 else ():
            if not learner.knows(name, day) and (name in learner.held or learner.random.random() < 0.3):
                record.tried(f"pytorch/{order[day]}", mistake, str(day))
                learner.learn(name, day)
                break
        while due_now(items_of(record.entries())):
            review.review()
            name, _ = review._open
            is_right = learner.knows(name, day)
            reviews.append((name, name in learner.held))
            answer(review, said, is_right)
            learner.learn(name, day)
        clock.forward(1)
    return reviews


@pytest.mark.parametrize("count", [2, 5])
def test_simulated_learners_are_led_to_what_they_hold(count, record, clock, said, monkeypatch, tmp_path):
    found, met = [], 0
    for seed in range(4):
        monkeypatch.setattr(progress, "WORK", tmp_path / str(seed))
        held = random.Random(seed).sample(sorted(misconceptions()), count)
        reviews = simulate(Learner(held, seed), Record(), clock, said)
        found += [is_held for _, is_held in reviews]
        met += len({name for name, is_held in reviews if is_held})
    print(count, len(found), sum(found) / len(found), met / (4 * count))
    assert len(found) >= 20
    assert sum(found) >= 0.95 * len(found)
    assert met >= 0.9 * 4 * count
