"""The twin stepper as HTML: each step of a recorded story with its lines, values, graph and fit.

Everything is in the page. site/static/stepper.js shows one step at a time; without it, and on paper, all steps stand
below each other.
"""

import html
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from tools.stories import RECORD, disagreements
from utils.quiz import FRAMEWORKS

# {lesson: (the section that teaches the step, its story)}
PLACES = {
    "02_training": ("Take one step", "line"),
    "04_high_level": ("See what each line replaced", "network"),
    "05_mixing": ("See that the high-level API runs the loop that you would write", "fit"),
}
Story = dict[str, Any]


class DisagreementError(Exception):
    """Values of the two frameworks that should be the same."""


def stories(record: Path = RECORD) -> dict[str, Story]:
    """{name: story}; DisagreementError where the frameworks' values differ beyond 4 digits."""
    told = json.loads(record.read_text(encoding="utf-8"))
    if wrong := disagreements(told):
        raise DisagreementError(f"site/stories.json: the frameworks disagree about {'; '.join(wrong)}.")
    return {story["name"]: story for story in told}


def block(told: list[Story], static: str, heading: str) -> str:
    """Stories with their style and script from the folder `static`; `heading` is the element of their titles."""
    shown = "".join(story_html(story, heading) for story in told)
    return (
        f'<link rel="stylesheet" href="{static}/stepper.css">{shown}<script src="{static}/stepper.js" defer></script>'
    )


def story_html(story: Story, heading: str) -> str:
    name, steps = story["name"], story["steps"]
    codes = {f: code_html(story, f) for f in FRAMEWORKS}
    shown = "".join(step_html(story, step) for step in range(len(steps)))
    texts = html.escape(json.dumps([value_text(story, step) for step in range(len(steps))]))
    controls = (
        f'<div class="story-controls pst-js-only"><button type="button" data-move="-1">Back</button>'
        f'<input type="range" min="0" max="{len(steps) - 1}" value="0" aria-label="Step of the story" '
        f'data-texts="{texts}"><button type="button" data-move="1">Next</button>'
        '<span class="visually-hidden" role="status"></span></div><p class="gone" role="status"></p>'
    )
    return (
        f'<section class="story" id="story-{name}"><{heading}>{html.escape(story["title"])}</{heading}>{controls}'
        f'<div class="story-row">{codes["pytorch"]}<ol class="story-steps">{shown}</ol>{codes["tensorflow"]}</div>'
        "</section>"
    )


def code_html(story: Story, framework: str) -> str:
    lines = "".join(
        f'<span class="line" data-step="{step}">{html.escape(line)}\n</span>' for step, line in story["code"][framework]
    )
    return f'<div class="side {framework}"><pre>{lines}</pre></div>'


def step_html(story: Story, step: int) -> str:
    """One step: what happens, the values that are new or have changed, the graph as a list, the fit."""
    label, says = story["steps"][step]
    note = story["notes"].get(str(step))
    parts = [f"<p><strong>{html.escape(label.capitalize())}.</strong> {marked(says)}</p>"]
    if values := new_values(story, step):
        rows = "".join(
            f'<tr><th scope="row">{html.escape(name)}</th><td>{shape(value)}</td>'
            f"<td><code>{numbers(value)}</code></td></tr>"
            for name, value in values.items()
        )
        parts.append(
            '<table><caption>In both, to 4 digits</caption><thead><tr><th scope="col">value</th>'
            f'<th scope="col">shape</th><th scope="col">numbers</th></tr></thead><tbody>{rows}</tbody></table>'
        )
    if note:
        parts.append(f'<p class="note">{marked(note)}</p>')
    if story["graph"]:
        parts.append(graph(story, step))
    if story["fit"]:
        parts.append(fit(story, step))
    return f'<li class="story-step" id="story-{story["name"]}-{step + 1}" data-step="{step}">{"".join(parts)}</li>'


def new_values(story: Story, step: int) -> dict[str, Any]:
    before = story["frames"][step - 1] if step else {}
    return {name: value for name, value in story["frames"][step].items() if before.get(name) != value}


def value_text(story: Story, step: int) -> str:
    """What a screen reader says of the slider's place."""
    values = (
        f"{name} {numbers(value)}" for name, value in new_values(story, step).items() if np.size(value["pytorch"]) < 5
    )
    says = f"{step + 1} of {len(story['steps'])}, {story['steps'][step][0]}"
    return f"{says}: {', '.join(told)}" if (told := list(values)) else says


def shape(value: dict[str, Any]) -> str:
    return (
        f"({', '.join(map(str, value['shape']))}{',' if len(value['shape']) == 1 else ''})"
        if value["shape"]
        else "one number"
    )


def numbers(value: dict[str, Any]) -> str:
    def text(part: Any) -> str:
        return f"[{', '.join(map(text, part))}]" if isinstance(part, list) else f"{part:.4g}"

    return text(value["pytorch"])


def graph(story: Story, step: int) -> str:
    """The graph as a list: what is computed so far, and which gradients have arrived."""
    items = []
    for name, filled, reached in story["graph"]:
        forward, backward = step >= filled, reached is not None and step >= reached
        state = "its value and its gradient are there" if backward else "its value is there" if forward else "empty"
        classes = f"{'filled' if forward else 'empty'}{' reached' if backward else ''}"
        arrow = " ∂" if backward else ""
        items.append(
            f'<li class="{classes}"><code>{name}</code>{arrow}<span class="visually-hidden">: {state}</span></li>'
        )
    return f'<ol class="story-graph" aria-label="The graph, from its inputs to the loss">{"".join(items)}</ol>'


def fit(story: Story, step: int) -> str:
    """The samples and the line of this step, which the record gives."""
    frame, samples = story["frames"][step], story["fit"]
    slope, offset = frame["w"]["pytorch"], frame["b"]["pytorch"]

    def place(x: float, y: float) -> str:
        return f"{20 + 60 * x:.1f},{110 - 14 * (y + 1):.1f}"

    dots = "".join(
        f'<circle cx="{point[0]}" cy="{point[1]}" r="4"/>'
        for point in (place(x, y).split(",") for x, y in zip(samples["x"], samples["y"], strict=True))
    )
    ends = " ".join(place(x, slope * x + offset) for x in (-0.2, 3.2))
    alt = f"The samples and the line with slope {slope:.4g} and bias {offset:.4g}."
    head = f'<svg class="story-fit" viewBox="0 0 220 130" role="img" aria-label="{alt}">'
    return f'{head}<polyline points="{ends}"/>{dots}</svg>'


def marked(text: str) -> str:
    """A sentence as HTML; `code` is marked up in it."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text, quote=False))
