"""The functions of the tasks of 07_lab that need no framework."""

import numpy as np
from sklearn.model_selection import StratifiedKFold, train_test_split


def split_parts(features, labels, seed):
    generator = np.random.default_rng(seed)
    rows = [[], [], []]
    for label in np.unique(labels):
        own = generator.permutation(np.flatnonzero(labels == label))
        first, second = round(0.6 * len(own)), round(0.8 * len(own))
        for part, piece in zip(rows, np.split(own, [first, second]), strict=True):
            part.extend(piece)
    return tuple((features[part], labels[part]) for part in rows)


def split_parts__ok_scikit_learn(features, labels, seed):
    train_x, rest_x, train_y, rest_y = train_test_split(
        features, labels, test_size=0.4, stratify=labels, random_state=seed
    )
    validation_x, test_x, validation_y, test_y = train_test_split(
        rest_x, rest_y, test_size=0.5, stratify=rest_y, random_state=seed
    )
    return (train_x, train_y), (validation_x, validation_y), (test_x, test_y)


def _cut(features, labels, rows):
    first, second = round(0.6 * len(rows)), round(0.8 * len(rows))
    return tuple((features[part], labels[part]) for part in np.split(rows, [first, second]))


def split_parts__not_stratified(features, labels, seed):
    return _cut(features, labels, np.random.default_rng(seed).permutation(len(labels)))


def split_parts__in_order(features, labels, seed):
    return _cut(features, labels, np.arange(len(labels)))


def split_parts__overlap(features, labels, seed):
    generator = np.random.default_rng(seed)
    sizes = [round(share * len(labels)) for share in (0.6, 0.2, 0.2)]
    rows = [generator.choice(len(labels), size, replace=False) for size in sizes]
    return tuple((features[part], labels[part]) for part in rows)


def split_parts__overlap__same_test(features, labels, seed):
    train, validation, _ = split_parts(features, labels, seed)
    return train, validation, validation


def split_parts__overlap__repeated(features, labels, seed):
    rows = np.random.default_rng(seed).integers(0, len(labels), len(labels))
    return _cut(features, labels, rows)


def split_parts__labels_apart(features, labels, seed):
    generator = np.random.default_rng(seed)
    parts = split_parts(features, labels, seed)
    return tuple((generator.permutation(own), own_labels) for own, own_labels in parts)


def split_parts__two_parts(features, labels, seed):
    train, validation, test = split_parts(features, labels, seed)
    return train, tuple(np.concatenate(pair) for pair in zip(validation, test, strict=True))


def split_parts__six_arrays(features, labels, seed):
    return tuple(array for part in split_parts(features, labels, seed) for array in part)


def split_parts__six_arrays__features_first(features, labels, seed):
    return tuple(zip(*split_parts(features, labels, seed), strict=True))


def split_parts__one_hot(features, labels, seed):
    return [(part, np.eye(3)[own]) for part, own in split_parts(features, labels, seed)]


def split_parts__order(features, labels, seed):
    train, validation, test = split_parts(features, labels, seed)
    return validation, test, train


def split_parts__sizes(features, labels, seed):
    train, validation, test = split_parts(features, labels, seed)
    return validation, train, test


def split_parts__sizes__other_shares(features, labels, seed):
    train_x, test_x, train_y, test_y = train_test_split(
        features, labels, test_size=0.2, stratify=labels, random_state=seed
    )
    train_x, validation_x, train_y, validation_y = train_test_split(
        train_x, train_y, test_size=0.2, stratify=train_y, random_state=seed
    )
    return (train_x, train_y), (validation_x, validation_y), (test_x, test_y)


def split_parts__fixed_seed(features, labels, seed):
    return split_parts(features, labels, 0)


def split_parts__no_seed(features, labels, seed):
    return split_parts(features, labels, None)


