"""Many networks at once: each is trained as it would be alone, by the framework's own layers, loss and AdamW."""

import importlib

import numpy as np
import pytest

from utils import data, many

each_framework = pytest.mark.parametrize("framework", ["pytorch", "tensorflow"])
SEEDS = range(3)
SIZES = 64, 8, 10


@pytest.fixture
def trainer(framework):
    return importlib.import_module(f"utils.many_{framework}")


def digits(dtype=np.float64):
    """Three draws of 40 digits; in 64 bits rounding does not blur what is compared."""
    splits = many.stack([many.draw_digits(seed, samples=40) for seed in SEEDS])
    return data.Splits(*(data.Part(part.features.astype(dtype), part.labels) for part in splits))


def alone(framework, start, features, labels, steps, weight_decay):
    """The weights of one network after full-batch steps of the framework's own AdamW at learning rate 0.01."""
    if framework == "pytorch":
        import torch

        layers = torch.nn.Linear(64, 8), torch.nn.Linear(8, 10)
        network = torch.nn.Sequential(layers[0], torch.nn.ReLU(), layers[1])
        for parameter, array in zip(network.parameters(), start, strict=True):
            parameter.data = torch.tensor(np.squeeze(array).T.copy())
        optimizer = torch.optim.AdamW(network.parameters(), lr=0.01, eps=1e-12, weight_decay=weight_decay)
        for _ in range(steps):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(network(torch.tensor(features)), torch.tensor(labels)).backward()
            optimizer.step()
        return [parameter.detach().numpy().T for parameter in network.parameters()]
    import keras
    import tensorflow as tf

    layers = [keras.layers.Dense(8, activation="relu", dtype="float64"), keras.layers.Dense(10, dtype="float64")]
    network = keras.Sequential([keras.Input((64,), dtype="float64"), *layers])
    network.set_weights([np.squeeze(array) for array in start])
    optimizer = keras.optimizers.AdamW(0.01, weight_decay=weight_decay, epsilon=1e-12)
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True, dtype="float64")
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_of(labels, network(features))
        optimizer.apply(tape.gradient(loss, network.trainable_weights), network.trainable_weights)
    return network.get_weights()


@each_framework
def test_each_network_is_trained_as_it_would_be_alone(framework, trainer):
    splits, start = digits(), many.initial_weights(SEEDS, *SIZES, dtype=np.float64)
    decays = np.array([0.0, 0.5, 2.0])
    run = trainer.train(splits, start, steps=12, learning_rate=0.01, weight_decay=decays)
    for model in SEEDS:
        first, part = [array[model] for array in start], [array[model] for array in splits.train]
        expected = alone(framework, first, *part, steps=12, weight_decay=decays[model])
        for found, array in zip(run.last, expected, strict=True):
            assert np.allclose(np.squeeze(np.asarray(found)[model]), array, atol=1e-5)


@each_framework
def test_a_network_gets_the_same_dropout_and_noise_in_any_company(framework, trainer):
    splits, start = digits(), many.initial_weights(SEEDS, *SIZES, dtype=np.float64)
    setting = {"steps": 7, "dropout": 0.5, "change": many.add_noise(0.5)}
    company = trainer.train(splits, start, **setting)
    single = data.Splits(*(data.Part(*(array[:1] for array in part)) for part in splits))
    lonely = trainer.train(single, [array[:1] for array in start], **setting)
    assert np.allclose(company.training[:, 0], lonely.training[:, 0])
    plain = trainer.train(splits, start, steps=7)
    assert not np.allclose(plain.training[-1], company.training[-1], atol=0.01)


def test_both_frameworks_train_alike():
    splits, start = digits(), many.initial_weights(SEEDS, *SIZES, dtype=np.float64)
    for setting in ({"weight_decay": 1.0}, {"dropout": 0.3}, {"change": many.shift}):
        runs = [
            importlib.import_module(f"utils.many_{framework}").train(splits, start, steps=20, **setting)
            for framework in ("pytorch", "tensorflow")
        ]
        assert np.allclose(runs[0].validation, runs[1].validation, rtol=1e-6)
        for pair in zip(runs[0].best, runs[1].best, strict=True):
            assert np.allclose(*(np.asarray(array) for array in pair), atol=1e-6)


