"""Errors that learners meet: raised for real, each gets its own explanation, and a line that tells something."""

import textwrap

import numpy as np
import pytest

from utils.errors import KNOWN, explanation, first_line

PYTORCH = {
    "columns of the first (2x3) must be as many as the rows of the second (2x3)": "torch.ones(2, 3) @ torch.ones(2, 3)",
    "along axis 1 one has 3 entries, the other 2": "torch.ones(2, 3) + torch.ones(2)",
    "joined along axis 0": "torch.cat([torch.ones(2, 3), torch.ones(2, 2)])",
    "stacked must all have one shape": "torch.stack([torch.ones(2), torch.ones(3)])",
    "PyTorch says correction": "torch.ones(2, 3).std(axis=0, ddof=0)",
    "nothing was recorded": "torch.ones(3).sum().backward()",
    "backward() starts from one number": "(torch.ones(3, requires_grad=True) * 2).backward()",
    "used up the recorded graph": "y = (torch.ones(3, requires_grad=True) ** 2).sum()\ny.backward()\ny.backward()",
    "put the update under torch.no_grad()": "x = torch.ones(3, requires_grad=True)\nx -= 1",
    "use detach() first": "torch.ones(3, requires_grad=True).numpy()",
    "was changed in place": "y = torch.exp(torch.ones(3, requires_grad=True))\ny += 1\ny.sum().backward()",
    "different dtypes": "torch.ones(2, 3) @ torch.ones(3, 2, dtype=torch.float64)",
    "without a second axis": "functional.cross_entropy(torch.ones(2, 3), torch.ones(2, 1, dtype=torch.long))",
    "they start at 0": "functional.cross_entropy(torch.ones(2, 3), torch.tensor([0, 5]))",
    "class numbers must be integers": "functional.cross_entropy(torch.ones(2, 3), torch.tensor([0.0, 1.0]))",
    "are taken for probabilities": "functional.cross_entropy(torch.ones(2, 3), torch.ones(2, 3, dtype=torch.long))",
    "labels ([4]) and logits ([4, 1]) of one shape": "functional.binary_cross_entropy_with_logits("
    "torch.ones(4, 1), torch.ones(4))",
    "written into a tensor of integers": "x = torch.ones(3, dtype=torch.long)\nx += 0.5",
    "only numbers with decimals have a gradient": "torch.ones(3, dtype=torch.long, requires_grad=True)",
    "mean of integers": "torch.arange(3).mean()",
    "one number is needed": "torch.ones(3).item()",
    "one True or False": "bool(torch.ones(3) > 0)",
    "value before `.zero_` is None": "torch.ones(3, requires_grad=True).grad.zero_()",
    "given no parameter": "torch.optim.SGD(nn.ReLU().parameters(), lr=0.1)",
    "must come first": "class M(nn.Module):\n    def __init__(self):\n        self.a = nn.Linear(1, 1)\nM()",
    "no method `forward`": "class M(nn.Module):\n    pass\nM()(torch.ones(1))",
    "does not depend on one of": "a, b = torch.ones(2, requires_grad=True), torch.ones(1, requires_grad=True)\n"
    "torch.autograd.grad(a.sum(), [b])",
    "use reshape": "torch.ones(2, 3).T.view(6)",
    "6 entries, which do not fill the shape [4, 2]": "torch.ones(2, 3).reshape(4, 2)",
    "has no axis 1": "torch.ones(3).sum(dim=1)",
    "takes tensors": "torch.exp(np.ones(3))",
    "are its parentheses missing": "2 * torch.ones(3).numel",
    "the shapes (3,) and (2,) do not broadcast": "np.ones(3) + np.ones(2)",
    "no entries to go through": "list(torch.tensor(1.0))",
    "PyTorch says nn.Linear": "nn.Dense(3)",
    "PyTorch records by requires_grad": "torch.GradientTape()",
    "assign_sub is TensorFlow's": "torch.ones(3).assign_sub(1)",
    "one index of each kind per entry": "torch.ones(6, 4)[[0, 1], torch.zeros(6, dtype=torch.long)]",
    "torch.flip": "torch.ones(3)[::-1]",
    "PyTorch tensor has .sum()": "torch.ones(3).reduce_sum()",
    "a tensor has .grad": "torch.ones(3).zero_grad()",
    "say along which axis": "torch.softmax(torch.ones(2, 3))",
    "one_hot takes class numbers": "functional.one_hot(torch.tensor([0.0, 1.0]))",
    "needs numbers with decimals": "torch.log_softmax(torch.ones(2, 3, dtype=torch.long), dim=1)",
    "called like a function": "torch.ones(3)(2)",
    "one of the two values is None": "0.1 * torch.ones(3, requires_grad=True).grad",
    "cross_entropy takes the logits first": "functional.cross_entropy(torch.tensor([0, 1]), torch.ones(2, 3))",
    "a column, where one entry": "torch.ones(2, 3).gather(1, torch.tensor([0, 1]))",
    "None clears it": "torch.ones(3, requires_grad=True).grad = 0",
    "as large as num_classes": "functional.one_hot(torch.tensor([0, 3]), num_classes=3)",
    "labels ([4]) and predictions ([4, 3])": "functional.binary_cross_entropy(torch.ones(4, 3), torch.ones(4))",
    "this loss takes probabilities": "functional.binary_cross_entropy(2 * torch.ones(3), torch.ones(3))",
    "this returns int": "class F(torch.autograd.Function):\n    @staticmethod\n    def forward(c, x):\n"
    "        return x * 2\n    @staticmethod\n    def backward(c, up):\n        return 1\n"
    "F.apply(torch.ones(3, requires_grad=True)).sum().backward()",
    "are the parentheses missing?": "nn.Sequential(nn.Linear(2, 3), nn.Tanh)",
    "before it has seen an input": "nn.LazyLinear(3).weight.shape",
    "along an axis, max returns values": "torch.ones(2, 3) / torch.ones(2, 3).max(dim=0)",
    "say lr": "torch.optim.SGD([torch.ones(3)], learning_rate=0.1)",
    "cannot stand there": "with torch.ones(3):\n    pass",
    "a single True or False": "(torch.ones(2, 3).max(dim=1) == torch.ones(2)).float()",
    "without being called": "list(nn.ReLU().parameters)",
    "the call leaves out 'out_features'": "nn.Linear(16)",
    "`loss` is assigned in this function": "def f():\n    loss += 1\nf()",
    "should have parts is None": "a, b = None",
    "rows of the second.": "np.ones((2, 3)) @ np.ones(2)",
    "defines `weihgts`": "weihgts + 1",
    "skipped, or further down": "def f(x):\n    if x > 1:\n        y = 1\n    return y\nf(0)",
    "the list would be repeated": "[1, 2] * torch.ones(2)",
    "a Python list, which has no .reshape": "[torch.ones(4)].reshape(2, 2)",
    "take .values": "torch.ones(3) - torch.min(torch.ones(2, 3), dim=0)",
    "the matrix of the system": "torch.linalg.solve(torch.ones(2), torch.eye(2))",
    "has no weight of its own": "nn.Sequential(nn.Linear(2, 1)).weight",
    "not a power in Python": "torch.ones(2) ^ 2",
    "takes no single numbers": "0.1 @ torch.ones(2)",
    "max returns values AND places": "torch.ones(2, 3) - torch.ones(2, 3).max(dim=0)",
    "lists do not calculate entry by entry": "[1.0, 2.0] * [3, 4]",
    "is a tuple, which has no mean": "(1.0,).mean()",
    "from 0 to 3 - 1": "torch.ones(3)[3]",
    "fewer entries than that": "[1, 2][2]",
    "must be an integer": "torch.ones(3)[torch.tensor([0.0])]",
    "a single number has no length": "len(torch.tensor(1.0))",
    "more values on the right": "a, b = torch.ones(3)",
    "fewer values on the right": "a, b = torch.ones(1)",
    "a single number has no entries": "sum(3)",
    "PyTorch says torch.mean": "torch.reduce_mean(torch.ones(3))",
    "the name constant is not PyTorch's": "torch.constant(1.0)",
    "a table transposed is `.T`": "torch.transpose(torch.ones(2, 3))",
    "converted with .to(...)": "torch.ones(2).astype(float)",
    "sqrt takes tensors, not a float": "torch.sqrt(2.0)",
    "one entry is a float": "torch.stack([1.0, 2.0])",
    "so it has no entry to pick": "torch.tensor(1.0)[0]",
    "each axis of the tensor once": "torch.ones(2, 3).permute(1, 0, 2)",
}
TENSORFLOW = {
    "the rows have 3 numbers, for 2 axes": "tf.gather_nd(tf.ones((3, 2)), [[0, 1, 2], [1, 0, 1]])",
    "a dtype converts nothing": "tf.float32(tf.ones(2))",
    "there is tf.boolean_mask": "tf.gather(tf.ones(2), tf.constant([True, False]))",
    "have no .argmax": "tf.ones([2, 3]).argmax(axis=1)",
    "columns of the first [2,3] must be as many": "tf.ones([2, 3]) @ tf.ones([2, 3])",
    "do not broadcast": "tf.ones([2, 3]) + tf.ones([2])",
    "use tf.cast": "tf.ones([3]) * tf.ones([3], tf.float64)",
    "does not fit into a tensor of int32": "tf.constant([1, 2]) * 0.5",
    "a tensor cannot be changed": "tf.ones(3)[0] = 1",
    "only a tf.Variable can be assigned to": "tf.ones(3).assign_sub(1.0)",
    "a gradient that is None": "tf.add_n([None])",
    "the function is called tf.reduce_min": "tf.amin(tf.ones(3), axis=0)",
    "use tf.reduce_mean": "tf.ones(3).mean()",
    "use tf.transpose": "tf.ones([2, 3]).T",
    "use tf.reshape": "tf.ones([2, 3]).reshape(6)",
    ".clone is PyTorch's": "tf.ones(3).clone()",
    "the function is called tf.reduce_sum": "tf.sum(tf.ones(3))",
    "joined must agree in axis 1": "tf.concat([tf.ones([2, 3]), tf.ones([2, 2])], 0)",
    "keeps its shape (3,)": "tf.Variable(tf.ones(3)).assign(tf.ones(2))",
    "no .numpy() either": "tf.function(lambda x: x.numpy())(tf.ones(3))",
    "make it once, outside": "f = tf.function(lambda x: tf.Variable(1.0) * x)\nf(tf.ones(3))",
    "use tf.cond or tf.range": "tf.function(lambda x: x if x > 0 else -x, autograph=False)(tf.constant(1.0))",
    "two sizes that must be equal are 3 and 2": "tf.function(lambda x: x @ tf.ones([2, 2]))(tf.ones([3, 3]))",
    "open a new one for each step": "x = tf.Variable(1.0)\nwith tf.GradientTape() as t:\n    y = x * x\n"
    "t.gradient(y, x)\nt.gradient(y, x)",
    "every gradient is None": "keras.optimizers.SGD(0.1).apply_gradients([(None, tf.Variable(1.0))])",
    "one of the two values is None": "with tf.GradientTape() as t:\n    y = tf.constant(1.0)\n"
    "0.1 * t.gradient(y, tf.Variable(1.0))",
    "before it has seen an input": "keras.layers.Dense(3).kernel",
    "built for 3 features": "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])(tf.ones([4, 5]))",
    "same number of samples": "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    "m.compile(loss='mse')\nm.fit(np.ones((4, 3)), np.ones((5, 2)), verbose=0)",
    "must be compiled": "keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)]).fit(np.eye(3), np.eye(3))",
    "the class number 5 does not fit": "m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])\n"
    "m.compile(loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))\n"
    "m.fit(np.ones((4, 3)), np.array([0, 1, 1, 5]), verbose=0)",
    "the loss called": "keras.losses.CategoricalCrossentropy()(tf.constant([0, 1]), tf.ones([2, 3]))",
    "takes class numbers of shape (n,)": "keras.losses.SparseCategoricalCrossentropy()(tf.eye(2), tf.eye(2))",
    "has no values": "tf.exp(keras.Input((3,)))",
    "6 entries do not fill a shape of 8": "tf.reshape(tf.ones([2, 3]), [4, 2])",
    "TensorFlow says axis": "tf.nn.softmax(tf.ones([2, 3]), dim=1)",
    "class numbers must be integers": "tf.nn.sparse_softmax_cross_entropy_with_logits("
    "labels=tf.ones([2]), logits=tf.ones([2, 3]))",
    "logits (4, 1) and labels (4,) of one shape": "tf.nn.sigmoid_cross_entropy_with_logits("
    "labels=tf.ones([4]), logits=tf.ones([4, 1]))",
    "one number is needed": "float(tf.ones(3))",
    "one True or False": "bool(tf.ones(3) > 0)",
    "compare its Input with the features": "keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])(tf.ones(3))",
    "even a single one": "keras.Sequential([keras.layers.Dense(1)]).compile('sgd', 'mse', metrics='accuracy')",
    "booleans have no mean or sum": "tf.reduce_mean(tf.constant([True, False]))",
    "Keras says Dense": "keras.layers.Linear(3)",
    "changed by assign": "v = tf.Variable(1.0)\nv -= 1",
    "are the two exchanged": "tf.nn.sparse_softmax_cross_entropy_with_logits(tf.ones([4, 3]), tf.ones([4], tf.int32))",
    "go to the loss called sparse": "tf.nn.softmax_cross_entropy_with_logits(tf.ones(4), tf.ones([4, 3]))",
    "make a tf.Variable of it": "keras.optimizers.SGD(0.1).apply_gradients([(tf.ones(3), tf.ones(3))])",
    "picks one entry of each row": "tf.ones([2, 3])[tf.range(2), tf.range(2)]",
    "has no axis 1": "tf.argmax(tf.ones(3), axis=1)",
    "has one of them an axis too few": "tf.matmul(tf.ones([2, 3]), tf.ones(3))",
    "a shape is a tuple: (3,)": "keras.Input(3)",
    "records TensorFlow's tensors only": "with tf.GradientTape() as t:\n    t.watch(np.ones(3))",
    ".eval() is PyTorch's": "keras.Sequential([keras.layers.Dense(3)]).eval()",
    "only a keras.Model has predict": "class Network(tf.Module):\n    pass\nNetwork().predict(1)",
    "say learning_rate": "keras.optimizers.SGD(lr=0.1)",
    "at most 2 can stand": "keras.optimizers.SGD(0.1).apply_gradients([tf.ones(3)], [tf.Variable(1.0)])",
    "no argument called `losses`": "keras.Sequential([keras.layers.Dense(3)]).compile(losses='mse')",
    "`activation` is given twice": "keras.layers.Dense(4, 16, activation='tanh')",
    "use TensorFlow's function": "import torch\ntorch.nn.Tanh()(tf.ones(3))",
    ".nbytes is NumPy's": "tf.ones(3).nbytes",
    ".grad is PyTorch's": "tf.Variable(1.0).grad",
    "is tf.linalg.matvec": "tf.ones([2, 3]) @ tf.ones(3)",
    "use tf.gather": "tf.ones(3)[np.array([0, 2])]",
    "a mask needs one entry": "tf.ones(3)[tf.ones(4) > 0]",
    "TensorFlow says keepdims": "tf.reduce_sum(tf.ones(3), keepdim=True)",
    "not a power in Python": "tf.ones(2) ^ 2",
    "`@` wants two tables": "tf.ones(2) @ tf.ones(2)",
    "which it did not record": "x = tf.Variable(1.0)\nwith tf.GradientTape() as t:\n    y = (x * x).numpy()\n"
    "t.gradient(y, x)",
    "TensorFlow says tf.constant": "tf.tensor([1.0])",
    "TensorFlow says tf.range": "tf.arange(3)",
    "look in tf.math": "tf.log(tf.ones(2))",
    "so it has no entry to pick": "tf.constant(1.0)[0]",
    "there is no place 5 along axis 0": "tf.ones([2, 3])[5]",
    "has no axis 3: it has 1": "tf.reduce_sum(tf.ones(2), axis=3)",
    "have no .view": "tf.ones([2, 2]).view(4)",
    "must be an integer": "tf.one_hot(tf.constant([0.0, 1.0]), 2)",
}


