"""Solutions (named as the task), other right answers (`__ok_`) and typical mistakes of lesson 06, in TensorFlow."""

import itertools

import numpy as np
import tensorflow as tf

from tasks.lesson06 import five_points
from utils import data


def line_errors(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean((slope * x + offset - y) ** 2)
    validation = tf.reduce_mean((slope * x_validation + offset - y_validation) ** 2)
    return training, validation


def line_errors__ok_numbers(slope, offset, x, y, x_validation, y_validation):
    errors = []
    for inputs, labels in ((x, y), (x_validation, y_validation)):
        differences = [slope * float(a) + offset - float(b) for a, b in zip(inputs, labels, strict=True)]
        errors.append(sum(d**2 for d in differences) / len(differences))
    return tuple(errors)


def line_errors__sum(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_sum((slope * x + offset - y) ** 2)
    return training, tf.reduce_sum((slope * x_validation + offset - y_validation) ** 2)


def line_errors__root(slope, offset, x, y, x_validation, y_validation):
    return tuple(error**0.5 for error in line_errors(slope, offset, x, y, x_validation, y_validation))


def line_errors__absolute(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean(tf.abs(slope * x + offset - y))
    return training, tf.reduce_mean(tf.abs(slope * x_validation + offset - y_validation))


def line_errors__no_square(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean(slope * x + offset - y)
    return training, tf.reduce_mean(slope * x_validation + offset - y_validation)


def line_errors__swapped(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, x, y, x_validation, y_validation)[::-1]


def line_errors__training_twice(slope, offset, x, y, x_validation, y_validation):
    training = tf.reduce_mean((slope * x + offset - y) ** 2)
    return training, training


def line_errors__exchanged(slope, offset, x, y, x_validation, y_validation):
    return line_errors(offset, slope, x, y, x_validation, y_validation)


def line_errors__ok_list(slope, offset, x, y, x_validation, y_validation):
    return list(line_errors(slope, offset, x, y, x_validation, y_validation))


def line_errors__square_of_mean(slope, offset, x, y, x_validation, y_validation):
    return tf.reduce_mean(slope * x + offset - y) ** 2, tf.reduce_mean(
        slope * x_validation + offset - y_validation
    ) ** 2


def line_errors__single(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, x, y, x_validation, y_validation)[0]


def line_errors__single__validation(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, x, y, x_validation, y_validation)[1]


def line_errors__per_point(slope, offset, x, y, x_validation, y_validation):
    return (slope * x + offset - y) ** 2, (slope * x_validation + offset - y_validation) ** 2


def line_errors__predictions(slope, offset, x, y, x_validation, y_validation):
    return slope * x + offset, slope * x_validation + offset


def line_errors__gap(slope, offset, x, y, x_validation, y_validation):
    training, validation = line_errors(slope, offset, x, y, x_validation, y_validation)
    return training, validation - training


def line_errors__no_offset(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, 0, x, y, x_validation, y_validation)


def line_errors__scaled(slope, offset, x, y, x_validation, y_validation):
    return line_errors(slope, offset, (x - 4) / 4, y, (x_validation - 4) / 4, y_validation)


def line_errors__fitted(slope, offset, x, y, x_validation, y_validation):
    training = fitted_error(power_table(x, 1), y, power_table(x, 1), y)
    return training, fitted_error(power_table(x, 1), y, power_table(x_validation, 1), y_validation)


def line_errors__one_less(slope, offset, x, y, x_validation, y_validation):
    training, validation = line_errors__sum(slope, offset, x, y, x_validation, y_validation)
    return training / (len(x) - 1), validation / (len(x_validation) - 1)


def line_errors__one_size(slope, offset, x, y, x_validation, y_validation):
    training, validation = line_errors__sum(slope, offset, x, y, x_validation, y_validation)
    return training / len(x), validation / len(x)


def degree_error(degree, x, y, x_validation, y_validation):
    powers = tf.range(degree + 1, dtype=tf.float32)
    table = ((x - 4) / 4)[:, None] ** powers
    validation_table = ((x_validation - 4) / 4)[:, None] ** powers
    weights = tf.linalg.matvec(tf.linalg.pinv(table), y)
    return tf.reduce_mean((tf.linalg.matvec(validation_table, weights) - y_validation) ** 2)


def degree_error__ok_lstsq(degree, x, y, x_validation, y_validation):
    def table(values):
        u = (tf.cast(values, tf.float64) - 4) / 4
        return tf.stack([u**power for power in range(degree + 1)], axis=1)

    column = tf.cast(y, tf.float64)[:, None]
    predictions = table(x_validation) @ tf.linalg.lstsq(table(x), column, fast=False)
    return tf.reduce_mean((predictions[:, 0] - tf.cast(y_validation, tf.float64)) ** 2)


def fitted_error(table, labels, other_table, other_labels):
    """The error of the weights that fit `table` to `labels`, measured on the other pair."""
    weights = tf.linalg.matvec(tf.linalg.pinv(table), labels)
    return tf.reduce_mean((tf.linalg.matvec(other_table, weights) - other_labels) ** 2)


def power_numbers(degree):
    return tf.range(degree + 1, dtype=tf.float32)


def power_table(x, degree):
    return ((x - 4) / 4)[:, None] ** power_numbers(degree)


def degree_error__ok_numpy(degree, x, y, x_validation, y_validation):
    tables = [np.vander((values.numpy() - 4) / 4, degree + 1) for values in (x, x_validation)]
    return np.mean((tables[1] @ np.linalg.pinv(tables[0]) @ y.numpy() - y_validation.numpy()) ** 2)


def degree_error__training_error(degree, x, y, x_validation, y_validation):
    return fitted_error(power_table(x, degree), y, power_table(x, degree), y)


def degree_error__fit_on_validation(degree, x, y, x_validation, y_validation):
    table = power_table(x_validation, degree)
    return fitted_error(table, y_validation, table, y_validation)


def degree_error__fit_on_both(degree, x, y, x_validation, y_validation):
    table = power_table(tf.concat([x, x_validation], axis=0), degree)
    return fitted_error(table, tf.concat([y, y_validation], axis=0), power_table(x_validation, degree), y_validation)


def degree_error__one_short(degree, x, y, x_validation, y_validation):
    return degree_error(degree - 1, x, y, x_validation, y_validation)


def degree_error__no_constant(degree, x, y, x_validation, y_validation):
    tables = power_table(x, degree)[:, 1:], power_table(x_validation, degree)[:, 1:]
    return fitted_error(tables[0], y, tables[1], y_validation)


def degree_error__plain_x(degree, x, y, x_validation, y_validation):
    return degree_error(degree, 4 * x + 4, y, 4 * x_validation + 4, y_validation)


def degree_error__u_once(degree, x, y, x_validation, y_validation):
    plain = x_validation[:, None] ** power_numbers(degree)
    return fitted_error(power_table(x, degree), y, plain, y_validation)


def degree_error__u_once__validation(degree, x, y, x_validation, y_validation):
    return fitted_error(x[:, None] ** power_numbers(degree), y, power_table(x_validation, degree), y_validation)


def degree_error__no_brackets(degree, x, y, x_validation, y_validation):
    return degree_error(degree, 4 * (x - 4 / 4) + 4, y, 4 * (x_validation - 4 / 4) + 4, y_validation)


def degree_error__always_six(degree, x, y, x_validation, y_validation):
    return degree_error(6, x, y, x_validation, y_validation)


def degree_error__five_points(degree, x, y, x_validation, y_validation):
    return degree_error(degree, *(tf.constant(array.astype("float32")) for array in five_points()))


def degree_error__both(degree, x, y, x_validation, y_validation):
    return degree_error__training_error(degree, x, y, x_validation, y_validation), degree_error(
        degree, x, y, x_validation, y_validation
    )


def degree_error__weights(degree, x, y, x_validation, y_validation):
    return tf.linalg.matvec(tf.linalg.pinv(power_table(x, degree)), y)


def degree_error__predictions(degree, x, y, x_validation, y_validation):
    return tf.linalg.matvec(
        power_table(x_validation, degree), degree_error__weights(degree, x, y, x_validation, y_validation)
    )


def degree_error__sum(degree, x, y, x_validation, y_validation):
    return degree_error(degree, x, y, x_validation, y_validation) * len(x_validation)


def degree_error__root(degree, x, y, x_validation, y_validation):
    return degree_error(degree, x, y, x_validation, y_validation) ** 0.5


def degree_error__table(degree, x, y, x_validation, y_validation):
    column = power_table(x_validation, degree) @ (tf.linalg.pinv(power_table(x, degree)) @ y[:, None])
    return tf.reduce_mean((column - y_validation) ** 2)


def degree_error__polyfit(degree, x, y, x_validation, y_validation):
    weights = np.polyfit((x.numpy() - 4) / 4, y.numpy(), degree)
    return np.mean((np.polyval(weights, (x_validation.numpy() - 4) / 4) - y_validation.numpy()) ** 2)


def stopping_point(validation_losses, patience):
    lowest, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            lowest, best_epoch = loss, epoch
        elif epoch - best_epoch == patience:
            break
    return epoch, best_epoch


def stopping_point__ok_counter(validation_losses, patience):
    losses = validation_losses.numpy().tolist()
    best, waited = 0, 0
    for i in range(1, len(losses)):
        waited += 1
        if losses[i] < losses[best]:
            best, waited = i, 0
        if waited >= patience:
            return i + 1, best + 1
    return len(losses), best + 1


def stopping_point__from_zero(validation_losses, patience):
    stop, best = stopping_point(validation_losses, patience)
    return stop - 1, best - 1


def stopping_point__looks_ahead(validation_losses, patience):
    best = int(tf.argmin(validation_losses)) + 1
    return min(best + patience, len(validation_losses)), best


def stopping_point__first_rise(validation_losses, patience):
    for epoch in range(1, len(validation_losses)):
        if validation_losses[epoch] > validation_losses[epoch - 1]:
            return epoch + 1, epoch
    return len(validation_losses), len(validation_losses)


def stopping_point__not_reset(validation_losses, patience):
    lowest, best_epoch, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            lowest, best_epoch = loss, epoch
        else:
            waited += 1
        if waited == patience:
            break
    return epoch, best_epoch


def stopping_point__one_late(validation_losses, patience):
    return stopping_point(validation_losses, patience + 1)


def stopping_point__against_last(validation_losses, patience):
    best_epoch, waited, last = 0, 0, float("inf")
    for epoch, loss in enumerate(validation_losses, start=1):
        best_epoch, waited = (epoch, 0) if loss < last else (best_epoch, waited + 1)
        last = loss
        if waited == patience:
            break
    return epoch, best_epoch


def stopping_point__swapped(validation_losses, patience):
    return stopping_point(validation_losses, patience)[::-1]


def stopping_point__ok_up_to_now(validation_losses, patience):
    for epoch in range(1, len(validation_losses) + 1):
        best = int(tf.argmin(validation_losses[:epoch])) + 1
        if epoch - best == patience:
            break
    return [epoch, best]


def stopping_point__from_zero__best(validation_losses, patience):
    stop, best = stopping_point(validation_losses, patience)
    return stop, best - 1


def stopping_point__looks_ahead__after_the_stop(validation_losses, patience):
    stop, _ = stopping_point(validation_losses, patience)
    return stop, int(tf.argmin(validation_losses)) + 1


def stopping_point__ties(validation_losses, patience):
    lowest, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss <= lowest:
            lowest, best_epoch = loss, epoch
        elif epoch - best_epoch == patience:
            break
    return epoch, best_epoch


def stopping_point__one_early(validation_losses, patience):
    return stopping_point(validation_losses, patience - 1)


def stopping_point__one_early__from_zero(validation_losses, patience):
    stop, best = stopping_point(validation_losses, patience)
    return stop - 1, best


def stopping_point__past_end(validation_losses, patience):
    best_epoch = stopping_point(validation_losses, patience)[1]
    return best_epoch + patience, best_epoch


def stopping_point__no_end(validation_losses, patience):
    stop, best_epoch = stopping_point(validation_losses, patience)
    return (stop, best_epoch) if stop - best_epoch == patience else None


def stopping_point__loss(validation_losses, patience):
    stop, best_epoch = stopping_point(validation_losses, patience)
    return stop, validation_losses[best_epoch - 1]


def stopping_point__single(validation_losses, patience):
    return stopping_point(validation_losses, patience)[1]


def stopping_point__single__stop(validation_losses, patience):
    return stopping_point(validation_losses, patience)[0]


def stopping_point__against_last__best_kept(validation_losses, patience):
    best_epoch, waited = 1, 0
    for i in range(1, len(validation_losses)):
        waited = 0 if validation_losses[i] < validation_losses[i - 1] else waited + 1
        if validation_losses[i] < validation_losses[best_epoch - 1]:
            best_epoch = i + 1
        if waited == patience:
            return i + 1, best_epoch
    return len(validation_losses), best_epoch


def stopping_point__highest(validation_losses, patience):
    return stopping_point(-validation_losses, patience)


def stopping_point__starts_at_zero(validation_losses, patience):
    return min(patience, len(validation_losses)), 0


def ridge_weights(features, labels, strength):
    system = tf.transpose(features) @ features + strength * tf.eye(features.shape[1])
    return tf.linalg.solve(system, tf.transpose(features) @ labels[:, None])[:, 0]


def ridge_weights__ok_inverse(features, labels, strength):
    system = features @ tf.transpose(features) + strength * tf.eye(len(features))
    return tf.linalg.matvec(tf.transpose(features) @ tf.linalg.inv(system), labels)


def ridge_weights__ok_regularizer(features, labels, strength):
    return tf.squeeze(tf.linalg.lstsq(features, labels[:, None], l2_regularizer=strength))


def ridge_weights__no_penalty(features, labels, strength):
    return tf.linalg.matvec(tf.linalg.pinv(features), labels)


def ridge_weights__subtracted(features, labels, strength):
    return ridge_weights(features, labels, -strength)


def ridge_weights__everywhere(features, labels, strength):
    system = tf.transpose(features) @ features + strength
    return tf.linalg.solve(system, tf.transpose(features) @ labels[:, None])[:, 0]


def ridge_weights__times_samples(features, labels, strength):
    return ridge_weights(features, labels, strength * len(features))


def ridge_weights__squared(features, labels, strength):
    return ridge_weights(features, labels, strength**2)


def ridge_weights__free_first(features, labels, strength):
    penalty = strength * tf.linalg.diag([0.0] + [1.0] * (features.shape[1] - 1))
    return tf.linalg.solve(tf.transpose(features) @ features + penalty, tf.transpose(features) @ labels[:, None])[:, 0]


def ridge_weights__doubled(features, labels, strength):
    return ridge_weights(features, labels, 2 * strength)


def ridge_weights__halved(features, labels, strength):
    return ridge_weights(features, labels, strength / 2)


def ridge_weights__constant(features, labels, strength):
    return ridge_weights(features, labels, 0.1)


def ridge_weights__column(features, labels, strength):
    return ridge_weights(features, labels, strength)[:, None]


def ridge_weights__predictions(features, labels, strength):
    return tf.linalg.matvec(features, ridge_weights(features, labels, strength))


def ridge_weights__value(features, labels, strength):
    weights = ridge_weights(features, labels, strength)
    return tf.reduce_sum((tf.linalg.matvec(features, weights) - labels) ** 2) + strength * tf.reduce_sum(weights**2)


def best_strength(features, labels, validation_features, validation_labels, strengths):
    errors = []
    for strength in strengths:
        weights = ridge_weights(features, labels, strength)
        predictions = tf.linalg.matvec(validation_features, weights)
        errors.append(float(tf.reduce_mean((predictions - validation_labels) ** 2)))
    return strengths[errors.index(min(errors))]


def best_strength__ok_key(features, labels, validation_features, validation_labels, strengths):
    def error(strength):
        predictions = tf.linalg.matvec(validation_features, ridge_weights(features, labels, strength))
        return float(tf.reduce_sum((predictions - validation_labels) ** 2))

    return min(strengths, key=error)


def best_strength__ok_tensor(features, labels, validation_features, validation_labels, strengths):
    errors = strength_errors(features, labels, validation_features, validation_labels, strengths)
    return tf.gather(strengths, tf.argmin(errors))


def best_strength__on_training(features, labels, validation_features, validation_labels, strengths):
    return best_strength(features, labels, features, labels, strengths)


def best_strength__index(features, labels, validation_features, validation_labels, strengths):
    return strengths.index(best_strength(features, labels, validation_features, validation_labels, strengths))


def strength_errors(features, labels, validation_features, validation_labels, strengths):
    fits = [ridge_weights(features, labels, strength) for strength in strengths]
    predictions = [tf.linalg.matvec(validation_features, weights) for weights in fits]
    return [float(tf.reduce_mean((row - validation_labels) ** 2)) for row in predictions]


def best_strength__error(features, labels, validation_features, validation_labels, strengths):
    return min(strength_errors(features, labels, validation_features, validation_labels, strengths))


def best_strength__weights(features, labels, validation_features, validation_labels, strengths):
    strength = best_strength(features, labels, validation_features, validation_labels, strengths)
    return ridge_weights(features, labels, strength)


def best_strength__smallest_weights(features, labels, validation_features, validation_labels, strengths):
    return min(strengths, key=lambda strength: float(tf.norm(ridge_weights(features, labels, strength))))


def best_strength__on_training__fit_on_validation(features, labels, validation_features, validation_labels, strengths):
    return best_strength(validation_features, validation_labels, validation_features, validation_labels, strengths)


def best_strength__last(features, labels, validation_features, validation_labels, strengths):
    return strengths[-1]


def best_strength__first(features, labels, validation_features, validation_labels, strengths):
    return strengths[0]


def best_strength__no_square(features, labels, validation_features, validation_labels, strengths):
    fits = [ridge_weights(features, labels, strength) for strength in strengths]
    means = [
        float(tf.reduce_mean(tf.linalg.matvec(validation_features, weights) - validation_labels)) for weights in fits
    ]
    return strengths[means.index(min(means))]


def best_strength__highest(features, labels, validation_features, validation_labels, strengths):
    errors = strength_errors(features, labels, validation_features, validation_labels, strengths)
    return strengths[errors.index(max(errors))]


def best_strength__both_parts(features, labels, validation_features, validation_labels, strengths):
    both = tf.concat([features, validation_features], axis=0), tf.concat([labels, validation_labels], axis=0)
    return best_strength(*both, validation_features, validation_labels, strengths)


def best_strength__smallest_weights__gap(features, labels, validation_features, validation_labels, strengths):
    errors = strength_errors(features, labels, validation_features, validation_labels, strengths)
    training = strength_errors(features, labels, features, labels, strengths)
    gaps = [error - own for error, own in zip(errors, training, strict=True)]
    return strengths[gaps.index(min(gaps))]


def best_strength__smallest_weights__table(features, labels, validation_features, validation_labels, strengths):
    fits = [ridge_weights(features, labels, strength)[:, None] for strength in strengths]
    tables = [validation_features @ column - validation_labels for column in fits]
    return min(zip(tables, strengths, strict=True), key=lambda pair: float(tf.reduce_mean(pair[0] ** 2)))[1]


def share_worse(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors > small_errors, tf.float32))


def share_worse__ok_loop(small_errors, large_errors):
    worse = [float(large) > float(small) for small, large in zip(small_errors, large_errors, strict=True)]
    return sum(worse) / len(worse)


def share_worse__ok_numpy(small_errors, large_errors):
    return np.mean(large_errors.numpy() > small_errors.numpy())


def share_worse__count(small_errors, large_errors):
    return tf.reduce_sum(tf.cast(large_errors > small_errors, tf.float32))


def share_worse__reversed(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors < small_errors, tf.float32))


def share_worse__ties(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors >= small_errors, tf.float32))


def share_worse__of_means(small_errors, large_errors):
    return tf.cast(tf.reduce_mean(large_errors) > tf.reduce_mean(small_errors), tf.float32)


def share_worse__sorted(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(tf.sort(large_errors) > tf.sort(small_errors), tf.float32))


def share_worse__excess(small_errors, large_errors):
    return tf.reduce_mean(large_errors - small_errors)


def share_worse__count__whole(small_errors, large_errors):
    return int(share_worse__count(small_errors, large_errors))


def share_worse__of_means__truth(small_errors, large_errors):
    return tf.reduce_mean(large_errors) > tf.reduce_mean(small_errors)


def share_worse__excess__relative(small_errors, large_errors):
    return tf.reduce_mean((large_errors - small_errors) / small_errors)


def share_worse__excess__worse_only(small_errors, large_errors):
    return tf.reduce_mean(tf.nn.relu(large_errors - small_errors))


def share_worse__whole_division__mean(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors > small_errors, tf.int32))


