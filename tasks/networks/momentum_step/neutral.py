"""Answers to `momentum_step` that need no framework: solution, other right answers, typical mistakes."""


def momentum_step(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__old_velocity(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * velocity, decay * velocity + gradient


def momentum_step__rate_inside(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + learning_rate * gradient
    return parameter - velocity, velocity


def momentum_step__uphill(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter + learning_rate * velocity, velocity


def momentum_step__no_decay(parameter, velocity, gradient, learning_rate, decay):
    velocity = velocity + gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__averaged(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + (1 - decay) * gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__order(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return velocity, parameter - learning_rate * velocity


def momentum_step__no_memory(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * gradient, gradient


def momentum_step__rate_inside__minus(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity - learning_rate * gradient
    return parameter + velocity, velocity


def momentum_step__no_rate(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter - velocity, velocity


def momentum_step__decayed_gradient(parameter, velocity, gradient, learning_rate, decay):
    velocity = velocity + decay * gradient
    return parameter - learning_rate * velocity, velocity


def momentum_step__decayed_gradient__both(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * (velocity + gradient)
    return parameter - learning_rate * velocity, velocity


def momentum_step__old_returned(parameter, velocity, gradient, learning_rate, decay):
    return parameter - learning_rate * (decay * velocity + gradient), velocity


def momentum_step__step(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return learning_rate * velocity, velocity


def momentum_step__nesterov(parameter, velocity, gradient, learning_rate, decay):
    velocity = decay * velocity + gradient
    return parameter - learning_rate * (gradient + decay * velocity), velocity
