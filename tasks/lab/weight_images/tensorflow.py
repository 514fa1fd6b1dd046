"""Answers to `weight_images` in TensorFlow: solution, other right answers, typical mistakes."""

import numpy as np
import tensorflow as tf


def weight_images(network):
    weights, _ = network.get_weights()
    return weights.T.reshape(10, 8, 8)


def weight_images__ok_kernel(network):
    return tf.reshape(tf.transpose(network.layers[0].kernel), (-1, 8, 8))


def weight_images__mixed_up(network):
    return network.get_weights()[0].reshape(10, 8, 8)


def weight_images__sideways(network):
    return network.get_weights()[0].T.reshape(10, 8, 8).transpose(0, 2, 1)


def weight_images__flat(network):
    return network.get_weights()[0]


def weight_images__flat__transposed(network):
    return network.get_weights()[0].T


def weight_images__classes_last(network):
    return network.get_weights()[0].reshape(8, 8, 10)


def weight_images__absolute(network):
    return np.abs(network.get_weights()[0].T.reshape(10, 8, 8))


def weight_images__bias(network):
    return network.get_weights()[1]


def weight_images__layer(network):
    return tf.reshape(tf.nn.softmax(tf.transpose(network.layers[0].kernel)), (10, 8, 8))


def weight_images__with_bias(network):
    weights, bias = network.get_weights()
    return (weights + bias).T.reshape(10, 8, 8)
