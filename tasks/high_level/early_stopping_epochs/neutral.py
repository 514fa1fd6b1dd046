"""Answers to `early_stopping_epochs` that need no framework: solution, other right answers, typical mistakes."""


def early_stopping_epochs(validation_losses, patience):
    best_epoch, lowest = 0, float("inf")
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            best_epoch, lowest = epoch, loss
        elif epoch - best_epoch >= patience:
            break
    return best_epoch, epoch


def early_stopping_epochs__ok_count(validation_losses, patience):
    waited, best, last = 0, 1, 1
    for last in range(2, len(validation_losses) + 1):
        if validation_losses[last - 1] < validation_losses[best - 1]:
            best, waited = last, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best, last


def early_stopping_epochs__from_zero(validation_losses, patience):
    best, last = early_stopping_epochs(validation_losses, patience)
    return best - 1, last - 1


def early_stopping_epochs__one_late(validation_losses, patience):
    return early_stopping_epochs(validation_losses, patience + 1)


def early_stopping_epochs__total(validation_losses, patience):
    best_epoch, lowest, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            best_epoch, lowest = epoch, loss
        else:
            waited += 1
        if waited == patience:
            break
    return best_epoch, epoch


def early_stopping_epochs__previous(validation_losses, patience):
    best_epoch, previous, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < previous:
            best_epoch, waited = epoch, 0
        else:
            waited += 1
        previous = loss
        if waited == patience:
            break
    return best_epoch, epoch


def early_stopping_epochs__previous__for_the_wait(validation_losses, patience):
    _, last = early_stopping_epochs__previous(validation_losses, patience)
    return validation_losses.index(min(validation_losses[:last])) + 1, last


def early_stopping_epochs__previous__or_equal(validation_losses, patience):
    best_epoch, previous, waited = 0, float("inf"), 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss <= previous:
            best_epoch, waited = epoch, 0
        else:
            waited += 1
        previous = loss
        if waited == patience:
            break
    return best_epoch, epoch


def early_stopping_epochs__past_end(validation_losses, patience):
    best, _ = early_stopping_epochs(validation_losses, patience)
    return best, best + patience


def early_stopping_epochs__ties(validation_losses, patience):
    best_epoch, lowest = 0, float("inf")
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss <= lowest:
            best_epoch, lowest = epoch, loss
        elif epoch - best_epoch >= patience:
            break
    return best_epoch, epoch


def early_stopping_epochs__never_stops(validation_losses, patience):
    return validation_losses.index(min(validation_losses)) + 1, len(validation_losses)


def early_stopping_epochs__swapped(validation_losses, patience):
    return early_stopping_epochs(validation_losses, patience)[::-1]


def early_stopping_epochs__loss(validation_losses, patience):
    best, last = early_stopping_epochs(validation_losses, patience)
    return validation_losses[best - 1], last


def early_stopping_epochs__looks_ahead(validation_losses, patience):
    best = validation_losses.index(min(validation_losses)) + 1
    return best, min(best + patience, len(validation_losses))


def early_stopping_epochs__looks_ahead__unlimited(validation_losses, patience):
    best = validation_losses.index(min(validation_losses)) + 1
    return best, best + patience


def early_stopping_epochs__no_end(validation_losses, patience):
    best_epoch, lowest = 0, float("inf")
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            best_epoch, lowest = epoch, loss
        elif epoch - best_epoch == patience:
            return best_epoch, epoch


def early_stopping_epochs__counted_back(validation_losses, patience):
    _, last = early_stopping_epochs(validation_losses, patience)
    return last - patience, last


def early_stopping_epochs__last_too_small(validation_losses, patience):
    best, last = early_stopping_epochs(validation_losses, patience)
    return best, last - 1


def early_stopping_epochs__last_too_small__early(validation_losses, patience):
    return early_stopping_epochs(validation_losses, patience - 1)


def early_stopping_epochs__low_start(validation_losses, patience, lowest=0.0):
    best_epoch, waited = 0, 0
    for epoch, loss in enumerate(validation_losses, start=1):
        if loss < lowest:
            best_epoch, lowest, waited = epoch, loss, 0
        else:
            waited += 1
        if waited == patience:
            break
    return best_epoch, epoch


def early_stopping_epochs__low_start__one(validation_losses, patience):
    return early_stopping_epochs__low_start(validation_losses, patience, lowest=1.0)


def early_stopping_epochs__highest(validation_losses, patience):
    return early_stopping_epochs([-loss for loss in validation_losses], patience)


def early_stopping_epochs__one_late__plus_one(validation_losses, patience):
    best, last = early_stopping_epochs(validation_losses, patience)
    return best, last + 1


def early_stopping_epochs__never_stops__fixed(validation_losses, patience):
    return early_stopping_epochs(validation_losses, 8)
