"""Answers to `parameter_count` that need no framework: solution, other right answers, typical mistakes."""


def parameter_count(side, kernels, size, classes):
    convolution = kernels * (size * size + 1)
    pixels = (side // 2) ** 2  # after the pooling
    return convolution + kernels * pixels * classes + classes


def parameter_count__ok_sum(side, kernels, size, classes):
    weights = kernels * size**2 + kernels * side / 2 * side / 2 * classes
    return weights + sum([kernels, classes])


def parameter_count__every_place__weights_alone(side, kernels, size, classes):
    return kernels * (size**2 * side**2 + 1) + kernels * (side // 2) ** 2 * classes + classes


def parameter_count__no_bias(side, kernels, size, classes):
    return kernels * size**2 + kernels * (side // 2) ** 2 * classes


def parameter_count__kernel_biases(side, kernels, size, classes):
    return kernels * size**2 + (kernels * (side // 2) ** 2 + 1) * classes


def parameter_count__class_biases(side, kernels, size, classes):
    return kernels * (size**2 + 1) + kernels * (side // 2) ** 2 * classes


def parameter_count__one_bias(side, kernels, size, classes):
    return kernels * size**2 + 1 + kernels * (side // 2) ** 2 * classes + 1


def parameter_count__every_place(side, kernels, size, classes):
    return side**2 * kernels * (size**2 + 1) + (kernels * (side // 2) ** 2 + 1) * classes


def parameter_count__no_pooling(side, kernels, size, classes):
    return kernels * (size**2 + 1) + (kernels * side**2 + 1) * classes


def parameter_count__halved_once(side, kernels, size, classes):
    return kernels * (size**2 + 1) + (kernels * side**2 // 2 + 1) * classes


def parameter_count__one_channel(side, kernels, size, classes):
    return kernels * (size**2 + 1) + ((side // 2) ** 2 + 1) * classes


def parameter_count__no_padding(side, kernels, size, classes):
    return kernels * (size**2 + 1) + (kernels * ((side - size + 1) // 2) ** 2 + 1) * classes


def parameter_count__first_layer(side, kernels, size, classes):
    return kernels * (size**2 + 1)


def parameter_count__last_layer(side, kernels, size, classes):
    return (kernels * (side // 2) ** 2 + 1) * classes


def parameter_count__size_not_squared(side, kernels, size, classes):
    return kernels * (size + 1) + (kernels * (side // 2) ** 2 + 1) * classes


def parameter_count__one_side(side, kernels, size, classes):
    return kernels * (size**2 + 1) + (kernels * (side // 2) + 1) * classes


def parameter_count__one_kernel(side, kernels, size, classes):
    return size**2 + 1 + (kernels * (side // 2) ** 2 + 1) * classes
