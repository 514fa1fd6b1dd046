"""Record what `check` says to every filling of the start page's softmax, in both frameworks.

    python -m tools.fillings     write site/softmax.json, which tools/website.py puts on the start page

The website is built without a framework, so the verdicts are recorded as the notebooks' outputs are. A test judges all
fillings again. Recording fails where the frameworks disagree about a number or about what is right.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from utils.catalogue import tasks_of, text_for
from utils.check import Session
from utils.quiz import FRAMEWORKS

RECORD = Path(__file__).resolve().parent.parent / "site" / "softmax.json"
LESSON, TASK = "01_tensors", "softmax"
IMPORTS = {"pytorch": "import torch", "tensorflow": "import tensorflow as tf"}
CODE = {  # the two lines of the function, and what can stand in them
    "pytorch": {
        "exponentials": (
            "torch.exp(logits)",
            "torch.exp(logits - logits.max())",
            "torch.exp(logits - logits.amax(dim=1, keepdim=True))",
            "logits - logits.amax(dim=1, keepdim=True)",
        ),
        "sums": (
            "exponentials.sum()",
            "exponentials.sum(dim=0)",
            "exponentials.sum(dim=1)",
            "exponentials.sum(dim=1, keepdim=True)",
        ),
    },
    "tensorflow": {
        "exponentials": (
            "tf.exp(logits)",
            "tf.exp(logits - tf.reduce_max(logits))",
            "tf.exp(logits - tf.reduce_max(logits, axis=1, keepdims=True))",
            "logits - tf.reduce_max(logits, axis=1, keepdims=True)",
        ),
        "sums": (
            "tf.reduce_sum(exponentials)",
            "tf.reduce_sum(exponentials, axis=0)",
            "tf.reduce_sum(exponentials, axis=1)",
            "tf.reduce_sum(exponentials, axis=1, keepdims=True)",
        ),
    },
}
TABLES = ([[1.0, 2.0, 4.0], [3.0, -1.0, 0.0]], [[1000.0, 999.0], [-1000.0, -1000.0]])  # the second is shown if it fails


def function(framework: str, exponentials: int, sums: int) -> str:
    """The source of one filling."""
    code = CODE[framework]
    return (
        f"def softmax(logits):\n    exponentials = {code['exponentials'][exponentials]}\n"
        f"    return exponentials / {code['sums'][sums]}\n"
    )


def record() -> dict[str, Any]:
    """{"code": ..., "fillings": [{"exponentials", "sums", "right", "says", "logits", "result"}, ...]}.

    "says" is {framework: check's sentence}; "result" the table for "logits" to 4 digits, or None where it raises; nan
    is None too. Raises ValueError where the frameworks disagree.
    """
    sessions = {framework: Session(LESSON, framework) for framework in FRAMEWORKS}
    fillings = []
    for exponentials in range(4):
        for sums in range(4):
            found = {f: _judged(sessions[f], exponentials, sums) for f in FRAMEWORKS}
            rights, shown = {f: right for f, (right, _, _) in found.items()}, [table for _, _, table in found.values()]
            if len(set(rights.values())) > 1 or shown[0] != shown[1]:
                raise ValueError(f"the frameworks disagree about filling {exponentials}, {sums}: {rights}, {shown}")
            says = {f: sentence for f, (_, sentence, _) in found.items()}
            place = {"exponentials": exponentials, "sums": sums, "right": rights["pytorch"]}
            fillings.append({**place, "says": says, **shown[0]})
    return {"code": CODE, "fillings": fillings}


def _judged(session: Session, exponentials: int, sums: int) -> tuple[bool, str, dict[str, Any]]:
    """(whether it is right, what check says, the logits that show it with their result) of one filling."""
    namespace: dict[str, Any] = {}
    exec(f"{IMPORTS[session.framework]}\n{function(session.framework, exponentials, sums)}", namespace)
    verdict = session.judge(TASK, namespace=namespace)
    task = next(task for task in tasks_of(session.subject) if task.name == TASK)
    if verdict.mistake:
        text = text_for(task.mistakes[verdict.mistake], session.framework)
    else:
        text = verdict.text.partition(f"{TASK}: ")[2].partition("\n")[0].partition("  (")[0]
    tables = [_table(session.framework, namespace[TASK], logits) for logits in TABLES]
    solution = session.entry(task).solution
    wrong = [t for t in tables if t != _table(session.framework, solution, t["logits"])]
    return verdict.status == "right", text, (wrong or tables)[0]


def _table(framework: str, softmax: Any, logits: list[list[float]]) -> dict[str, Any]:
    import tensorflow as tf
    import torch

    make = {
        "pytorch": lambda x: torch.tensor(x, dtype=torch.float64),
        "tensorflow": lambda x: tf.constant(x, tf.float64),
    }
    try:
        result = np.asarray(softmax(make[framework](logits)))
    except (RuntimeError, tf.errors.InvalidArgumentError):
        return {"logits": logits, "result": None}
    numbers = [[round(float(x), 4) + 0.0 if np.isfinite(x) else None for x in row] for row in result]
    return {"logits": logits, "result": numbers}


if __name__ == "__main__":
    RECORD.write_text(json.dumps(record(), indent=1) + "\n", encoding="utf-8")
