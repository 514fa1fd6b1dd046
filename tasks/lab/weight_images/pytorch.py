"""Answers to `weight_images` in PyTorch: solution, other right answers, typical mistakes."""


def weight_images(network):
    weights = next(network.parameters()).detach()
    return weights.reshape(10, 8, 8)


def weight_images__ok_state(network):
    weights = network.state_dict()["0.weight"].numpy()
    return weights.reshape(-1, 8, 8)


def weight_images__mixed_up(network):
    return next(network.parameters()).detach().T.reshape(10, 8, 8)


def weight_images__sideways(network):
    return next(network.parameters()).detach().reshape(10, 8, 8).transpose(1, 2)


def weight_images__flat(network):
    return next(network.parameters()).detach()


def weight_images__classes_last(network):
    return next(network.parameters()).detach().reshape(8, 8, 10)


def weight_images__classes_last__transposed(network):
    return next(network.parameters()).detach().T.reshape(8, 8, 10)


def weight_images__absolute(network):
    return next(network.parameters()).detach().reshape(10, 8, 8).abs()


def weight_images__bias(network):
    return list(network.parameters())[1].detach()


def weight_images__layer(network):
    return network[0].weight.reshape(10, 64).softmax(dim=1).reshape(10, 8, 8)


def weight_images__with_bias(network):
    layer = network[0]
    return (layer.weight.detach() + layer.bias.detach()[:, None]).reshape(10, 8, 8)
