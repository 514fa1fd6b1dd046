"""Show a message of the course: in a notebook as HTML with its text beside it, elsewhere as text.

A message is text. A line may begin with a sign and a name, as in "✗ softmax: ..."; words between backticks are code, as
are lines that begin with four spaces, and the lines between two of three backticks, which the text leaves out.
"""

import html
import itertools
import re
import sys
import textwrap
from collections.abc import Callable

STATES = {"✓": ("Right", "#2b9348"), "✗": ("Not right", "#d6455d"), "○": ("", "#808080")}  # the word and the colour
OTHER_SIGNS = str.maketrans({"✓": "+", "✗": "x", "○": "-"})

FENCE = "```"
FENCED = re.compile(rf"^{FENCE}\n(.*?)\n{FENCE}$", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"(?:^  \w+\(.*\)\n)?^  gave  .*\n  right .*$", re.MULTILINE)  # as utils/wording.py writes it
HEAD = re.compile(rf"^([{''.join(STATES)}]) (\w+)(?::|$)", re.MULTILINE)
HINT = re.compile(r"^Hint \d+ of \d+:")
CODE = re.compile(r"`([^`\n]+)`")

# These stand in each element, because a notebook has no style sheet of ours. Words have the page's own colour, right on
# light and on dark; the signs' colours have a contrast of 3 or more with white and with black.
BOX = "margin: .2em 0; padding: .1em .8em; border-left: .3em solid {}; max-width: 60em; overflow-wrap: break-word"
ROW = "margin: .35em 0 0"
CODE_FONT = "font-family: var(--jp-code-font-family, ui-monospace, monospace); font-size: .93em"
SHADED = f"{CODE_FONT}; background: rgba(128, 128, 128, .15); border-radius: .2em; padding: 0 .25em"
BLOCK = f"{ROW}; {CODE_FONT}; white-space: pre-wrap; word-break: normal; background: none; padding: 0"


def say(text: str) -> None:
    """Show a message: in a notebook its HTML, with the text for whoever shows or compares only that; else the text."""
    display = notebook_display()
    if display:
        display({"text/plain": unfenced(text), "text/html": as_html(text)}, raw=True)
    else:
        _print(unfenced(text))


def notebook_display() -> Callable | None:
    """IPython's display function when a notebook listens, else None. Nobody in a notebook has not imported IPython."""
    ipython = sys.modules.get("IPython")
    return ipython.display.display if ipython and hasattr(ipython.get_ipython(), "kernel") else None


def fenced(code: str) -> str:
    """Lines that are shown as they stand, in a code font."""
    return f"{FENCE}\n{code}\n{FENCE}"


def unfenced(text: str) -> str:
    """A message as text."""
    return FENCED.sub(r"\1", text)


def as_html(text: str) -> str:
    """A message as HTML: its state as a sign, a colour and a word, and code in a code font."""
    heads = HEAD.findall(text)
    colour = STATES[heads[0][0] if len(heads) == 1 else "○"][1]
    rows = []
    for number, part in enumerate(FENCED.split(text)):
        if number % 2:
            rows.append(_block(part))
            continue
        lines = filter(str.strip, EXAMPLE.sub(_indented, part).split("\n"))
        for is_code, group in itertools.groupby(lines, _is_code):
            held = [*group]
            rows += [_block("\n".join(held))] if is_code else [_row(line, len(heads) == 1) for line in held]
    return f'<div class="course-message" style="{BOX.format(colour)}">{"".join(rows)}</div>'


def _indented(found: re.Match) -> str:
    return textwrap.indent(found[0], "  ")


def _is_code(line: str) -> bool:
    return line.startswith("    ")


def _block(code: str) -> str:
    return f'<pre style="{BLOCK}">{html.escape(textwrap.dedent(code), quote=False)}</pre>'


def _row(line: str, in_words: bool) -> str:
    """A line as HTML. in_words: tell a state by a word too, as no list of states does."""
    head, hint = HEAD.match(line), HINT.match(line)
    start = head or hint
    told, rest = "", line[start.end() if start else 0 :].strip()
    if head:
        word, colour = STATES[head[1]]
        told = f'<b style="color: {colour}">{head[1]}</b> '
        if word and in_words:
            told, rest = f"{told}<b>{word}</b> · ", rest.removeprefix("right.").strip()
        told += _inline(f"`{head[2]}`") + (": " if rest else "")
    elif hint:
        told = f"<b>{hint[0]}</b> "
    return f'<div style="{ROW}">{told}{_inline(rest)}</div>'


def _inline(text: str) -> str:
    """Words with code between backticks as HTML."""
    return CODE.sub(rf'<code style="{SHADED}">\1</code>', html.escape(text, quote=False))


def _print(text: str) -> None:
    """Print a text, on a console that lacks some of its signs with others in their place."""
    try:
        print(text)
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        print(text.translate(OTHER_SIGNS).encode(encoding, "replace").decode(encoding))