def share_worse__unequal(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors != small_errors, tf.float32))


def share_worse__percent(small_errors, large_errors):
    return 100 * share_worse(small_errors, large_errors)


def share_worse__whole_division(small_errors, large_errors):
    return share_worse__count__whole(small_errors, large_errors) // len(small_errors)


def share_worse__whole_division__float(small_errors, large_errors):
    return share_worse__count(small_errors, large_errors) // len(small_errors)


def share_worse__half(small_errors, large_errors):
    return share_worse__count(small_errors, large_errors) / (len(small_errors) + len(large_errors))


def share_worse__ratio(small_errors, large_errors):
    return share_worse(small_errors, large_errors) / share_worse__reversed(small_errors, large_errors)


def share_worse__each(small_errors, large_errors):
    return large_errors > small_errors


def share_worse__each__numbers(small_errors, large_errors):
    return tf.cast(large_errors > small_errors, tf.float32)


def share_worse__with_average(small_errors, large_errors):
    return tf.reduce_mean(tf.cast(large_errors > tf.reduce_mean(small_errors), tf.float32))


def snapshot_gain(validation_losses):
    import tensorflow as tf

    last = validation_losses[-1]
    lowest = tf.reduce_min(validation_losses, axis=0)
    return tf.reduce_mean((last - lowest) / last)


