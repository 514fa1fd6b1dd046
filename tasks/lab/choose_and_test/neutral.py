"""Answers to `choose_and_test` that need no framework: solution, other right answers, typical mistakes."""

import numpy as np


def _accuracy(predict, part):
    return float(np.mean(predict(part.features) == part.labels))


def choose_and_test(trainers, train, validation, test):
    best, highest = None, -1
    for name, train_one in trainers.items():
        predict = train_one(train)
        accuracy = np.mean(predict(validation.features) == validation.labels)
        if accuracy > highest:
            best, highest, best_predict = name, accuracy, predict
    return best, np.mean(best_predict(test.features) == test.labels)


def choose_and_test__ok_max(trainers, train, validation, test):
    fitted = {name: train_one(train) for name, train_one in trainers.items()}
    best = max(fitted, key=lambda name: _accuracy(fitted[name], validation))
    return [best, _accuracy(fitted[best], test)]


def _choose(trainers, train, by, report):
    fitted = {name: train_one(train) for name, train_one in trainers.items()}
    best = max(fitted, key=lambda name: _accuracy(fitted[name], by))
    return best, _accuracy(fitted[best], report)


def choose_and_test__by_test(trainers, train, validation, test):
    return _choose(trainers, train, test, test)


def choose_and_test__by_training(trainers, train, validation, test):
    return _choose(trainers, train, train, test)


def choose_and_test__validation_reported(trainers, train, validation, test):
    return _choose(trainers, train, validation, validation)


def choose_and_test__training_reported(trainers, train, validation, test):
    return _choose(trainers, train, validation, train)


def choose_and_test__both(trainers, train, validation, test):
    fitted = {name: train_one(train) for name, train_one in trainers.items()}
    scores = {name: _accuracy(p, validation) + _accuracy(p, test) for name, p in fitted.items()}
    best = max(scores, key=scores.get)
    return best, _accuracy(fitted[best], test)


def choose_and_test__best_of_tests(trainers, train, validation, test):
    best, _ = _choose(trainers, train, validation, test)
    return best, max(_accuracy(train_one(train), test) for train_one in trainers.values())


def choose_and_test__of_another(trainers, train, validation, test):
    best, _ = _choose(trainers, train, validation, validation)
    for train_one in trainers.values():
        predict = train_one(train)
    return best, _accuracy(predict, test)


def choose_and_test__count(trainers, train, validation, test):
    best, accuracy = choose_and_test(trainers, train, validation, test)
    return best, round(accuracy * len(test.labels))


def choose_and_test__errors(trainers, train, validation, test):
    best, accuracy = choose_and_test(trainers, train, validation, test)
    return best, 1 - accuracy


def choose_and_test__worst(trainers, train, validation, test):
    fitted = {name: train_one(train) for name, train_one in trainers.items()}
    worst = min(fitted, key=lambda name: _accuracy(fitted[name], validation))
    return worst, _accuracy(fitted[worst], test)


def choose_and_test__last(trainers, train, validation, test):
    name = list(trainers)[-1]
    return name, _accuracy(trainers[name](train), test)


def choose_and_test__ok_trained_again(trainers, train, validation, test):
    best, _ = _choose(trainers, train, validation, validation)
    together = type(train)(*(np.concatenate(arrays) for arrays in zip(train, validation, strict=True)))
    return best, _accuracy(trainers[best](together), test)


def choose_and_test__not_the_name(trainers, train, validation, test):
    return choose_and_test(trainers, train, validation, test)[::-1]


def choose_and_test__not_the_name__function(trainers, train, validation, test):
    best, accuracy = choose_and_test(trainers, train, validation, test)
    return trainers[best](train), accuracy


def choose_and_test__percent(trainers, train, validation, test):
    best, accuracy = choose_and_test(trainers, train, validation, test)
    return best, 100 * accuracy


def choose_and_test__trained_on_validation(trainers, train, validation, test):
    return _choose(trainers, validation, validation, test)


def choose_and_test__trained_on_validation__both(trainers, train, validation, test):
    together = type(train)(*(np.concatenate(arrays) for arrays in zip(train, validation, strict=True)))
    return _choose(trainers, together, validation, test)


def choose_and_test__tested_all(trainers, train, validation, test):
    fitted = {name: train_one(train) for name, train_one in trainers.items()}
    pairs = {name: (_accuracy(p, validation), _accuracy(p, test)) for name, p in fitted.items()}
    best = max(pairs, key=lambda name: pairs[name][0])
    return best, pairs[best][1]


def choose_and_test__name_only(trainers, train, validation, test):
    return _choose(trainers, train, validation, test)[0]


def choose_and_test__trained_on_test(trainers, train, validation, test):
    best, _ = _choose(trainers, train, validation, test)
    together = type(train)(*(np.concatenate(arrays) for arrays in zip(train, validation, test, strict=True)))
    return best, _accuracy(trainers[best](together), test)


def choose_and_test__by_name(trainers, train, validation, test):
    fitted = {name: train_one(train) for name, train_one in trainers.items()}
    best = max(fitted)
    return best, _accuracy(fitted[best], test)
