"""What lesson 04 states: accuracies as tools/accuracy_04.py measured them, and what its text says without a run."""

import collections
import json
import math
import re
import statistics
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

COURSE = Path(__file__).resolve().parent.parent
MEASURED = json.loads((COURSE / "data" / "accuracy_04.json").read_text())
NAMES = {"pytorch": "PyTorch Lightning", "tensorflow": "Keras"}

each_framework = pytest.mark.parametrize("framework", NAMES)


def prose():
    return (COURSE / "lessons" / "04_high_level.md").read_text(encoding="utf-8")


def gains(framework):
    """By how much the convolution is better on the test set, seed by seed."""
    compared = MEASURED["comparison"][NAMES[framework]]
    pairs = zip(compared["convolution"]["accuracies"], compared["fully connected"]["accuracies"], strict=True)
    return [convolution - connected for convolution, connected in pairs]


@each_framework
def test_mean_over_five_seeds_reaches_what_is_promised(framework):
    run = MEASURED["results"][NAMES[framework]]
    assert len(run["accuracies"]) == len(MEASURED["seeds"]) == 5
    assert run["mean"] == pytest.approx(sum(run["accuracies"]) / 5, abs=1e-4)
    assert run["mean"] >= 0.97


def test_prose_states_the_measured_means():
    every = [accuracy for run in MEASURED["results"].values() for accuracy in run["accuracies"]]
    lightning, keras = (MEASURED["results"][name]["mean"] for name in NAMES.values())
    assert f"{lightning:.4f} with Lightning and {keras:.4f} with Keras" in prose()
    assert f"from {min(every):.3f} to {max(every):.3f}" in prose()


@each_framework
def test_the_notebook_reaches_the_accuracy_of_its_seed(framework):
    notebook = nbformat.read(COURSE / "notebooks" / framework / "04_high_level.ipynb", as_version=4)
    outputs = [o for cell in notebook.cells if cell.cell_type == "code" for o in cell.outputs]
    printed = "".join(output.text for output in outputs if output.output_type == "stream")
    accuracy = float(re.search(r"test accuracy: ([\d.]+)", printed).group(1))
    assert accuracy == pytest.approx(MEASURED["results"][NAMES[framework]]["accuracies"][0], abs=1e-3)


@each_framework
def test_prose_states_what_the_convolution_gains(framework):
    gain = gains(framework)
    error = statistics.stdev(gain) / math.sqrt(len(gain))
    assert len(gain) == len(MEASURED["compared_seeds"]) == 10
    name = "Lightning" if framework == "pytorch" else "Keras"
    better = sum(value > 0 for value in gain)
    assert f"{statistics.mean(gain):.3f} ± {error:.3f} with {name}, in {better} of 10 seeds" in prose()
    assert statistics.mean(gain) > 2 * error


@each_framework
def test_the_convolution_is_below_the_support_vector_machine_on_the_five_splits(framework):
    notebook = nbformat.read(COURSE / "notebooks" / framework / "04_high_level.ipynb", as_version=4)
    printed = "".join(o.get("text", "") for c in notebook.cells if c.cell_type == "code" for o in c.outputs)
    reached = float(re.search(r"support vector machine: mean test accuracy ([\d.]+)", printed)[1])
    assert statistics.mean(MEASURED["comparison"][NAMES[framework]]["convolution"]["accuracies"][:5]) < reached - 0.0005


@each_framework
@pytest.mark.parametrize("network", ["fully connected", "convolution"])
def test_the_learning_rate_chosen_most_often_is_not_at_the_edge_of_the_grid(framework, network):
    chosen = collections.Counter(MEASURED["comparison"][NAMES[framework]][network]["learning_rates"])
    assert chosen.most_common(1)[0][0] in sorted(MEASURED["learning_rates"])[1:-1]


# Section 14: a run that shuffles goes on with other batches -----------------------------------------------------------


def test_a_lightning_run_that_shuffles_differs_after_a_break(tmp_path):
    torch, pl = pytest.importorskip("torch"), pytest.importorskip("pytorch_lightning")
    loader = torch.utils.data.DataLoader(torch.arange(32.0)[:, None], batch_size=4, shuffle=True)

    class Watched(pl.LightningModule):
        def __init__(self):
            super().__init__()
            self.layer, self.seen = torch.nn.Linear(1, 1), []

        def training_step(self, batch, batch_index):
            self.seen += batch[:, 0].tolist()
            return self.layer(batch).mean()

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters())

    def fit(epochs, path=None):
        pl.seed_everything(0, verbose=False)
        model, off = Watched(), {"enable_progress_bar": False, "enable_model_summary": False}
        trainer = pl.Trainer(max_epochs=epochs, accelerator="cpu", logger=False, enable_checkpointing=False, **off)
        trainer.fit(model, loader, ckpt_path=path)
        return model.seen, trainer

    whole, _ = fit(epochs=2)
    first, trainer = fit(epochs=1)
    trainer.save_checkpoint(tmp_path / "break.ckpt")
    rest, _ = fit(epochs=2, path=tmp_path / "break.ckpt")
    assert first == whole[:32]
    assert len(rest) == 32 and rest != whole[32:]


def test_a_new_pipeline_starts_with_the_order_of_the_first_epoch():
    tf = pytest.importorskip("tensorflow")
    shuffled = [tf.data.Dataset.range(100).shuffle(100, seed=0) for _ in range(2)]
    first, second = (list(shuffled[0].as_numpy_iterator()) for _ in range(2))
    assert first != second
    assert list(shuffled[1].as_numpy_iterator()) == first


# Section 15: workers --------------------------------------------------------------------------------------------------


class Draws:
    """Four samples, each a random number: of a generator made beforehand, or of NumPy's global one."""

    def __init__(self, own):
        self.generator = np.random.default_rng(0) if own else None

    def __len__(self):
        return 4

    def __getitem__(self, _):
        return (self.generator or np.random).random()


@pytest.mark.skipif(sys.platform != "linux", reason="workers start by fork on Linux only")
@pytest.mark.parametrize("own", [True, False])
def test_a_generator_of_the_datasets_own_repeats_in_each_worker(own):
    torch = pytest.importorskip("torch")
    loader = torch.utils.data.DataLoader(Draws(own), batch_size=2, num_workers=2, multiprocessing_context="fork")
    of_worker_0, of_worker_1 = (batch.tolist() for batch in loader)
    assert (of_worker_0 == of_worker_1) is own
