"""The task `patient_7`: what is tried, the hints, and a sentence for each typical mistake."""

import numpy as np

from utils.catalogue import Task


def samples(seed, signal=0.0):
    """60 samples of 200 features, and labels of -1 or 1; with a `signal`, the first feature has to do with them."""
    generator = np.random.default_rng(seed)
    features, labels = generator.normal(size=(60, 200)), generator.choice([-1.0, 1.0], size=60)
    features[:, 0] += signal * labels
    return features, labels


def observe_patient_7(answer, seed):
    accuracies = [float(answer.target(*samples(seed + draw))) for draw in range(12)]
    yield "12 draws of 60 samples whose labels are coin tosses", np.array(accuracies)
    yield "60 samples, of which one feature has to do with the labels", float(answer.target(*samples(seed, signal=1.0)))


def facts_of_patient_7(answer, seed):
    features, labels = samples(seed, signal=1.0)
    turned, before = np.concatenate([labels[:30], -labels[30:]]), float(answer.target(features, labels))
    after = float(answer.target(features, turned))
    if np.isclose(after, before):
        yield "With the last 30 labels turned round, the accuracy stays the same. Are they what it is compared with?"
    if not np.isclose(after, 1 - before):
        yield (
            f"With the last 30 labels turned round, the accuracy goes from {before:.2f} to {after:.2f}. If these "
            f"labels did nothing but judge, it would be {1 - before:.2f}."
        )
    used = [column for column in range(200) if not np.isclose(_without(answer, features, labels, column), before)]
    strongest = set(np.argsort(np.abs(features[:30].T @ labels[:30]))[-10:])
    if before and len(used) != 10:
        yield f"{len(used)} features have a say in the predictions, where 10 are wanted."
    if before and strongest != set(used):
        right = len(strongest & set(used))
        yield f"The 10 features that have a say include {right} of the 10 strongest of the first 30 samples."
    yield "The right 10 features have a say in the predictions. Look at the fit, and at what is compared with what."


def _without(answer, features, labels, column):
    """The accuracy where the last 30 samples lack one feature: whatever has to do with it becomes nan."""
    lacking = features.copy()
    lacking[30:, column] = np.nan
    return float(answer.target(lacking, labels))


TASK = Task(
    "patient_7",
    observe=observe_patient_7,
    facts=facts_of_patient_7,
    hints=(
        "Which samples may have a say in everything that is chosen or fitted?",
        "Measure `strength` on the first 30 rows of features and labels only.",
    ),
    mistakes={
        "on_validation": "the features are chosen on the last 30 samples alone now, those that judge the model.",
        "training_accuracy": "this is the accuracy on the first 30 samples, to which the model was fitted.",
        "all_samples": "this is the accuracy on all 60 samples; half of them were fitted to.",
        "no_choice": "all features are used now; the 10 strongest are wanted.",
        "first_ten": "the first 10 columns are used now; the 10 strongest are wanted.",
        "weakest": "the 10 weakest features are kept.",
        "signed": "the sign of the strength counts now, so features that go against the labels are never chosen.",
        "strongest_left_out": "the strongest feature of all is left out; the 10 that are kept should end with it.",
        "one_too_many": "one of the samples that judge the model still has a say in the choice of the features.",
        "other_labels": "the predictions for the last 30 samples are compared with the labels of the first 30.",
        "none_left": "the accuracy is the mean of nothing: no sample is left to judge the model.",
        "fit_on_all": "the features are chosen on the training samples now, but the weights are fitted to all 60.",
        "both_on_all": "the features are still chosen on all 60 samples, and now the weights are fitted to all 60 too.",
        "halves_swapped": "the last 30 samples choose and fit, and the first 30 judge: exchange the two halves.",
    },
)
