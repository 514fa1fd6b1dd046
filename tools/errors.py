"""Record twenty errors that learners meet, and what they mean: ten slips, each made in both frameworks.

    python -m tools.errors     write site/errors.json, from which tools/website.py makes a page and a sheet to print

The website is built without a framework, so the messages are recorded as the notebooks' outputs are. What a message
means is told by utils/errors.py, as `check` tells it. A test raises every error again.
"""

import json
import re
from pathlib import Path
from typing import Any

from utils.errors import explanation, first_line
from utils.quiz import FRAMEWORKS

RECORD = Path(__file__).resolve().parent.parent / "site" / "errors.json"
IMPORTS = {
    "pytorch": "import torch\nfrom torch import nn\nfrom torch.nn import functional as F",
    "tensorflow": "import tensorflow as tf\nimport keras",
}
SLIPS = (  # (what goes wrong, {framework: the lines that raise it})
    (
        "The inner sizes of a matrix product differ",
        {
            "pytorch": "torch.ones(2, 3) @ torch.ones(2, 3)",
            "tensorflow": "tf.ones([2, 3]) @ tf.ones([2, 3])",
        },
    ),
    (
        "Two shapes do not broadcast",
        {
            "pytorch": "torch.ones(2, 3) + torch.ones(2)",
            "tensorflow": "tf.ones([2, 3]) + tf.ones([2])",
        },
    ),
    (
        "Two dtypes meet",
        {
            "pytorch": "table = torch.ones(3, 2, dtype=torch.float64)\ntorch.ones(2, 3) @ table",
            "tensorflow": "table = tf.ones([2, 3], tf.float64)\ntf.ones([2, 3]) - table",
        },
    ),
    (
        "A tensor with several entries stands where one is needed",
        {
            "pytorch": "if torch.ones(3) > 0:\n    pass",
            "tensorflow": "if tf.ones(3) > 0:\n    pass",
        },
    ),
    (
        "The same record is used twice",
        {
            "pytorch": "w = torch.tensor(3.0, requires_grad=True)\nloss = w ** 2\nloss.backward()\nloss.backward()",
            "tensorflow": "w = tf.Variable(3.0)\nwith tf.GradientTape() as tape:\n    loss = w ** 2\n"
            "tape.gradient(loss, w)\ntape.gradient(loss, w)",
        },
    ),
    (
        "Nothing was recorded",
        {
            "pytorch": "w = torch.tensor(3.0)\nloss = w ** 2\nloss.backward()",
            "tensorflow": "w = tf.constant(3.0)\nwith tf.GradientTape() as tape:\n    loss = w ** 2\n"
            "0.1 * tape.gradient(loss, w)",
        },
    ),
    (
        "A parameter is changed in a way that is not allowed",
        {
            "pytorch": "w = torch.tensor(3.0, requires_grad=True)\nw -= 0.1",
            "tensorflow": "w = tf.Variable(3.0)\nw -= 0.1",
        },
    ),
    (
        "A class number is too large",
        {
            "pytorch": "logits = torch.ones(2, 3)\nF.cross_entropy(logits, torch.tensor([0, 5]))",
            "tensorflow": "logits = tf.ones([2, 3])\n"
            "keras.losses.SparseCategoricalCrossentropy(from_logits=True)(\n    tf.constant([0, 5]), logits)",
        },
    ),
    (
        "Labels and logits differ in shape",
        {
            "pytorch": "logits = torch.ones(4, 1)\nF.binary_cross_entropy_with_logits(logits, torch.ones(4))",
            "tensorflow": "logits = tf.ones([4, 1])\ntf.nn.sigmoid_cross_entropy_with_logits(\n"
            "    labels=tf.ones([4]), logits=logits)",
        },
    ),
    (
        "The name is the other framework's",
        {
            "pytorch": "nn.Dense(10)",
            "tensorflow": "keras.layers.Linear(10)",
        },
    ),
)


def record() -> list[dict[str, Any]]:
    """[{"slip": ..., framework: {"code", "says", "means"}}, ...]; ValueError where nothing known is raised."""
    return [{"slip": slip, **{f: raised(f, codes[f]) for f in FRAMEWORKS}} for slip, codes in SLIPS]


def raised(framework: str, code: str) -> dict[str, str]:
    """The code, the first line of the error that it raises, and what that means."""
    names: dict[str, Any] = {}
    exec(IMPORTS[framework], names)
    try:
        exec(code, names)
    except Exception as error:
        means = explanation(error)
        if not means:
            raise ValueError(f"utils/errors.py has no explanation for what {code!r} raises: {error}") from None
        says = re.split(r"(?<=[.)])\s+(?=[A-Z])", first_line(error))[0]  # its first sentence
        return {"code": code, "says": says, "means": means}
    raise ValueError(f"{code!r} raises nothing")


if __name__ == "__main__":
    RECORD.write_text(json.dumps(record(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
