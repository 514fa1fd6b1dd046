"""The ladder to each task: its lines in disorder, its gaps, and what is said to what is put together from them."""

import ast
import itertools
import json
import random

import pytest
from test_tasks import cases, every_task, session_of, trained_later

from tools import practice
from utils import progress
from utils.catalogue import Task
from utils.check import Session
from utils.ladder import NotPut, ladder

SAMPLE = 12  # orders of a task that are judged again
WIDEST = 80  # columns of code that is shown
NEVER = {  # tasks without a ladder, and why
    "pytorch weight_images": "two lines, and no other line in place of one makes a catalogued mistake",
}
PASS_WITH_A_DECOY = {  # tasks in which a decoy is harmless in another place than its own, and why
    "pytorch fast_losses": "a decoy makes the list of losses too, and the right optimizer comes after it",
}
CASES = cases(Task)
quick = [case for case in CASES if not trained_later(case.values[1]) and not case.values[1].recorded]
every_quick_task = pytest.mark.parametrize(("session", "task"), quick, scope="module")


def steps_of(session, task):
    return ladder(session.subject, task, session.framework)


def verdict(session, task, **step):
    session.solved = set(session.tasks) - {task.name}
    return session.judge_step(task.name, **step)


def code(source):
    return ast.dump(ast.parse(source))


# What a ladder is -----------------------------------------------------------------------------------------------------


@every_task
def test_every_task_has_a_ladder_or_a_reason(session, task):
    steps = steps_of(session, task)
    assert (steps is None) == (f"{session.framework} {task.name}" in NEVER)
    if steps is None:
        return
    assert set(steps.slips.values()) <= set(session.entry(task).mistakes())
    assert len(steps.slips) == len(steps.pieces) - len(steps.order) <= 4
    assert steps.slips or len(steps.order) >= 3
    assert [*steps.pieces] == sorted(steps.pieces)
    assert len(set(steps.pieces.values())) == len(steps.pieces)


@every_task
def test_the_right_order_and_the_right_texts_are_the_solution(session, task):
    steps = steps_of(session, task)
    if steps is None:
        pytest.skip(NEVER[f"{session.framework} {task.name}"])
    assert code(steps.put_in_order(steps.order)) == code(session.source(task))
    assert code(steps.fill_in(steps.right_texts())) == code(session.source(task))
    for order in steps.slips:
        assert code(steps.put_in_order(order)) != code(session.source(task))
    for _, texts in steps.wrong_texts():
        assert code(steps.fill_in(texts)) != code(session.source(task))


@every_task
def test_code_that_is_shown_needs_no_scrolling(session, task):
    shown = [session.source(task, way) for way in (None, *task.ways)]
    steps = steps_of(session, task)
    if steps:
        shown += [steps.head, *steps.pieces.values(), steps.with_gaps()]
    rows = [row for text in shown for row in text.split("\n")]
    assert [row for row in rows if len(row) > WIDEST or "# fmt:" in row or "# noqa" in row] == []


def test_the_disorder_is_the_same_every_time_and_is_none_for_few_tasks():
    shown = []
    for case in CASES:
        session, task = case.values
        steps = steps_of(session, task)
        if steps and len(steps.order) > 2:
            assert steps_of(session, task) == steps
            shown.append("".join(sorted(steps.order)) == steps.order)
    assert shown.count(True) <= len(shown) / 10


# What is said ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@every_quick_task
def test_each_decoy_in_its_place_gets_the_sentence_of_its_mistake(session, task):
    steps = steps_of(session, task)
    if steps is None:
        pytest.skip(NEVER[f"{session.framework} {task.name}"])
    assert verdict(session, task, lines=steps.order).status == "right"
    assert verdict(session, task, gaps=steps.right_texts()).status == "right" or not steps.gaps
    said = {order: verdict(session, task, lines=order).mistake for order in steps.slips}
    assert said == steps.slips
    for mistake, texts in steps.wrong_texts():
        assert verdict(session, task, gaps=texts).mistake == mistake, texts