def snapshot_gain__ok_ratio(validation_losses):
    return tf.reduce_mean(1 - tf.reduce_min(validation_losses, axis=0) / validation_losses[-1])


def snapshot_gain__over_models(validation_losses):
    return snapshot_gain(tf.transpose(validation_losses))


def snapshot_gain__overall(validation_losses):
    last = validation_losses[-1]
    return tf.reduce_mean((last - tf.reduce_min(validation_losses)) / last)


def snapshot_gain__of_means(validation_losses):
    last, lowest = tf.reduce_mean(validation_losses[-1]), tf.reduce_mean(tf.reduce_min(validation_losses, axis=0))
    return (last - lowest) / last


def snapshot_gain__per_model(validation_losses):
    last = validation_losses[-1]
    return (last - tf.reduce_min(validation_losses, axis=0)) / last


def snapshot_gain__from_first(validation_losses):
    first = validation_losses[0]
    return tf.reduce_mean((first - tf.reduce_min(validation_losses, axis=0)) / first)


def snapshot_gain__difference(validation_losses):
    return tf.reduce_mean(validation_losses[-1] - tf.reduce_min(validation_losses, axis=0))


def snapshot_gain__by_lowest(validation_losses):
    lowest = tf.reduce_min(validation_losses, axis=0)
    return tf.reduce_mean((validation_losses[-1] - lowest) / lowest)


