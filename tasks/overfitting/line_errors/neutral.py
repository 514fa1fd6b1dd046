"""Answers to `line_errors` that need no framework: solution, other right answers, typical mistakes."""


def line_errors__ok_numbers(slope, offset, x, y, x_validation, y_validation):
    errors = []
    for inputs, labels in ((x, y), (x_validation, y_validation)):
        differences = [slope * float(a) + offset - float(b) for a, b in zip(inputs, labels, strict=True)]
        errors.append(sum(d**2 for d in differences) / len(differences))
    return tuple(errors)


def line_errors__per_point(slope, offset, x, y, x_validation, y_validation):
    return (slope * x + offset - y) ** 2, (slope * x_validation + offset - y_validation) ** 2


def line_errors__predictions(slope, offset, x, y, x_validation, y_validation):
    return slope * x + offset, slope * x_validation + offset