def raised(code, names):
    with pytest.raises(Exception) as caught:
        exec(textwrap.dedent(code), names)
    return caught.value


@pytest.mark.parametrize("words", PYTORCH)
def test_an_error_in_pytorch_is_explained(words):
    torch = pytest.importorskip("torch")
    names = {"torch": torch, "nn": torch.nn, "functional": torch.nn.functional, "np": np}
    assert words in explanation(raised(PYTORCH[words], names))


@pytest.mark.parametrize("words", TENSORFLOW)
def test_an_error_in_tensorflow_is_explained(words):
    tf, keras = pytest.importorskip("tensorflow"), pytest.importorskip("keras")
    error = raised(TENSORFLOW[words], {"tf": tf, "keras": keras, "np": np})
    assert words in explanation(error)
    assert not first_line(error).endswith((":", "calling Sequential.call()."))
    assert "function_node" not in first_line(error) and "[Op:" not in first_line(error)


def test_every_pattern_is_raised_somewhere():
    torch, tf = pytest.importorskip("torch"), pytest.importorskip("tensorflow")
    import keras

    names = {"torch": torch, "nn": torch.nn, "functional": torch.nn.functional, "np": np, "tf": tf, "keras": keras}
    both = "torch.amin(tf.ones(3), dim=0)"
    errors = [raised(code, dict(names)) for code in (*PYTORCH.values(), *TENSORFLOW.values(), both)]
    told = {explanation(error) for error in errors}
    unused = [means for pattern, means in KNOWN if not any(pattern.search(str(error)) for error in errors)]
    assert unused == []
    assert "" not in told


def test_a_function_of_pytorch_with_a_tensor_of_tensorflow_is_explained():
    torch, tf = pytest.importorskip("torch"), pytest.importorskip("tensorflow")
    error = raised("torch.amin(tf.ones(3), dim=0)", {"torch": torch, "tf": tf})
    assert "the tensor is TensorFlow's" in explanation(error)


def test_an_empty_search_is_explained():
    assert "next() found nothing" in explanation(raised("next(n for n in [1, 2] if n > 2)", {}))


def test_an_unknown_error_has_no_explanation():
    assert explanation(ValueError("seven is not a prime number today")) == ""
    assert first_line(ValueError()) == "ValueError"


def test_an_error_without_a_text_does_no_harm():
    class Silent(Exception):
        def __str__(self):
            raise RuntimeError

    assert explanation(Silent()) == "" and first_line(Silent()) == "Silent"
