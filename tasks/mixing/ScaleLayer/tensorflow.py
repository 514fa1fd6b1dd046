"""Answers to `ScaleLayer` in TensorFlow: solution, other right answers, typical mistakes."""

import keras
import tensorflow as tf


class ScaleLayer(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__ok_build(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.size = size

    def build(self, input_shape):
        self.shift = self.add_weight(shape=(self.size,), initializer="zeros")
        self.scale = self.add_weight(shape=(self.size,), initializer=keras.initializers.Constant(1.0))

    def call(self, inputs):
        return keras.ops.add(self.shift, keras.ops.multiply(inputs, self.scale))


class ScaleLayer__unregistered(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = tf.Variable(tf.ones(size))
        self.shift = tf.Variable(tf.zeros(size))

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__no_super(keras.layers.Layer):
    def __init__(self, size):
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__zeros(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="zeros")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")

    def call(self, features):
        return features * self.scale


class ScaleLayer__one_number(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(1,), initializer="ones")
        self.shift = self.add_weight(shape=(1,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__shift_first(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return (features + self.shift) * self.scale


class ScaleLayer__frozen(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(
            shape=(size,),
            initializer="ones",
            trainable=False,
        )
        self.shift = self.add_weight(
            shape=(size,),
            initializer="zeros",
            trainable=False,
        )

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_vector__plain_shift(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = tf.Variable(tf.zeros(size))

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__swapped(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.shift + self.scale


class ScaleLayer__swapped__starts(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="zeros")
        self.shift = self.add_weight(shape=(size,), initializer="ones")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__unused(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features


class ScaleLayer__cut_off(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * tf.stop_gradient(self.scale) + tf.stop_gradient(self.shift)


class ScaleLayer__no_call(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def forward(self, features):
        return features * self.scale + self.shift


class ScaleLayer__no_way_back(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return tf.stop_gradient(features) * self.scale + self.shift


class ScaleLayer__half_frozen(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(
            shape=(size,),
            initializer="ones",
            trainable=False,
        )
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__no_module:
    def __init__(self, size):
        self.scale = tf.Variable(tf.ones(size))
        self.shift = tf.Variable(tf.zeros(size))

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__random_start(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,))
        self.shift = self.add_weight(shape=(size,))

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__another_shape(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(1, size), initializer="ones")
        self.shift = self.add_weight(shape=(1, size), initializer="zeros")

    def call(self, features):
        return features * self.scale + self.shift


class ScaleLayer__one_product(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return features * (self.scale + self.shift)


class ScaleLayer__inverse(keras.layers.Layer):
    def __init__(self, size):
        super().__init__()
        self.scale = self.add_weight(shape=(size,), initializer="ones")
        self.shift = self.add_weight(shape=(size,), initializer="zeros")

    def call(self, features):
        return (features - self.shift) / self.scale
