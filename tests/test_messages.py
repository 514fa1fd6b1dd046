"""What a notebook shows of a message: a state by sign, colour and word, code in a code font, nothing that runs."""

import re
from html.parser import HTMLParser

import pytest

from utils.messages import STATES, as_html, fenced, say, unfenced


class Reader(HTMLParser):
    """What a page shows: its text, and what stands in which element."""

    def __init__(self, text):
        super().__init__()
        self.shown, self.inside, self.open = "", {}, []
        self.feed(as_html(text))
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.inside.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.shown += data
        for tag in set(self.open):
            self.inside[tag][-1] += data


WRONG = "✗ softmax: your columns sum to 1. Is `dim=0` meant?"


def test_a_state_is_told_by_sign_colour_and_word():
    right, wrong = as_html("✓ softmax: right.  (3 of 16 solved)"), as_html(WRONG)
    assert Reader("✓ softmax: right.  (3 of 16 solved)").shown == "✓ Right · softmax: (3 of 16 solved)"
    assert Reader(WRONG).shown == "✗ Not right · softmax: your columns sum to 1. Is dim=0 meant?"
    assert STATES["✓"][1] in right and STATES["✗"][1] in wrong and STATES["✗"][1] not in right


def test_names_and_words_between_backticks_are_code():
    assert Reader(WRONG).inside["code"] == ["softmax", "dim=0"]


def test_an_example_is_shown_line_below_line_in_a_code_font():
    text = "✗ f: Tried with 1: wrong.\n  f(torch.tensor([1.0]))\n  gave  [2.0]\n  right [3.0]\n  Line 3: is it `x`?"
    read = Reader(text)
    assert read.inside["pre"] == ["f(torch.tensor([1.0]))\ngave  [2.0]\nright [3.0]"]
    assert read.shown.endswith("Line 3: is it x?") and read.inside["code"] == ["f", "x"]


def test_code_keeps_its_lines_and_indentation_and_its_fences_are_not_shown():
    code = "def f(x):\n\n    return x  # `x` < 2"
    text = f"Fill the gaps.\n{fenced(code)}\n(More.)"
    assert unfenced(text) == f"Fill the gaps.\n{code}\n(More.)"
    assert Reader(text).inside["pre"] == [code] and "`" not in Reader("Is `a` or `b` right?").shown


def test_indented_lines_are_code_too():
    assert Reader("Which?\n\na)\n    for x in y:\n        f(x)\nb)\n    pass").inside["pre"] == [
        "for x in y:\n    f(x)",
        "pass",
    ]


def test_in_a_list_of_states_each_keeps_its_own_sign_and_colour():
    text = "✓ softmax: solved\n○ correlation\n1 of 2 solved in this notebook."
    assert Reader(text).inside["div"][1:] == ["✓ softmax: solved", "○ correlation", "1 of 2 solved in this notebook."]
    assert STATES["✓"][1] in as_html(text) and "Right" not in as_html(text)


@pytest.mark.parametrize("text", ["✗ f: <script>alert(1)</script> & `<b>`", fenced("<img src=x onerror=alert(1)>")])
def test_what_a_learner_typed_is_text_and_no_element(text):
    assert set(Reader(text).inside) <= {"div", "b", "code", "pre"}
    assert re.sub(r"```\n?|\n|`", "", text).removeprefix("✗ f: ") in Reader(text).shown


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", [colour for _, colour in STATES.values()])
@pytest.mark.parametrize("page", ["#ffffff", "#111111", "#1e1e1e"])  # JupyterLab's two themes, and VS Code's dark one
def test_signs_can_be_seen_on_light_and_on_dark(colour, page):
    dark, light = sorted([luminance(colour), luminance(page)])
    assert (light + 0.05) / (dark + 0.05) >= 3


def test_outside_a_notebook_the_text_is_printed(capsys):
    say(f"✓ f: right.\n{fenced('x = 1')}")
    assert capsys.readouterr().out == "✓ f: right.\nx = 1\n"