def scale_parts(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    return tuple((part - mean) / deviation for part in (train, validation, test))


def scale_parts__ok_scikit_learn(train, validation, test):
    from sklearn.preprocessing import StandardScaler

    scaler = StandardScaler().fit(train)
    return scaler.transform(train), scaler.transform(validation), scaler.transform(test)


def scale_parts__ok_list(train, validation, test):
    mean, deviation = train.mean(axis=0, keepdims=True), np.sqrt(train.var(axis=0, keepdims=True))
    return [(train - mean) / deviation, (validation - mean) / deviation, (test - mean) / deviation]


def scale_parts__before_splitting(train, validation, test):
    together = np.concatenate([train, validation, test])
    mean, deviation = together.mean(axis=0), together.std(axis=0)
    return tuple((part - mean) / deviation for part in (train, validation, test))


def scale_parts__with_validation(train, validation, test):
    together = np.concatenate([train, validation])
    mean, deviation = together.mean(axis=0), together.std(axis=0)
    return tuple((part - mean) / deviation for part in (train, validation, test))


def scale_parts__each_by_itself(train, validation, test):
    return tuple((part - part.mean(axis=0)) / part.std(axis=0) for part in (train, validation, test))


def scale_parts__one_mean(train, validation, test):
    return tuple((part - train.mean()) / train.std() for part in (train, validation, test))


def scale_parts__rows(train, validation, test):
    parts = (train, validation, test)
    return tuple((part - part.mean(axis=1, keepdims=True)) / part.std(axis=1, keepdims=True) for part in parts)


def scale_parts__variance(train, validation, test):
    mean, variance = train.mean(axis=0), train.var(axis=0)
    return tuple((part - mean) / variance for part in (train, validation, test))


def scale_parts__only_training(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / deviation, validation, test


def scale_parts__mean_only(train, validation, test):
    return tuple(part - train.mean(axis=0) for part in (train, validation, test))


def scale_parts__deviation_only(train, validation, test):
    return tuple(part / train.std(axis=0) for part in (train, validation, test))


def scale_parts__sample_deviation(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0, ddof=1)
    return tuple((part - mean) / deviation for part in (train, validation, test))


def scale_parts__precedence(train, validation, test):
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    return tuple(part - mean / deviation for part in (train, validation, test))


def scale_parts__from_0_to_1(train, validation, test):
    low, high = train.min(axis=0), train.max(axis=0)
    return tuple((part - low) / (high - low) for part in (train, validation, test))


def cross_validate(train, features, labels, folds, seed):
    generator = np.random.default_rng(seed)
    fold_of = np.empty(len(labels), int)
    for label in np.unique(labels):
        rows = generator.permutation(np.flatnonzero(labels == label))
        fold_of[rows] = np.arange(len(rows)) % folds
    accuracies = []
    for fold in range(folds):
        held_back = fold_of == fold
        predict = train(features[~held_back], labels[~held_back])
        accuracies.append(np.mean(predict(features[held_back]) == labels[held_back]))
    return accuracies


def _cross_validate(train, features, labels, pairs):
    accuracies = []
    for rows, held_back in pairs:
        predict = train(features[rows], labels[rows])
        accuracies.append(float(np.mean(predict(features[held_back]) == labels[held_back])))
    return accuracies


def cross_validate__ok_scikit_learn(train, features, labels, folds, seed):
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    accuracies = []
    for rows, held_back in splitter.split(features, labels):
        predict = train(features[rows], labels[rows])
        accuracies.append(float((predict(features[held_back]) == labels[held_back]).mean()))
    return np.array(accuracies)


def _folds(labels, folds, seed):
    return list(StratifiedKFold(folds, shuffle=True, random_state=seed).split(labels, labels))


def cross_validate__on_training(train, features, labels, folds, seed):
    pairs = [(rows, rows) for rows, _ in _folds(labels, folds, seed)]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__trained_on_all(train, features, labels, folds, seed):
    everything = np.arange(len(labels))
    pairs = [(everything, held_back) for _, held_back in _folds(labels, folds, seed)]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__trained_on_all__once(train, features, labels, folds, seed):
    predict = train(features, labels)
    folds = _folds(labels, folds, seed)
    return [np.mean(predict(features[rows]) == labels[rows]) for _, rows in folds]


def cross_validate__swapped(train, features, labels, folds, seed):
    pairs = [(held_back, rows) for rows, held_back in _folds(labels, folds, seed)]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__in_order(train, features, labels, folds, seed):
    blocks = np.array_split(np.arange(len(labels)), folds)
    pairs = [(np.setdiff1d(np.arange(len(labels)), block), block) for block in blocks]
    return _cross_validate(train, features, labels, pairs)


def cross_validate__redrawn(train, features, labels, folds, seed):
    generator = np.random.default_rng(seed)
    size = len(labels) // folds
    drawn = [generator.permutation(len(labels)) for _ in range(folds)]
    return _cross_validate(train, features, labels, [(rows[size:], rows[:size]) for rows in drawn])


def cross_validate__fixed_folds(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, _folds(labels, 5, seed))


def cross_validate__fixed_seed(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, _folds(labels, folds, 0))


def cross_validate__fixed_seed__not_shuffled(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, list(StratifiedKFold(folds).split(labels, labels)))


def cross_validate__one_fold(train, features, labels, folds, seed):
    return _cross_validate(train, features, labels, _folds(labels, folds, seed)[:1])


def cross_validate__mean(train, features, labels, folds, seed):
    return np.mean(_cross_validate(train, features, labels, _folds(labels, folds, seed)))


def cross_validate__count(train, features, labels, folds, seed):
    sizes = [len(held_back) for _, held_back in _folds(labels, folds, seed)]
    accuracies = _cross_validate(train, features, labels, _folds(labels, folds, seed))
    return [accuracy * size for accuracy, size in zip(accuracies, sizes, strict=True)]


def cross_validate__errors(train, features, labels, folds, seed):
    return [1 - accuracy for accuracy in _cross_validate(train, features, labels, _folds(labels, folds, seed))]


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


def worst_mistakes(logits, labels, count):
    logits = logits - logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(labels)), labels]
    wrong = np.flatnonzero(logits.argmax(axis=1) != labels)
    return wrong[np.argsort(-losses[wrong])][:count]