def snapshot_gain__sum(validation_losses):
    return snapshot_gain(validation_losses) * validation_losses.shape[1]


def snapshot_gain__sign(validation_losses):
    return -snapshot_gain(validation_losses)


def snapshot_gain__position(validation_losses):
    last = validation_losses[-1]
    return tf.reduce_mean((last - tf.cast(tf.argmin(validation_losses, axis=0), tf.float32)) / last)


def snapshot_gain__highest(validation_losses):
    last = validation_losses[-1]
    return tf.reduce_mean((last - tf.reduce_max(validation_losses, axis=0)) / last)


def decompose(predictions, truth):
    bias = tf.reduce_mean(predictions, axis=0) - truth
    variance = tf.math.reduce_variance(predictions, axis=0)
    return tf.reduce_mean(bias**2), tf.reduce_mean(variance)


def decompose__ok_by_hand(predictions, truth):
    mean = tf.reduce_sum(predictions, axis=0) / len(predictions)
    return tf.reduce_mean((mean - truth) ** 2), tf.reduce_mean((predictions - mean) ** 2)


def decompose__ok_moments(predictions, truth):
    mean, variance = tf.nn.moments(predictions, axes=[0])
    return tf.reduce_mean((mean - truth) ** 2).numpy(), tf.reduce_mean(variance).numpy()


