"""The task `TrainableNetwork`: what is tried, the hints, and a sentence for each typical mistake."""

import inspect

from tasks.high_level.common import _batch, _fill
from utils.catalogue import Task


def observe_trainable_network(answer, seed):
    from torch import nn

    network = nn.Sequential(nn.Linear(3, 4))
    _fill(network, answer, seed)
    module, logged = answer(network), {}
    module.log = lambda name, value, *_, **__: logged.update({name: value})
    module.log_dict = lambda values, *_, **__: logged.update(values)
    features, labels = _batch(seed)
    batch = answer.tensor(features), answer.tensor(labels)
    yield "the loss of a batch of 6", _training_step(module, batch)
    yield "the names that are logged", ", ".join(map(str, logged))
    yield "the number that is logged", next(iter(logged.values()))
    inherited = "configure_optimizers" not in {name for kind in type(module).__mro__[:-1] for name in _own(kind)}
    yield "whether the class has its own configure_optimizers", not inherited
    optimizer = module.configure_optimizers()
    if isinstance(optimizer, list | tuple):
        optimizer = optimizer[0]
    if isinstance(optimizer, dict):
        optimizer = optimizer["optimizer"]
    yield "the kind of the optimizer", type(optimizer).__name__
    yield "the learning rate of the optimizer", float(optimizer.param_groups[0]["lr"])
    yield "the weight decay of the optimizer", float(optimizer.param_groups[0].get("weight_decay", 0))
    for _ in range(3):
        optimizer.zero_grad()
        _training_step(module, batch).backward()
        optimizer.step()
    yield "the weights after 3 steps", network[0].weight


def _own(kind):
    """The names that a class defines itself, none for a class of Lightning or PyTorch."""
    return () if kind.__module__.startswith(("pytorch_lightning", "lightning", "torch")) else vars(kind)


def _training_step(module, batch):
    """The loss, as Lightning's Trainer gets it: batch_idx may be left out, and a dict may hold the loss."""
    try:
        inspect.signature(module.training_step).bind(batch, 0)
    except TypeError:
        result = module.training_step(batch)
    else:
        result = module.training_step(batch, 0)
    return result.get("loss") if isinstance(result, dict) else result


TASK = Task(
    "TrainableNetwork",
    only="pytorch",
    observe=observe_trainable_network,
    hints=(
        "A batch is a pair, features and labels. self.network(features) gives the logits, which the loss takes.",
        "nn.functional.cross_entropy(logits, labels) is the loss; torch.optim.Adam(self.parameters(), lr=...) the "
        "optimizer.",
    ),
    mistakes={
        "softmax": "softmax is applied twice: cross_entropy does it itself, so give it the logits.",
        "not_returned": "training_step returns nothing, so the Trainer has no loss to lower; return the loss.",
        "item": "training_step returns a plain number, which has no gradient; return the loss tensor itself.",
        "steps_itself": "training_step calls backward itself; the Trainer does that, so return the loss only.",
        "not_logged": 'the loss is not logged: add self.log("training_loss", loss).',
        "other_name": 'the loss is logged under another name; it should be "training_loss".',
        "swapped": "cross_entropy takes the logits first, then the labels.",
        "no_forward": "this class has no forward, so self(features) cannot work: call self.network(features).",
        "loss_class": "nn.CrossEntropyLoss is a class: make an object of it first, or call "
        "nn.functional.cross_entropy.",
        "total": "this is the sum of the losses of a batch; leave out reduction to get their mean.",
        "nll": "nll_loss expects logarithms of probabilities; cross_entropy takes the logits.",
        "detached": "the loss that is returned has no gradient any more; return it without detach.",
        "no_configure": "the class has no method configure_optimizers; is its name spelled like that, with an s?",
        "no_optimizer": "configure_optimizers returns nothing; return the optimizer.",
        "adamw": "AdamW also makes the weights smaller in each step; Adam is asked for.",
        "weight_decay": "the optimizer has a weight decay, which was not asked for.",
        "other_network": "the optimizer does not change the weights of this network; give it self.parameters().",
        "squared_error": "this is a squared error on the probabilities; for classes take the cross-entropy.",
        "default_rate": "Adam runs with its default learning rate, 0.001; pass lr=0.01.",
        "sgd": "the optimizer is plain SGD; Adam is asked for.",
    },
)
