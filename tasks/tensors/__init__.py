"""The tasks of the lesson "Tensors and gradients", in the order of its notebook."""

TASKS = (
    "standardise_columns",
    "pick_per_row",
    "softmax",
    "derivative_of",
    "numeric_gradient",
    "minimise",
    "correlation",
)