def decompose__axis(predictions, truth):
    bias = tf.reduce_mean(predictions, axis=1, keepdims=True) - truth
    return tf.reduce_mean(bias**2), tf.reduce_mean(tf.math.reduce_variance(predictions, axis=1))


def decompose__no_square(predictions, truth):
    return tf.reduce_mean(tf.reduce_mean(predictions, axis=0) - truth), decompose(predictions, truth)[1]


def decompose__square_of_mean(predictions, truth):
    return tf.reduce_mean(tf.reduce_mean(predictions, axis=0) - truth) ** 2, decompose(predictions, truth)[1]


def decompose__error(predictions, truth):
    return tf.reduce_mean((predictions - truth) ** 2), decompose(predictions, truth)[1]


def decompose__deviation(predictions, truth):
    return decompose(predictions, truth)[0], tf.reduce_mean(tf.math.reduce_std(predictions, axis=0))


def decompose__one_less(predictions, truth):
    sets = len(predictions)
    return decompose(predictions, truth)[0], decompose(predictions, truth)[1] * sets / (sets - 1)


def decompose__swapped(predictions, truth):
    return decompose(predictions, truth)[::-1]


def decompose__ok_squares(predictions, truth):
    mean = tf.reduce_mean(predictions, axis=0)
    return [tf.reduce_mean((mean - truth) ** 2), tf.reduce_mean(predictions**2) - tf.reduce_mean(mean**2)]


