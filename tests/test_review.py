"""review(): what is due and when, whether its questions are true, and whether it leads learners to what they hold."""

import random
import sys
from datetime import UTC, datetime, timedelta

import pytest
from conftest import type_in

from utils import progress, siblings
from utils.catalogue import tasks_of
from utils.check import Session
from utils.course import course
from utils.judging import Judge
from utils.misconceptions import by_mistake, misconceptions
from utils.progress import Record
from utils.review import DAYS, Review, due_now, states_of

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
    assert due_now(states_of(record.entries())) == []


def test_a_wrong_answer_and_the_same_mistake_again_start_anew(record, clock, said):
    record.tried("pytorch/softmax", "columns", "1")
    review = Review("pytorch", record)
    for is_right, days in ((True, 1), (True, 3), (False, 10), (True, 1)):
        clock.forward(days)
        answer(review, said, is_right)
    clock.forward(1)
    record.tried("tensorflow/decompose", "axis", "2")
    (item,) = states_of(record.entries())
    assert (item.times, item.box, item.due) == (2, 0, clock.time + timedelta(days=1))


def test_a_clock_set_back_hides_nothing(record, clock, said):
    clock.forward(5000)
    record.tried("pytorch/softmax", "columns", "1")
    clock.forward(-5000)
    review = Review("pytorch", record)
    answer(review, said)
    (item,) = states_of(record.entries())
    assert item.due == clock.time  # the mistake still lies ahead, so it is asked about again
    record.tried("pytorch/softmax", "columns", "2")
    (item,) = states_of(record.entries())
    assert item.due == clock.time + timedelta(days=3)


def test_a_record_without_times_and_with_tasks_that_are_gone(record):
    record._change("pytorch/softmax", lambda entry: entry.update(mistakes={"columns": 1, "gone": 2}))
    record._change("pytorch/gone", lambda entry: entry.update(mistakes={"columns": 1}))
    record._change("review/axis", lambda entry: entry.update(reviewed="yesterday", box=99))
    record._change("review/gone", lambda entry: entry.update(reviewed="2026-01-01T00:00:00+00:00", box=1))
    (item,) = states_of(record.entries())
    assert (item.misconception.name, item.times) == ("axis", 1)
    assert due_now([item])


def test_progress_tells_that_something_is_due(record, clock, said):
    record.tried("pytorch/softmax", "columns", "1")
    session = Session("01_tensors", "pytorch", record)
    session.progress()
    assert "review()" not in said()
    clock.forward(1)
    session.progress()
    assert said().endswith("`review()` has 1 question for you.\n")


# What is said --------------------------------------------------------------------------------------------------------


def test_answers_that_are_none(record, clock, said):
    review = Review("pytorch", record)
    review.review("b")
    assert said() == "○ review: no question is open; `review()` asks one.\n"
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
            functions = judge.entry(task).functions.values()
            modules = {function.__module__ for function in functions}
            for function, source in [("", group.right), *((f, w[2]) for f, w in group.wrong.items())]:
                namespace = {name: value for module in modules for name, value in vars(sys.modules[module]).items()}
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
    assert "sigmoid([-2.0, 0.0, 3.0])" in question.text
    assert question.right.text == "[-0.1565, inf, 1.0524]"
    assert {option.text for option in question.options if not option.right} > {"[0.1192, 0.5, 0.9526]"}


# Simulated learners ---------------------------------------------------------------------------------------------------


class Learner:
    """Holds some misconceptions, learns from each sentence, and forgets: half in 4 days, then three times as slowly.

    slips: how often a mistake comes from a misconception that the learner does not hold.
    """

    def __init__(self, held, seed, slips):
        self.random, self.held, self.slips = random.Random(seed), set(held), slips
        self.learned = {}  # {misconception: (day, how often before)}

    def recall(self, name, day):
        """The probability of knowing better."""
        if name not in self.held:
            return 1 - self.slips
        if name not in self.learned:
            return 0.0
        learned, times = self.learned[name]
        return 0.5 ** ((day - learned) / (4 * 3**times))

    def knows(self, name, day):
        return self.random.random() < self.recall(name, day)

    def learn(self, name, day):
        self.learned[name] = day, self.learned.get(name, (None, -1))[1] + 1


def simulate(learner, record, clock, said, with_reviews=True):
    """A task a day for 40 days and all reviews that are due in 90; returns the misconceptions that were asked about."""
    tasks = {}
    for (task, mistake), name in by_mistake().items():
        tasks.setdefault(task, {})[name] = mistake
    order = learner.random.sample(sorted(tasks), 40)
    review, asked = Review("neutral", record), []
    for day in range(90):
        if day < len(order):
            for name, mistake in tasks[order[day]].items():
                if not learner.knows(name, day):
                    record.tried(f"pytorch/{order[day]}", mistake, str(day))
                    learner.learn(name, day)
        while with_reviews and due_now(states_of(record.entries())):
            review.review()
            asked.append(review._open[0])
            answer(review, said, learner.knows(asked[-1], day))
            learner.learn(asked[-1], day)
        clock.forward(1)
    return asked


@pytest.mark.parametrize("count", [2, 6])
def test_simulated_learners_are_led_to_what_they_hold(count, clock, said, monkeypatch, tmp_path):
    led, kept = [], {True: [], False: []}
    for seed in range(3):
        held = random.Random(seed).sample(sorted(misconceptions()), count)
        for with_reviews in (True, False):
            monkeypatch.setattr(progress, "WORK", tmp_path / f"{seed}{with_reviews}")
            learner = Learner(held, seed, slips=0.0)
            led += [name in held for name in simulate(learner, Record(), clock, said, with_reviews)]
            kept[with_reviews] += [learner.recall(name, 90) for name in held]
    assert len(led) >= 3 * count
    assert sum(led) >= 0.95 * len(led)
    assert sum(kept[True]) > 1.5 * sum(kept[False])  # and they remember more at the end