def worst_mistakes__ok_loop(logits, labels, count):
    found = []
    for row, (scores, label) in enumerate(zip(logits, labels, strict=True)):
        if np.argmax(scores) != label:
            found.append((float(np.log(np.sum(np.exp(scores)))) - scores[label], row))
    return [row for _, row in sorted(found, reverse=True)][:count]


def _losses(logits, labels):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(labels)), labels]


def worst_mistakes__all_wrong(logits, labels, count):
    return worst_mistakes(logits, labels, len(labels))


def worst_mistakes__right_ones_too(logits, labels, count):
    return np.argsort(-_losses(logits, labels))[:count]


def worst_mistakes__right_ones_too__at_the_end(logits, labels, count):
    return np.argsort(-_losses(logits, labels) * (logits.argmax(axis=1) != labels), kind="stable")[:count]


def worst_mistakes__smallest_first__cut_at_the_end(logits, labels, count):
    return worst_mistakes(logits, labels, len(labels))[-count:]


def _wrong_by(logits, labels, badness, count):
    wrong = np.flatnonzero(logits.argmax(axis=1) != labels)
    return wrong[np.argsort(-badness[wrong])][:count]


def worst_mistakes__by_confidence(logits, labels, count):
    confidence = -_losses(logits, logits.argmax(axis=1))
    return _wrong_by(logits, labels, confidence, count)


def worst_mistakes__by_label_logit(logits, labels, count):
    return _wrong_by(logits, labels, -logits[np.arange(len(labels)), labels], count)


def worst_mistakes__softmax_twice(logits, labels, count):
    classes = range(logits.shape[1])
    probabilities = np.exp(-np.stack([_losses(logits, np.full_like(labels, k)) for k in classes], axis=1))
    return _wrong_by(logits, labels, _losses(probabilities, labels), count)


def worst_mistakes__smallest_first(logits, labels, count):
    return worst_mistakes(logits, labels, len(labels))[::-1][:count]


def worst_mistakes__unsorted(logits, labels, count):
    return np.flatnonzero(logits.argmax(axis=1) != labels)[:count]


def worst_mistakes__rows_among_wrong(logits, labels, count):
    wrong = logits.argmax(axis=1) != labels
    return np.argsort(-_losses(logits, labels)[wrong])[:count]


def worst_mistakes__by_largest_logit(logits, labels, count):
    wrong = np.flatnonzero(logits.argmax(axis=1) != labels)
    return wrong[np.argsort(-logits[wrong].max(axis=1))][:count]


def worst_mistakes__losses(logits, labels, count):
    wrong = worst_mistakes(logits, labels, count)
    return _losses(logits, labels)[wrong]


def worst_mistakes__right_answers(logits, labels, count):
    right = np.flatnonzero(logits.argmax(axis=1) == labels)
    return right[np.argsort(-_losses(logits, labels)[right])][:count]