@pytest.mark.slow
@every_quick_task
def test_no_order_of_few_lines_crashes_or_passes_for_its_decoys(session, task):
    steps = steps_of(session, task)
    if steps is None:
        pytest.skip(NEVER[f"{session.framework} {task.name}"])
    orders = ["".join(order) for n in (1, 2, 3) for order in itertools.permutations(steps.pieces, n)]
    for order in random.Random(task.name).sample(orders, min(SAMPLE, len(orders))):
        found = verdict(session, task, lines=order)
        assert found.cause != "failed" and found.text
        without = "".join(letter for letter in order if letter in steps.order)
        assert found.status != "right" or verdict(session, task, lines=without).status == "right", order


@pytest.mark.parametrize("lesson", sorted({case.values[0].lesson for case in CASES}))
def test_a_page_knows_the_orders_of_every_ladder(lesson):
    held = json.loads((practice.PRACTICE / f"{lesson}.json").read_text(encoding="utf-8"))
    for session, task in (case.values for case in CASES if case.values[0].lesson == lesson):
        steps, entry = steps_of(session, task), held.get(f"{session.framework} {task.name}")
        assert (entry is None) == (steps is None)
        if steps is None:
            continue
        assert entry["digest"] == practice.digest(session.subject, task, steps), "`make ladders` is due"
        said = {order: text for text, orders in entry["says"].items() for order in orders.split()}
        assert said[steps.order] == "✓ right."
        assert {order: text for order, text in said.items() if order in steps.slips} == {
            order: f"={mistake}" for order, mistake in steps.slips.items()
        }
        passes = [order for order, text in said.items() if text[0] == "✓" and set(order) - set(steps.order)]
        assert bool(passes) == (f"{session.framework} {task.name}" in PASS_WITH_A_DECOY), (task.name, passes)


def test_what_a_page_says_is_what_is_said_here():
    """Of one lesson, a sample; `make ladders` judges all."""
    held = json.loads((practice.PRACTICE / "01_tensors.json").read_text(encoding="utf-8"))
    session = session_of("01_tensors", "pytorch")
    session.solved = set(session.tasks)
    for name in ("softmax", "standardise_columns", "numeric_gradient"):
        entry = held[f"pytorch {name}"]
        said = {order: text for text, orders in entry["says"].items() for order in orders.split()}
        for order in random.Random(name).sample(sorted(said), 10):
            now = practice.said(session, session.tasks[name], order)
            assert now[0] == said[order][0] and (now == said[order] or "=" not in (now[0], said[order][0])), order


# Bad input ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def softmax():
    session = Session("01_tensors", "pytorch")
    return session, steps_of(session, session.tasks["softmax"])


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("a z", 'there is no line "z"; the lines are "a" to "g".'),
        ("a a", 'line "a" stands there twice; each line can be used once.'),
        ("", 'type the letters of the lines in order, as in lines="b a".'),
        (3, 'type the letters of the lines in order, as in lines="b a".'),
        ([1], 'type the letters of the lines in order, as in lines="b a".'),
    ],
)
def test_an_order_that_is_none_gets_one_sentence_and_is_no_try(softmax, lines, sentence, capsys):
    session, _ = softmax
    session.check("softmax", lines=lines)
    assert capsys.readouterr().out == f"○ softmax: {sentence}\n"
    assert session.attempts["softmax"].tries == 0


def test_lines_that_cannot_stand_so_are_told(softmax):
    session, steps = softmax
    last = steps.order[-1]
    with pytest.raises(NotPut, match=f'line "{steps.order[0]}" is never reached, because "{last}" leaves'):
        steps.put_in_order(last + steps.order[0])
    other = ladder("tensors", session.tasks["minimise"], "pytorch")
    loop = next(letter for letter, text in other.pieces.items() if text.strip().startswith("for "))
    with pytest.raises(NotPut, match="is not Python at line"):
        other.put_in_order(loop)


