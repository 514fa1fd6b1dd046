"""The tasks of the lesson "Tensors and gradients", in the order of its notebook."""

TASKS = (
    "standardise_columns",
    "softmax",
    "derivative",
    "numeric_gradient",
    "correlation",
    "minimise",
)
