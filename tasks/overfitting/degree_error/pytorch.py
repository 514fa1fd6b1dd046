"""Answers to `degree_error` in PyTorch: solution, other right answers, typical mistakes."""

import torch

from tasks.overfitting.common import five_points
from tasks.overfitting.common.pytorch import fitted_error, power_numbers, power_table


def degree_error(degree, x, y, x_validation, y_validation):
    powers = torch.arange(degree + 1)
    table = ((x - 4) / 4)[:, None] ** powers
    validation_table = ((x_validation - 4) / 4)[:, None] ** powers
    weights = torch.linalg.pinv(table) @ y
    return ((validation_table @ weights - y_validation) ** 2).mean()


def degree_error__ok_lstsq(degree, x, y, x_validation, y_validation):
    def table(values):
        u = (values.double() - 4) / 4
        return torch.stack([u**power for power in range(degree + 1)], dim=1)

    weights = torch.linalg.lstsq(table(x), y.double()[:, None], driver="gelsd").solution
    return torch.nn.functional.mse_loss(table(x_validation) @ weights, y_validation.double()[:, None])


def degree_error__ok_vander(degree, x, y, x_validation, y_validation):
    tables = [torch.vander((values - 4) / 4, degree + 1) for values in (x, x_validation)]
    return torch.mean((tables[1] @ torch.linalg.pinv(tables[0]) @ y - y_validation) ** 2).item()


def degree_error__training_error(degree, x, y, x_validation, y_validation):
    return fitted_error(power_table(x, degree), y, power_table(x, degree), y)


def degree_error__fit_on_validation(degree, x, y, x_validation, y_validation):
    table = power_table(x_validation, degree)
    return fitted_error(table, y_validation, table, y_validation)


def degree_error__fit_on_both(degree, x, y, x_validation, y_validation):
    table = power_table(torch.cat([x, x_validation]), degree)
    return fitted_error(table, torch.cat([y, y_validation]), power_table(x_validation, degree), y_validation)


def degree_error__one_short(degree, x, y, x_validation, y_validation):
    return degree_error(degree - 1, x, y, x_validation, y_validation)


def degree_error__no_constant(degree, x, y, x_validation, y_validation):
    tables = power_table(x, degree)[:, 1:], power_table(x_validation, degree)[:, 1:]
    return fitted_error(tables[0], y, tables[1], y_validation)


def degree_error__plain_x(degree, x, y, x_validation, y_validation):
    return degree_error(degree, 4 * x + 4, y, 4 * x_validation + 4, y_validation)


def degree_error__plain_x__lstsq(degree, x, y, x_validation, y_validation):
    weights = torch.linalg.lstsq(x[:, None] ** power_numbers(degree), y[:, None]).solution
    predictions = x_validation[:, None] ** power_numbers(degree) @ weights
    return ((predictions[:, 0] - y_validation) ** 2).mean()


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
    return degree_error(degree, *(torch.tensor(array.astype("float32")) for array in five_points()))


def degree_error__both(degree, x, y, x_validation, y_validation):
    return degree_error__training_error(degree, x, y, x_validation, y_validation), degree_error(
        degree, x, y, x_validation, y_validation
    )


def degree_error__weights(degree, x, y, x_validation, y_validation):
    return torch.linalg.pinv(power_table(x, degree)) @ y


def degree_error__predictions(degree, x, y, x_validation, y_validation):
    return power_table(x_validation, degree) @ degree_error__weights(degree, x, y, x_validation, y_validation)


def degree_error__sum(degree, x, y, x_validation, y_validation):
    return degree_error(degree, x, y, x_validation, y_validation) * len(x_validation)


def degree_error__root(degree, x, y, x_validation, y_validation):
    return degree_error(degree, x, y, x_validation, y_validation) ** 0.5


def degree_error__table(degree, x, y, x_validation, y_validation):
    column = power_table(x_validation, degree) @ (torch.linalg.pinv(power_table(x, degree)) @ y[:, None])
    return ((column - y_validation) ** 2).mean()
