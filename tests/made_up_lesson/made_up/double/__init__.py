"""The made-up task `double`."""

from tasks.made_up.common import observe_double

from utils.catalogue import Task

TASK = Task(
    "double",
    observe=observe_double,
    hints=(
        "Which operation doubles a number?",
        {f: f"In {f}, try `numbers * 2`." for f in ("neutral", "pytorch", "tensorflow")},
    ),
    mistakes={
        "square": "this is the square.",
        "sum": "the numbers are summed up.",
        "in_place": "your code changes `numbers` itself.",
        "halved": {"pytorch": "only PyTorch's notebook knows this mistake."},
    },
    seconds=0.5,
)
