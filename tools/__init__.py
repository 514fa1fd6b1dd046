"""The commands of those who make the course; the Makefile names them. None of them touches a learner's progress."""

import os

os.environ["NN_PROGRESS"] = "off"  # the kernels that they start inherit it
