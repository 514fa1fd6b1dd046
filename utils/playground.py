"""The interactive pages of the course, shown in a notebook; they run in the browser, nothing runs in Python."""

from pathlib import Path

PLAYGROUND = Path(__file__).resolve().parent.parent / "site" / "playground"
TEXT = "An interactive playground: a small network trains on noisy points, and you watch it overfit."


def show_overfitting_playground() -> None:
    """Show site/playground/overfitting.html as one output; where no script may run, it says to run the cell."""
    from IPython.display import display  # here, because utils is imported outside notebooks too

    page = (PLAYGROUND / "overfitting.html").read_text(encoding="utf-8")
    display({"text/html": page, "text/plain": TEXT}, raw=True)
