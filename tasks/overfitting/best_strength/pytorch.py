"""Answers to `best_strength` in PyTorch: solution, other right answers, typical mistakes."""

import torch

from tasks.overfitting.ridge_weights.pytorch import ridge_weights


# fmt: off
def best_strength(
    features, labels, validation_features, validation_labels, strengths
):
    errors = []
    for strength in strengths:
        weights = ridge_weights(features, labels, strength)
        predictions = validation_features @ weights
        error = ((predictions - validation_labels) ** 2).mean()
        errors.append(error.item())
    return strengths[errors.index(min(errors))]
# fmt: on


def best_strength__ok_key(features, labels, validation_features, validation_labels, strengths):
    def error(strength):
        predictions = validation_features @ ridge_weights(features, labels, strength)
        return float(torch.sum((predictions - validation_labels) ** 2))

    return min(strengths, key=error)


def best_strength__ok_tensor(features, labels, validation_features, validation_labels, strengths):
    errors = strength_errors(features, labels, validation_features, validation_labels, strengths)
    return torch.tensor(strengths)[torch.tensor(errors).argmin()]


def best_strength__on_training(features, labels, validation_features, validation_labels, strengths):
    return best_strength(features, labels, features, labels, strengths)


def best_strength__index(features, labels, validation_features, validation_labels, strengths):
    return strengths.index(best_strength(features, labels, validation_features, validation_labels, strengths))


def strength_errors(features, labels, validation_features, validation_labels, strengths):
    fits = [ridge_weights(features, labels, strength) for strength in strengths]
    return [((validation_features @ weights - validation_labels) ** 2).mean().item() for weights in fits]


def best_strength__error(features, labels, validation_features, validation_labels, strengths):
    return min(strength_errors(features, labels, validation_features, validation_labels, strengths))


def best_strength__weights(features, labels, validation_features, validation_labels, strengths):
    strength = best_strength(features, labels, validation_features, validation_labels, strengths)
    return ridge_weights(features, labels, strength)


def best_strength__smallest_weights(features, labels, validation_features, validation_labels, strengths):
    return min(strengths, key=lambda strength: float(ridge_weights(features, labels, strength).norm()))


def best_strength__on_training__fit_on_validation(features, labels, validation_features, validation_labels, strengths):
    return best_strength(validation_features, validation_labels, validation_features, validation_labels, strengths)


def best_strength__no_square(features, labels, validation_features, validation_labels, strengths):
    fits = [ridge_weights(features, labels, strength) for strength in strengths]
    means = [(validation_features @ weights - validation_labels).mean().item() for weights in fits]
    return strengths[means.index(min(means))]


def best_strength__highest(features, labels, validation_features, validation_labels, strengths):
    errors = strength_errors(features, labels, validation_features, validation_labels, strengths)
    return strengths[errors.index(max(errors))]


def best_strength__both_parts(features, labels, validation_features, validation_labels, strengths):
    both = torch.cat([features, validation_features]), torch.cat([labels, validation_labels])
    return best_strength(*both, validation_features, validation_labels, strengths)


def best_strength__smallest_weights__gap(features, labels, validation_features, validation_labels, strengths):
    errors = strength_errors(features, labels, validation_features, validation_labels, strengths)
    training = strength_errors(features, labels, features, labels, strengths)
    gaps = [error - own for error, own in zip(errors, training, strict=True)]
    return strengths[gaps.index(min(gaps))]


def best_strength__smallest_weights__table(features, labels, validation_features, validation_labels, strengths):
    fits = [ridge_weights(features, labels, strength)[:, None] for strength in strengths]
    tables = [validation_features @ column - validation_labels for column in fits]
    return min(zip(tables, strengths, strict=True), key=lambda pair: float((pair[0] ** 2).mean()))[1]
