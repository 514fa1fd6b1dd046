"""Draw what the course does in one picture: an answer that is wrong, what `check` names, the answer that is right.

    python -m tools.frames     write .github/frames.svg for the README and site/static/share.png for whoever links to us

Code and sentences come from site/softmax.json, where they are recorded from the course's engine; a test judges those
again, and another one says when a picture is older.
"""

import html
import json
import textwrap

from tools.source import COURSE

FRAMES, SHARED = COURSE / ".github" / "frames.svg", COURSE / "site" / "static" / "share.png"
WRONG, RIGHT = (0, 1), (2, 3)  # which filling of the softmax each is
HEADLINE = "Write it wrong. Be told why."
SUBJECT = "Neural networks in PyTorch and TensorFlow, side by side"
WIDTH, LEFT, LINE = 880, 120, 24  # pixels
STYLE = """text { font: 15px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
text { fill: #1f2328; white-space: pre; }
.label { font: 600 15px system-ui, sans-serif; fill: #59636e; }
.said { font: 600 17px system-ui, sans-serif; }
.wrong { fill: #a83c00; } .right { fill: #006b4f; }
rect { fill: #f3f4f6; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .label { fill: #9198a1; }
  .wrong { fill: #f5a06b; } .right { fill: #4fd0a5; }
  rect { fill: #1b222c; }
}"""


def frames() -> list[tuple[str, str, list[str]]]:
    """(label, kind, lines) of each frame: "code" as it is typed, or what is said to it, "wrong" or "right"."""
    record = json.loads((COURSE / "site" / "softmax.json").read_text(encoding="utf-8"))
    says = {(one["exponentials"], one["sums"]): one["says"]["pytorch"] for one in record["fillings"]}

    def code(filling: tuple[int, int]) -> list[str]:
        first, second = filling
        parts = record["code"]["pytorch"]
        lines = f"exponentials = {parts['exponentials'][first]}", f"return exponentials / {parts['sums'][second]}"
        return ["def softmax(logits):", *(f"    {line}" for line in lines)]

    return [
        ("wrong", "code", code(WRONG)),
        ("named", "wrong", textwrap.wrap(f"✗ softmax: {says[WRONG]}", 52)),
        ("right", "code", code(RIGHT)),
        ("", "right", [f"✓ softmax: {says[RIGHT]}"]),
    ]


def description() -> str:
    """The picture in words."""
    wrong, named, right, said = (lines for _, _, lines in frames())
    return f"{wrong[2].strip()}: {' '.join(named)} Then {right[2].strip()}: {said[0]}"


def svg() -> str:
    """The frames below each other, light or dark as the reader's system is."""
    parts, y = [], 0
    for label, kind, lines in frames():
        height = LINE * len(lines) + 20
        if kind == "code":
            parts.append(f'<rect x="{LEFT - 16}" y="{y}" width="{WIDTH - LEFT + 16}" height="{height}" rx="8"/>')
        parts += [f'<text class="label" x="0" y="{y + 27}">{label}</text>'] if label else []
        style = "" if kind == "code" else f' class="said {kind}"'
        for number, line in enumerate(lines):
            parts.append(f'<text x="{LEFT}" y="{y + 27 + LINE * number}"{style}>{html.escape(line)}</text>')
        y += height + 8
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}" role="img">'
    title = f"<title>{html.escape(description())}</title>"
    return "\n".join([head, title, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def draw_share() -> None:
    """The picture that a message shows beside a link, 1200 by 630 pixels."""
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot as plt

    figure = plt.figure(figsize=(12, 6.3), dpi=100, facecolor="#ffffff")
    wrong, named = frames()[:2]
    figure.text(0.07, 0.82, HEADLINE, size=46, weight="bold", color="#1f2328")
    figure.text(0.07, 0.73, SUBJECT, size=24, color="#48566b")
    box = {"facecolor": "#f3f4f6", "edgecolor": "none", "boxstyle": "round,pad=0.8"}
    code = "\n".join(wrong[2])
    figure.text(0.09, 0.4, code, size=23, family="DejaVu Sans Mono", color="#1f2328", linespacing=1.5, bbox=box)
    figure.text(0.07, 0.14, "\n".join(named[2]), size=25, weight="bold", color="#a83c00", linespacing=1.4)
    figure.savefig(SHARED, metadata={"Description": description(), "Software": None})
    plt.close(figure)


if __name__ == "__main__":
    FRAMES.write_text(svg(), encoding="utf-8")
    draw_share()
