"""The task `patient_8`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def observe_patient_8(answer, seed):
    features = np.random.default_rng(seed).normal(size=(4, 3)).astype(np.float32)
    given = features.copy()
    versions = [np.array(version, float) for version in answer.target(given, 3, 0.6, 1)]
    yield "4 samples and 3 epochs: the array that it was given stays as it is", bool(np.array_equal(given, features))
    yield "4 samples and 3 epochs: how many versions come back", len(versions)
    for epoch, version in enumerate(versions, 1):
        yield f"4 samples and 3 epochs: what noise was added in epoch {epoch}", version - features
    yield "the whole of it without noise", np.array(answer.target(features.copy(), 2, 0.0, 1))


def facts_of_patient_8(answer, seed):
    features = np.random.default_rng(seed).normal(size=(40, 3))
    added, more = (np.array(answer.target(features.copy(), 1, noise, 1), float)[0] - features for noise in (0.5, 1.0))
    if added.any() and not np.allclose(added.std() * 2, more.std(), rtol=0.01):
        yield f"With `noise` twice as large, what is added becomes {more.std() / added.std():.3g} times as large."
    if (added.max(axis=0) == added.min(axis=0)).all():
        yield "Every sample of an epoch gets the same noise."
    if np.corrcoef(added.ravel(), features.ravel())[0, 1] ** 2 > 0.9:
        yield "What is added depends on the features; noise does not."


TASK = Task(
    "patient_8",
    observe=observe_patient_8,
    facts=facts_of_patient_8,
    atol=1e-4,
    hints=(
        "After `noisy = features`, how many arrays are there?",
        "`noisy = features + ...` makes a new array in each epoch; so does `features.copy()` before the `+=`.",
    ),
    mistakes={
        "in_place": "the array that it was given is still changed. Is the noise added to a copy? A slice of an array, "
        "such as features[:], is a view of it.",
        "copied_once": "the array that it was given stays as it is now, but each epoch still adds its noise to that of "
        "the epochs before.",
        "same_noise": "every epoch has the same noise. Is it drawn in each epoch, by one generator that goes on?",
        "last_only": "one version comes back; a list with one for each epoch is wanted.",
        "noise_only": "these are the noises alone, without the features.",
        "no_noise": "the features come back without noise.",
        "wrong_place": "`noise` is the mean here, and the standard deviation is 1: which of the numbers that "
        "`generator.normal` takes is which?",
        "uniform": "every number between two limits is equally likely here; normal noise has a standard deviation.",
        "one_number": "one number is drawn per epoch, and added to every entry; each entry should get its own.",
        "one_row": "one row of noise is drawn per epoch, and added to every sample; each entry should get its own.",
        "multiplied": "the features are multiplied by a random number; noise is added to them.",
        "variance": "the noise is drawn with the standard deviation noise²; `noise` is the standard deviation itself.",
    },
)
