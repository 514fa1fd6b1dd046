"""Answers to `class_recalls` in TensorFlow: solution, other right answers, typical mistakes."""

import tensorflow as tf


def class_recalls(logits, labels):
    import tensorflow as tf

    answers = tf.argmax(logits, axis=1)
    right = tf.cast(answers == tf.cast(labels, tf.int64), tf.float32)
    classes = range(logits.shape[1])
    own = [tf.boolean_mask(right, labels == label) for label in classes]
    return tf.stack([tf.reduce_mean(part) for part in own])


def class_recalls__ok_one_hot(logits, labels):
    wanted = tf.one_hot(labels, logits.shape[1])
    answers = tf.one_hot(tf.argmax(logits, axis=1), logits.shape[1])
    return tf.reduce_sum(wanted * answers, axis=0) / tf.reduce_sum(wanted, axis=0)


def _both(logits, labels):
    """Labels and answers as rows of zeros and ones."""
    classes = logits.shape[1]
    return tf.one_hot(labels, classes), tf.one_hot(tf.argmax(logits, axis=1), classes)


def class_recalls__precision(logits, labels):
    wanted, answers = _both(logits, labels)
    return tf.reduce_sum(wanted * answers, axis=0) / tf.reduce_sum(answers, axis=0)


def class_recalls__of_all(logits, labels):
    wanted, answers = _both(logits, labels)
    return tf.reduce_mean(wanted * answers, axis=0)


def class_recalls__accuracy(logits, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1) == labels, tf.float32))


def class_recalls__accuracy__for_each(logits, labels):
    return tf.fill([logits.shape[1]], class_recalls__accuracy(logits, labels))


def class_recalls__counts(logits, labels):
    wanted, answers = _both(logits, labels)
    return tf.reduce_sum(wanted * answers, axis=0)


def class_recalls__errors(logits, labels):
    return 1 - class_recalls(logits, labels)


def class_recalls__columns(logits, labels):
    classes = logits.shape[1]
    right = tf.cast(tf.argmax(logits, axis=0) == labels[:classes], tf.float32)
    return tf.stack([tf.reduce_mean(tf.boolean_mask(right, labels[:classes] == label)) for label in range(classes)])


def class_recalls__probabilities(logits, labels):
    shares = tf.nn.softmax(logits)
    own = [tf.boolean_mask(shares[:, label], labels == label) for label in range(logits.shape[1])]
    return tf.stack([tf.reduce_mean(values) for values in own])