@each_framework
def test_best_is_each_models_own_moment_and_last_the_end(framework, trainer):
    splits, start = digits(), many.initial_weights(SEEDS, *SIZES, dtype=np.float64)
    run = trainer.train(splits, start, steps=63, every=10, learning_rate=0.05)
    assert run.training.shape == run.validation.shape == (8, 3)  # steps 0, 10, ..., 60 and 63
    assert run.validation.argmin(axis=0).max() < 7  # it turns: or best and last could not be told apart
    for parameters, expected in ((run.last, run.validation[-1]), (run.best, run.validation.min(axis=0))):
        logits = trainer.outputs_of(parameters, splits.validation.features)
        of_label = np.take_along_axis(logits, splits.validation.labels[..., None], axis=2)[..., 0]
        losses = np.log(np.exp(logits).sum(axis=2)) - of_label
        assert np.allclose(losses.mean(axis=1), expected)
        wrong = logits.argmax(axis=2) != splits.validation.labels
        assert np.array_equal(trainer.errors(parameters, splits.validation), wrong.mean(axis=1))


@each_framework
def test_numbers_as_labels_are_fitted_by_the_squared_error(framework, trainer):
    x = np.linspace(-1, 1, 20)
    part = data.Part(np.tile(x[:, None], (2, 1, 1)), np.stack([x, -2 * x]))
    start = many.initial_weights(range(2), 1, 1, dtype=np.float64)
    run = trainer.train(data.Splits(part, part, part), start, steps=400, learning_rate=0.05)
    assert run.training[0] == pytest.approx(
        np.mean((np.asarray(start[0])[:, 0] * x + start[1][:, 0] - part.labels) ** 2, axis=1)
    )
    assert np.asarray(run.last[0]).ravel() == pytest.approx([1, -2], abs=0.01)


def test_redrawn_labels_and_parts():
    true, noisy = many.draw_digits(4, redrawn=0.0), many.draw_digits(4, samples=800)
    for part in ("train", "validation"):
        given, right = getattr(noisy, part).labels, getattr(many.draw_digits(4, 800, 0.0), part).labels
        assert 0.2 < np.mean(given != right) < 0.33  # of 30 % redrawn a tenth are right by chance
    assert np.array_equal(noisy.test.labels, true.test.labels)
    assert [len(part.labels) for part in noisy] == [800, 300, 697]
    assert np.array_equal(noisy.train.features[:200], true.train.features)
    rows = [{row.tobytes() for row in part.features} for part in noisy]
    assert not (rows[0] & rows[1] or rows[0] & rows[2] or rows[1] & rows[2])


def test_flipped_moons():
    moons, true = many.draw_moons(2, samples=200), many.draw_moons(2, samples=200, flipped=0.0)
    assert [len(part.labels) for part in moons] == [200, 200, 1000]
    assert 0.1 < np.mean(moons.train.labels != true.train.labels) < 0.3
    assert 0.1 < np.mean(moons.validation.labels != true.validation.labels) < 0.3
    assert np.array_equal(moons.test.labels, true.test.labels)


def test_shift_moves_a_picture_by_at_most_one_pixel():
    image = np.zeros((8, 8), dtype=np.float32)
    image[3, 4] = 1
    places = {
        tuple(np.argwhere(many.shift(image.reshape(1, 64), np.random.default_rng(seed)).reshape(8, 8) == 1)[0])
        for seed in range(100)
    }
    assert places == {(row, column) for row in (2, 3, 4) for column in (3, 4, 5)}
    never, always = many.shift_some(0.0), many.shift_some(1.0)
    images = many.draw_digits(0).train.features
    assert np.array_equal(never(images, np.random.default_rng(0)), images)
    assert np.array_equal(always(images, np.random.default_rng(0)), many.shift(images, np.random.default_rng(0)))