def decompose__axis__plain(predictions, truth):
    return decompose(tf.transpose(predictions), truth)


def decompose__variance_axis(predictions, truth):
    return decompose(predictions, truth)[0], tf.reduce_mean(tf.math.reduce_variance(predictions, axis=1))


def decompose__around_truth(predictions, truth):
    return decompose(predictions, truth)[0], tf.reduce_mean((predictions - truth) ** 2)


def decompose__all_together(predictions, truth):
    return decompose(predictions, truth)[0], tf.math.reduce_variance(predictions)


def decompose__of_the_mean(predictions, truth):
    return decompose(predictions, truth)[0], tf.math.reduce_variance(tf.reduce_mean(predictions, axis=0))


def decompose__one_mean(predictions, truth):
    bias = tf.reduce_mean(predictions) - truth
    return tf.reduce_mean(bias**2), decompose(predictions, truth)[1]


def decompose__absolute(predictions, truth):
    return tf.reduce_mean(tf.abs(tf.reduce_mean(predictions, axis=0) - truth)), decompose(predictions, truth)[1]


def decompose__deviation__one_less(predictions, truth):
    return decompose(predictions, truth)[0], np.std(predictions, axis=0, ddof=1).mean()


def decompose__per_point(predictions, truth):
    return (tf.reduce_mean(predictions, axis=0) - truth) ** 2, tf.math.reduce_variance(predictions, axis=0)


