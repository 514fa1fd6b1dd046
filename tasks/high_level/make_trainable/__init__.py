"""The task `make_trainable`: what is tried, the hints, and a sentence for each typical mistake."""

from tasks.high_level.common import _batch, _fill
from utils.catalogue import Task


def observe_make_trainable(answer, seed):
    import keras

    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4)])
    _fill(network, answer, seed)
    network = answer(network)
    network.run_eagerly = True  # three steps are not worth compiling
    features, labels = _batch(seed)
    features = answer.tensor(features)
    yield "the logits that the returned network gives for 6 samples", network(features)
    loss = network.compute_loss(x=features, y=answer.tensor(labels), y_pred=network(features))
    yield "the loss of 6 samples", loss
    results = network.train_on_batch(features, labels, return_dict=True)
    yield "the loss of a batch of 6", results.pop("loss")
    yield "the metrics of a batch of 6", list(results.values())
    yield "the kind of the optimizer", type(network.optimizer).__name__
    yield "the learning rate of the optimizer", float(network.optimizer.learning_rate)
    for _ in range(2):
        network.train_on_batch(features, labels)
    yield "the weights after 3 steps", network.weights[0]


TASK = Task(
    "make_trainable",
    only="tensorflow",
    observe=observe_make_trainable,
    hints=(
        "Call network.compile with the three named arguments optimizer, loss and metrics, then return the network.",
        "The labels are class numbers and the outputs logits: "
        "keras.losses.SparseCategoricalCrossentropy(from_logits=True).",
    ),
    mistakes={
        "probabilities": "the loss takes the outputs for probabilities; they are logits: from_logits=True.",
        "one_hot": "this loss expects a row of zeros and ones for each label; class numbers need the sparse one.",
        "squared_error": "the loss is a squared error; for classes take the cross-entropy.",
        "no_optimizer": "the optimizer is RMSprop, as Keras takes it where none is given; Adam is asked for.",
        "other_metric": 'the metric cannot compare class numbers with rows of logits; write metrics=["accuracy"].',
        "label_metric": 'this metric does not look for the largest logit of each sample; write metrics=["accuracy"].',
        "softmax_added": "the returned network gives probabilities: leave its layers alone, for the loss takes logits.",
        "positional": "the third argument in order is loss_weights, not metrics; write metrics=[...].",
        "no_metrics": 'no metric is asked for: add metrics=["accuracy"].',
        "not_returned": "compile returns nothing; return the network itself.",
        "default_rate": "Adam runs with its default learning rate, 0.001; use keras.optimizers.Adam(0.01).",
        "sgd": "the optimizer is plain SGD; Adam is asked for.",
    },
)