@pytest.mark.parametrize("lines", ["{0} {1} {2}", "{0}{1}{2}", "{0}, {1},{2}", ["{0}", "{1}", "{2}"], " {0} {1}\n{2} "])
def test_letters_may_be_typed_in_several_ways(softmax, lines):
    session, steps = softmax
    typed = [text.format(*steps.order) for text in lines] if isinstance(lines, list) else lines.format(*steps.order)
    assert session.judge_step("softmax", lines=typed).text.startswith("✓ softmax: right.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda texts: texts[1:], "to fill, but"),
        (lambda texts: [")(", *texts[1:]], "what you typed into gap 1, ')(', is not an expression of Python."),
        (lambda texts: ["x = 1; x", *texts[1:]], "what you typed into gap 1, 'x = 1; x', is not an expression"),
        (lambda texts: ["a) + (b", *texts[1:]], "what you typed into gap 1, 'a) + (b', is not an expression"),
        (lambda texts: 3, 'type what stands in the gaps as a list of texts, as in gaps=["...", "..."].'),
        (
            lambda texts: [None, *texts[1:]],
            'type what stands in the gaps as a list of texts, as in gaps=["...", "..."]',
        ),
    ],
)
def test_texts_that_fill_no_gap_get_one_sentence(softmax, change, sentence):
    session, steps = softmax
    text = session.judge_step("softmax", gaps=change(steps.right_texts())).text
    assert text.startswith("○ softmax: ") and sentence in text and "\n" not in text


def test_a_step_is_for_tasks_and_one_at_a_time(softmax, made_up_lesson):
    session, steps = softmax
    assert session.judge_step("softmax", steps.order, steps.right_texts()).text == (
        "○ softmax: give either lines or gaps."
    )
    assert session.judge_step("softmaks", "a").text.startswith('○ there is no task "softmaks"; did you mean "softmax"')
    assert session.judge_step("quiz_1", "a").text == "○ quiz_1: not answered yet."
    other = Session("99_made_up", "pytorch")
    assert other.judge_step("double", "a").text == (
        '○ double: this task has no lines to put in order; `hint("double")` and `solution("double")` help.'
    )


# In a notebook --------------------------------------------------------------------------------------------------------


def test_hints_go_on_with_lines_then_gaps_then_name_the_solution_and_are_counted(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(progress, "WORK", tmp_path)
    session = Session("01_tensors", "pytorch", progress.Record())
    task, steps = session.tasks["softmax"], steps_of(session, session.tasks["softmax"])
    shown = []
    for _ in range(len(task.hints) + 3):
        session.hint("softmax")
        shown.append(capsys.readouterr().out)
    lines, gaps, again = shown[len(task.hints) :]
    assert '`hint("softmax")` shows lines to put in order' in shown[len(task.hints) - 1]
    assert all(f"\n{letter}   {text}\n" in lines for letter, text in steps.pieces.items())
    assert all(f"__{number}__" in gaps for number in range(1, len(steps.gaps) + 1))
    assert '`solution("softmax")` shows the solution' in gaps and again == gaps
    assert progress.Record().entries()["pytorch/softmax"]["hints"] == len(task.hints) + 2


def test_an_order_is_judged_as_an_answer_is(softmax, capsys):
    session, steps = softmax
    wrong = next(iter(steps.slips))
    session.check("softmax", lines=wrong)
    sentence = session.entry(session.tasks["softmax"]).mistakes()[steps.slips[wrong]]
    assert capsys.readouterr().out == f"✗ softmax: {sentence}\n"
    assert session.attempts["softmax"].tries == 1
    with pytest.raises(AssertionError, match="softmax"):
        session.check("softmax", lines=wrong, strict=True)
    session.check("softmax", lines=steps.order)
    out = capsys.readouterr().out
    assert out.startswith("✓ softmax: right.") and "def softmax(logits):" in out