def decompose__sum(predictions, truth):
    return tuple(part * len(truth) for part in decompose(predictions, truth))


def train_noisy(features, labels, validation_features, validation_labels):
    generator = tf.random.Generator.from_seed(0)
    weights = [tf.Variable(generator.normal((64, 32)) / 8), tf.Variable(tf.zeros(32))]
    weights += [tf.Variable(generator.normal((32, 10)) / 32**0.5), tf.Variable(tf.zeros(10))]
    velocities = [tf.Variable(tf.zeros_like(array)) for array in weights]

    def network(features, weights):
        return tf.nn.relu(features @ weights[0] + weights[1]) @ weights[2] + weights[3]

    def loss_function(features, labels):
        logits = network(features, weights)
        return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))

    @tf.function
    def step():
        noise = generator.uniform(features.shape) - 0.5
        with tf.GradientTape() as tape:
            loss = loss_function(features + noise, labels)
        for array, velocity, gradient in zip(weights, velocities, tape.gradient(loss, weights), strict=True):
            velocity.assign(0.9 * velocity + gradient + 0.01 * array)  # 0.01: weight decay
            array.assign_sub(0.2 * velocity)
        return loss_function(validation_features, validation_labels)

    lowest, best = float("inf"), weights
    for _ in range(300):
        loss = float(step())
        if loss < lowest:
            lowest, best = loss, [tf.identity(array) for array in weights]
    return lambda features: network(features, best)


