"""The accuracies that lesson 04 states are those that tools/accuracy_04.py measured."""

import json
import re
from pathlib import Path

import nbformat
import pytest

COURSE = Path(__file__).resolve().parent.parent
MEASURED = json.loads((COURSE / "data" / "accuracy_04.json").read_text())
NAMES = {"pytorch": "PyTorch Lightning", "tensorflow": "Keras"}

each_framework = pytest.mark.parametrize("framework", NAMES)


@each_framework
def test_mean_over_five_seeds_reaches_what_is_promised(framework):
    run = MEASURED["results"][NAMES[framework]]
    assert len(run["accuracies"]) == len(MEASURED["seeds"]) == 5
    assert run["mean"] == pytest.approx(sum(run["accuracies"]) / 5, abs=1e-4)
    assert run["mean"] >= 0.97


def test_prose_states_the_measured_means():
    prose = (COURSE / "lessons" / "04_high_level.md").read_text(encoding="utf-8")
    every = [accuracy for run in MEASURED["results"].values() for accuracy in run["accuracies"]]
    lightning, keras = (MEASURED["results"][name]["mean"] for name in NAMES.values())
    assert f"{lightning:.4f} with Lightning and {keras:.4f} with Keras" in prose
    assert f"from {min(every):.3f} to {max(every):.3f}" in prose


@each_framework
def test_the_notebook_reaches_the_accuracy_of_its_seed(framework):
    notebook = nbformat.read(COURSE / "notebooks" / framework / "04_high_level.ipynb", as_version=4)
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    printed = "".join(output.text for output in outputs if output.output_type == "stream")
    accuracy = float(re.search(r"test accuracy: ([\d.]+)", printed).group(1))
    assert accuracy == pytest.approx(MEASURED["results"][NAMES[framework]]["accuracies"][0], abs=1e-3)
