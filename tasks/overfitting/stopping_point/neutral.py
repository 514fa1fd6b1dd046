"""Answers to `stopping_point` that need no framework: solution, other right answers, typical mistakes."""


def stopping_point(validation_losses, patience):
    lowest, best_epoch = float("inf"), 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            lowest, best_epoch = loss, epoch
        elif epoch - best_epoch == patience:
            break
    return epoch, best_epoch


def stopping_point__from_zero(validation_losses, patience):
    stop, best = stopping_point(validation_losses, patience)
    return stop - 1, best - 1


def stopping_point__lowest_of_all(validation_losses, patience):
    best_epoch = int(validation_losses.numpy().argmin()) + 1
    return best_epoch + patience, best_epoch


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


def stopping_point__from_zero__best(validation_losses, patience):
    stop, best = stopping_point(validation_losses, patience)
    return stop, best - 1


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


def stopping_point__starts_at_zero__at_one(validation_losses, patience):
    lowest, best_epoch, waited = 1.0, 1, 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            lowest, best_epoch, waited = loss, epoch, 0
        else:
            waited += 1
        if waited == patience:
            break
    return epoch, best_epoch