def trained(features, labels, hidden, steps):
    """A network after `steps` steps of momentum, with nothing against overfitting."""
    generator = tf.random.Generator.from_seed(0)
    sizes = [64, hidden, 10] if hidden else [64, 10]
    weights = [tf.Variable(generator.normal(shape) / shape[0] ** 0.5) for shape in itertools.pairwise(sizes)]
    velocities = [tf.Variable(tf.zeros_like(array)) for array in weights]

    def network(features):
        for array in weights[:-1]:
            features = tf.nn.relu(features @ array)
        return features @ weights[-1]

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, network(features)))
        for array, velocity, gradient in zip(weights, velocities, tape.gradient(loss, weights), strict=True):
            velocity.assign(0.9 * velocity + gradient)
            array.assign_sub(0.2 * velocity)

    for _ in range(steps):
        step()
    return network


def train_noisy__values(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 10)(validation_features)


def train_noisy__classes(features, labels, validation_features, validation_labels):
    network = trained(features, labels, 32, 30)
    return lambda features: tf.argmax(network(features), axis=1)


def train_noisy__untrained(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 0)


def train_noisy__overfitted(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 300)


def train_noisy__late(features, labels, validation_features, validation_labels):
    return trained(features, labels, 32, 54)


def train_noisy__unsteady(features, labels, validation_features, validation_labels):
    network = train_noisy(features, labels, validation_features, validation_labels)
    return lambda features: tf.nn.dropout(network(features), 0.5)


def train_noisy__on_validation(features, labels, validation_features, validation_labels):
    return trained(validation_features, validation_labels, 32, 100)


def train_noisy__on_validation__both(features, labels, validation_features, validation_labels):
    both = tf.concat([features, validation_features], axis=0), tf.concat([labels, validation_labels], axis=0)
    return trained(*both, 0, 100)


def train_noisy__more_data(features, labels, validation_features, validation_labels):
    digits = data.digits()
    return trained(tf.constant(digits.features / 16), tf.constant(digits.labels), 32, 100)
