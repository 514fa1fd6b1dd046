"""What the errors mean that learners meet most: one sentence beside Python's own, and its first telling line.

An explanation says what the message means and where to look, never what the learner thought. Each pattern is found in
messages of the pinned versions and of Colab's; tests/test_errors.py raises every one of them.
"""

import re

# (pattern in the message, what it means). `\1` and so on stand for what the pattern's groups found.
BOTH = (
    (
        r"unsupported operand type\(s\) for .*'NoneType'",
        "one of the two values is None: a gradient that was not recorded, or a function without `return`?",
    ),
    (
        r"'NoneType' object has no attribute '(\w+)'",
        r"the value before `.\1` is None: a gradient that was not computed yet, or a function without `return`?",
    ),
    (
        r"only 0-dimensional arrays can be converted|only one element tensors can be converted|"
        r"a Tensor with \d+ elements cannot be converted to Scalar",
        "one number is needed here, but the tensor has several: reduce it first, with a sum or a mean, say.",
    ),
    (
        r"(?:truth value of an array|Boolean value of Tensor) with more than one",
        "`if`, `while`, `and`, and Python's own max and min need one True or False, but comparing arrays or tensors "
        "gives one for each entry.",
    ),
    (
        r"'?(?:\w+\.)*(?:Eager)?Tensor'? object is not callable",
        "a tensor is called like a function: are there parentheses behind its name, or is an operator missing?",
    ),
    (
        r"unsupported operand type\(s\) for .*'builtin_function_or_method'",
        "a method stands there without being called: are its parentheses missing?",
    ),
    (
        r"operands could not be broadcast together with shapes (\(.*?\)) (\(.*?\))",
        r"the shapes \1 and \2 do not broadcast: compared from the end, axes must be equal or 1.",
    ),
    (
        r"only integer tensors of a single element can be converted to an index",
        "a whole number is needed here, but Python met a tensor: in `list * tensor`, say, the list would be repeated.",
    ),
    (
        r"'list' object has no attribute '(\w+)'",
        r"this is a Python list, which has no .\1: take one of its entries, or make an array of it.",
    ),
    (
        r"name '(\w+)' is not defined",
        r"no cell that has run so far defines `\1`; is it spelled as where it was defined?",
    ),
    (
        r"cannot access local variable '(\w+)'|local variable '(\w+)' referenced before",
        r"`\1\2` is assigned in this function, so it is the function's own, and it is used before it has a value: is "
        "the line that gives it one skipped, or further down?",
    ),
    (
        r"'NoneType' object is not (?:iterable|subscriptable)|cannot unpack non-iterable NoneType",
        "the value that should have parts is None: a gradient that was not recorded, or a function without `return`?",
    ),
    (r"'method' object is not", "a method stands there without being called: are its parentheses missing?"),
    (
        r"'\w+' object does not support the context manager protocol",
        "what stands behind `with` cannot stand there: only a tape, torch.no_grad() and the like open a block.",
    ),
    (
        r"matmul: Input operand 1 has a mismatch in its core dimension",
        "in a matrix product the columns of the first must be as many as the rows of the second.",
    ),
    (
        r"'bool' object has no attribute '\w+'",
        "the comparison gave a single True or False, as it does between a tensor and what is no tensor (a tuple, say).",
    ),
    (r"argument 'learning_rate'", "PyTorch's optimizers say lr; learning_rate is Keras's word."),
    (r"not recognized: \{'lr'", "Keras's optimizers say learning_rate; lr is PyTorch's word."),
    (
        r"takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) w",
        r"the call passes \2 arguments, where at most \1 can stand (a method's `self` counts as one).",
    ),
    (r"missing \d+ required positional arguments?: (?!\"dim)(.+)", r"the call leaves out \1."),
    (
        r"ufunc 'bitwise_xor' not supported|\"bitwise_xor\w*\" not implemented|unsupported operand type\(s\) for \^|"
        r"attr 'T' of \w+ is not in the list of allowed values: int8, int16, int32, int64, uint8, uint16",
        "`^` is not a power in Python: write `**`.",
    ),
    (
        r"matmul: Input operand \d does not have enough dimensions|both arguments to matmul need to be at least 1D|"
        r"unsupported operand type\(s\) for @: (?:'(?:float|int)'|'\w+' and '(?:float|int)')",
        "`@` is the matrix product, which takes no single numbers: `*` multiplies by one.",
    ),
    (
        r"torch\.return_types\.(min|max|median|sort|topk|mode)\b",
        r"along an axis, \1 returns values AND places: take .values of it.",
    ),
    (
        r"can't multiply sequence by non-int|unsupported operand type\(s\) for .*'list'",
        "Python lists do not calculate entry by entry: go through them in a loop, or make arrays or tensors of them.",
    ),
    (
        r"'(list|tuple)' object has no attribute '(\w+)'",
        r"the value before `.\2` is a \1, which has no \2: take its entries, or make an array or a tensor of it.",
    ),
    (
        r"index (-?\d+) is out of bounds for (?:axis|dimension) (\d+) with size (\d+)",
        r"with \3 entries along axis \2, the places run from 0 to \3 - 1.",
    ),
    (r"(?:list|tuple) index out of range", "there are fewer entries than that; places start at 0."),
    (
        r"(?:list|tuple) indices must be integers|"
        r"tensors used as indices must be long|valid indices \(got float\)|attr 'T(?:indices|I)' of float",
        "a place, or a class number, must be an integer.",
    ),
    (r"len\(\) of (?:a 0-d tensor|unsized object)", "a single number has no length."),
    (r"too many values to unpack", "there are more values on the right of `=` than names on its left."),
    (r"not enough values to unpack", "there are fewer values on the right of `=` than names on its left."),
    (r"'(?:int|float)' object is not iterable", "a single number has no entries to go through."),
)
PYTORCH = (
    (r"got \([^)]*ddof=|argument 'ddof'", "`ddof` is NumPy's word: PyTorch says correction."),
    (
        r"mat1 and mat2 shapes cannot be multiplied \((\d+x\d+) and (\d+x\d+)\)",
        r"in a matrix product the columns of the first (\1) must be as many as the rows of the second (\2).",
    ),
    (
        r"size of tensor a \((\d+)\) must match the size of tensor b \((\d+)\) at non-singleton dimension (\d+)",
        r"the shapes do not broadcast: along axis \3 one has \1 entries, the other \2; only 1 would be repeated.",
    ),
    (
        r"Sizes of tensors must match except in dimension (\d+)",
        r"tensors that are joined along axis \1 must agree in all other axes.",
    ),
    (
        r"stack expects each tensor to be equal size",
        "tensors that are stacked must all have one shape.",
    ),
    (
        r"does not require grad and does not have a grad_fn",
        "nothing was recorded: no tensor with requires_grad=True led to this value, or recording was off, or detached.",
    ),
    (
        r"grad can be implicitly created only for scalar outputs",
        "backward() starts from one number: make one of the entries first, such as their sum.",
    ),
    (
        r"backward through the graph a second time",
        "the first backward() used up the recorded graph: compute the value anew before each backward().",
    ),
    (
        r"leaf Variable that requires grad is being used in an in-place operation",
        "a parameter is changed in place while its changes are recorded: put the update under torch.no_grad().",
    ),
    (
        r"Can't call numpy\(\) on Tensor that requires grad",
        "NumPy cannot record gradients: use detach() first, where no gradient has to pass.",
    ),
    (
        r"modified by an inplace operation",
        "a value that the backward pass still needs was changed in place (+=, or a method that ends in _).",
    ),
    (
        r"(?:input tensors|mat1 and mat2) must have the same dtype|expected m1 and m2 to have the same dtype|"
        r"expected scalar type",
        "the two tensors have different dtypes; NumPy's arrays of float64 are the usual source: convert one of them.",
    ),
    (r"0D or 1D target tensor expected", "cross_entropy takes class numbers of shape (n,), without a second axis."),
    (
        r"Target -?\d+ is out of bounds",
        "a class number is as large as the number of logits, or larger; they start at 0.",
    ),
    (
        r"expected target dtype to be Long|expected scalar type Long",
        "class numbers must be integers (torch.long).",
    ),
    (
        r"Expected floating point type for target with class probabilities",
        "labels with as many axes as the logits are taken for probabilities; class numbers have one axis less. Has one "
        "of the two lost or gained an axis?",
    ),
    (
        r"Target size \(torch.Size\((\[.*?\])\)\) must be the same as input size \(torch.Size\((\[.*?\])\)\)",
        r"this loss needs labels (\1) and logits (\2) of one shape.",
    ),
    (
        r"result type Float can't be cast to the desired output type Long",
        "a result with decimals is written into a tensor of integers: make the labels, or that tensor, float32.",
    ),
    (r"Only Tensors of floating point", "only numbers with decimals have a gradient: make the tensor float32."),
    (
        r"could not infer output dtype.*Got: (?:Long|Int|Bool)",
        "the mean of integers or booleans is not defined: convert with .float().",
    ),
    (r"optimizer got an empty parameter list", "the optimizer was given no parameter: has the module registered any?"),
    (
        r"cannot assign (?:module|parameters?) before Module.__init__\(\) call",
        "`super().__init__()` must come first in `__init__`.",
    ),
    (r'missing the required "forward" function', "the class has no method `forward`, or its name is misspelled."),
    (
        r"appears to not have been used in the graph",
        "the value does not depend on one of the tensors whose gradient is asked for.",
    ),
    (r"view size is not compatible", "view needs entries that lie side by side in memory: use reshape."),
    (
        r"shape '(\[.*?\])' is invalid for input of size (\d+)",
        r"the tensor has \2 entries, which do not fill the shape \1.",
    ),
    (
        r"Dimension out of range \(expected to be in range of \[.*?\], but got (-?\d+)\)",
        r"the tensor has no axis \1: it has fewer axes than you expect.",
    ),
    (
        r"must be Tensor, not numpy.ndarray",
        "this function takes tensors: turn the array into one with torch.from_numpy.",
    ),
    (
        r"must be Tensor, not .*EagerTensor",
        "this is a function of PyTorch, but the tensor is TensorFlow's: use TensorFlow's function.",
    ),
    (
        r"linalg.solve: The input tensor A must have at least 2 dimensions",
        "the first argument is the matrix of the system, the second its right-hand side: are they exchanged?",
    ),
    (
        r"'Sequential' object has no attribute '(weight|bias)'",
        r"a Sequential has no \1 of its own, but its layers have: network[0] (Keras: network.layers[0]) is the first.",
    ),
    (r"iteration over a 0-d tensor", "the tensor is a single number, so there are no entries to go through."),
    (r"module 'torch.nn' has no attribute 'Dense'", "Dense is Keras's name: PyTorch says nn.Linear."),
    (r"module 'torch' has no attribute 'GradientTape'", "tapes are TensorFlow's: PyTorch records by requires_grad."),
    (
        r"'Tensor' object has no attribute '(assign(?:_sub|_add)?)'",
        r"\1 is TensorFlow's: in PyTorch a parameter is changed in place, under torch.no_grad().",
    ),
    (
        r"indexing tensors could not be broadcast together with shapes (\[.*?\]), (\[.*?\])",
        r"the lists of indices have the shapes \1 and \2; there must be one index of each kind per entry.",
    ),
    (r"step must be greater than zero", "PyTorch has no negative steps in slices: use torch.flip."),
    (r"'Tensor' object has no attribute 'reduce_(\w+)'", r"reduce_\1 is TensorFlow's; a PyTorch tensor has .\1()."),
    (
        r"'Tensor' object has no attribute 'zero_grad'",
        "zero_grad belongs to modules and optimizers; a tensor has .grad.",
    ),
    (r"missing 1 required positional arguments?: \"dim\"", "say along which axis: dim=..."),
    (r"one_hot is only applicable to index tensor", "one_hot takes class numbers as integers (torch.long)."),
    (
        r"log_softmax_lastdim_kernel_impl\" not implemented for 'Long'",
        "a softmax needs numbers with decimals; cross_entropy takes the logits first, then the labels.",
    ),
    (
        r"Index tensor must have the same number of dimensions as input tensor",
        "gather takes indices with as many axes as the tensor has: a column, where one entry of each row is picked.",
    ),
    (r"assigned grad expected to be a Tensor or None", ".grad holds a tensor or None: None clears it."),
    (
        r"Class values must be smaller than num_classes",
        "a class number is as large as num_classes, or larger: the logits have one column for each class.",
    ),
    (
        r"Using a target size \(.*?(\[.*?\]).*that is different to the input size \(.*?(\[.*?\])",
        r"this loss needs labels (\1) and predictions (\2) of one shape.",
    ),
    (
        r"all elements of (?:input|target) should be between 0 and 1",
        "this loss takes probabilities; logits go to the one whose name ends in WithLogits or with_logits.",
    ),
    (
        r"expected Variable or None \(got (\w+)\)",
        r"a custom backward returns one tensor for each input; this returns \1.",
    ),
    (r"(?<!list) is not a Module subclass", "a layer is an object of its class: are the parentheses missing?"),
    (r"uninitialized parameter", "a lazy layer has no parameters before it has seen an input."),
    (r"not implemented for '(?:Long|Int)'", "this operation needs numbers with decimals: convert with .float()."),
    (
        r"module 'torch' has no attribute 'reduce_(\w+)'",
        r"the name reduce_\1 is TensorFlow's: PyTorch says torch.\1.",
    ),
    (
        r"module 'torch' has no attribute '(cast|constant|Variable)'",
        r"the name \1 is not PyTorch's: torch.tensor makes a tensor, and .to(...) or .float() converts it.",
    ),
    (
        r"transpose\(\) missing \d required positional arguments?",
        "transpose wants to be told the two axes; a table transposed is `.T`.",
    ),
    (r"'Tensor' object has no attribute '(?:astype|cast)'", "a PyTorch tensor is converted with .to(...) or .float()."),
    (
        r"(\w+)\(\): argument '\w+' \(position 1\) must be Tensor, not (\w+)",
        r"the function \1 takes tensors, not a \2: torch.tensor makes one.",
    ),
    (
        r"expected Tensor as element \d+ in argument 0, but got (\w+)",
        r"only tensors can be stacked or joined, and one entry is a \1: torch.tensor makes a tensor of plain numbers.",
    ),
    (r"invalid index of a 0-dim tensor", "the tensor is a single number, so it has no entry to pick."),
    (
        r"number of dimensions in the tensor input does not match the length of the desired ordering",
        "permute wants each axis of the tensor once.",
    ),
)
TENSORFLOW = (
    (
        r"index innermost dimension length must be <= params rank; saw: (\d+) vs. (\d+)",
        r"each row of the indices is one place, with a number for each axis: the rows have \1 numbers, for \2 axes.",
    ),
    (r"'DType' object is not callable", "a dtype converts nothing: tf.cast(x, tf.float32) does."),
    (r"attr 'Tindices' of bool", "tf.gather takes places; for True and False there is tf.boolean_mask."),
    (
        r"`labels.shape.rank` must equal `logits.shape.rank - 1`",
        "labels, the first argument, are class numbers and have one axis less than the logits: are the two exchanged?",
    ),
    (
        r"logits and labels must be broadcastable",
        "this loss takes a row of labels for each row of logits; class numbers go to the loss called sparse.",
    ),
    (
        r"has no attribute '_unique_id'",
        "an optimizer changes variables, and this is a tensor: make a tf.Variable of it.",
    ),
    (
        r"Expected dimension in the range \[-?\d+, -?\d+\), but got (-?\d+)",
        r"the tensor has no axis \1: it has fewer axes than you expect.",
    ),
    (r"Cannot convert '(\S+)' to a shape", r"a shape is a tuple: (\1,)."),
    (r"not tf.Tensor or tf.Variable", "a tape records TensorFlow's tensors only, and this is none."),
    (
        r"'_?\w*(?:Network|Model|Sequential|Functional)' object has no attribute '(eval|train)'",
        r".\1() is PyTorch's; here the call of the model says it, by its argument training.",
    ),
    (r"'_?\w*Network' object has no attribute 'predict'", "only a keras.Model has predict; any model can be called."),
    (
        r"Matrix size-incompatible: In\[0\]: (\[.*?\]), In\[1\]: (\[.*?\])",
        r"in a matrix product the columns of the first \1 must be as many as the rows of the second \2.",
    ),
    (
        r"Incompatible shapes: (\[.*?\]) vs. (\[.*?\])",
        r"the shapes \1 and \2 do not broadcast: compared from the end, axes must be equal or 1.",
    ),
    (
        r"was expected to be an? (\w+) tensor but is an? (\w+) tensor",
        r"one tensor holds \1, the other \2: TensorFlow converts nothing by itself; use tf.cast.",
    ),
    (
        r"Cannot convert (\S+) to EagerTensor of dtype (u?int\d+)",
        r"\1 does not fit into a tensor of \2: make the tensor float32 with tf.cast.",
    ),
    (
        r"object does not support item assignment",
        "a tensor cannot be changed: build a new one, or use a tf.Variable and assign.",
    ),
    (
        r"EagerTensor' object has no attribute 'assign(?:_sub|_add)?'",
        "only a tf.Variable can be assigned to; this is a tensor, which cannot change.",
    ),
    (
        r"EagerTensor'? object has no attribute '(mean|sum|max|min|std|prod|any|all)'",
        r"tensors have no method \1: use tf.reduce_\1 (tf.math.reduce_std for the standard deviation).",
    ),
    (r"EagerTensor'? object has no attribute 'T'", "TensorFlow's tensors have no .T: use tf.transpose."),
    (r"EagerTensor'? object has no attribute 'reshape'", "tensors have no method reshape: use tf.reshape."),
    (
        r"(?:EagerTensor|Variable)'? object has no attribute '(clone|detach|item|backward|requires_grad_?|grad)'",
        r".\1 is PyTorch's; TensorFlow has no such attribute.",
    ),
    (
        r"EagerTensor'? object has no attribute '(nbytes|itemsize|astype|copy|var)'",
        r".\1 is NumPy's: a tensor's .numpy() gives the array, which has it.",
    ),
    (
        r"In\[0\] and In\[1\] has different ndims: (\[.*?\]) vs. (\[.*?\])",
        r"a matrix product multiplies two tables, and the shapes are \1 and \2: has one of them an axis too few? "
        "A table times a row of numbers is tf.linalg.matvec.",
    ),
    (
        r"Only integers, slices .* are valid indices",
        "a tensor takes no list of places as its index: use tf.gather, which with batch_dims=1 picks one "
        "entry of each row.",
    ),
    (
        r"Shapes (\(.*?\)) and (\(.*?\)) are incompatible",
        r"two shapes that must agree are \1 and \2; a mask needs one entry for each that it selects from.",
    ),
    (
        r"module 'tensorflow' has no attribute 'a?(mean|sum|max|min|prod)'",
        r"the function is called tf.reduce_\1.",
    ),
    (
        r"Inputs must be an iterable of at least one Tensor",
        "the list that tf.add_n gets is empty, or something in it is no tensor, such as a gradient that is None.",
    ),
    (r"ConcatOp : Dimension (\d+) in both shapes must be equal", r"tensors that are joined must agree in axis \1."),
    (
        r"variable shape (\(.*?\)), and the assigned value shape (\(.*?\))",
        r"a variable keeps its shape \1; \2 does not fit.",
    ),
    (
        r"'SymbolicTensor' object has no attribute 'numpy'",
        "inside tf.function a tensor has no value yet, so there is no .numpy() either.",
    ),
    (
        r"tf.function only supports singleton tf.Variables created on the first call",
        "a tf.Variable is made inside a tf.function: make it once, outside.",
    ),
    (
        r"symbolic `tf.Tensor` (?:as a Python `bool` )?is not allowed",
        "inside tf.function a tensor has no value yet, which `if` or `for` would need here: use tf.cond or tf.range.",
    ),
    (
        r"Dimensions must be equal, but are (\d+) and (\d+)",
        r"two sizes that must be equal are \1 and \2.",
    ),
    (
        r"non-persistent GradientTape can only be used to compute one set of gradients",
        "a tape gives gradients once: open a new one for each step, and ask for all gradients in one call, in a list.",
    ),
    (
        r"No gradients provided for any variable",
        "every gradient is None: the loss does not depend on the variables, or the tape did not see how.",
    ),
    (
        r"must build the layer before accessing|unbuilt",
        "a layer has no weights before it has seen an input: build it first.",
    ),
    (
        r"expected axis -1 of input shape to have value (\d+), but received input with shape (\(.*?\))",
        r"the layer was built for \1 features, but its input has the shape \2.",
    ),
    (r"Data cardinality is ambiguous", "features and labels must have the same number of samples."),
    (r"must call `compile\(\)` before", "the model must be compiled before it can be trained or measured."),
    (
        r"Received a label value of (-?\d+)",
        r"the class number \1 does not fit: they run from 0 to one below the number of logits.",
    ),
    (
        r"must have the same rank \(ndim\). Received: target.shape=(\(.*?\)), output.shape=(\(.*?\))",
        r"this loss wants labels \1 of as many axes as the outputs \2; class numbers go to the loss called 'sparse'.",
    ),
    (
        r"must have rank \(ndim\) `target.ndim - 1`",
        "the sparse loss takes class numbers of shape (n,), and as its first argument.",
    ),
    (
        r"KerasTensor cannot be used|KerasTensor is symbolic",
        "keras.Input has no values: only layers and keras.ops take it.",
    ),
    (r"tensor with (\d+) values, but the requested shape has (\d+)", r"\1 entries do not fill a shape of \2."),
    (
        r"Invalid input shape for input",
        "the network was built for inputs of another shape: compare its Input with the features, and their order in "
        "the call.",
    ),
    (r"Expected `metrics` argument to be a list", "metrics go into a list, even a single one."),
    (
        r"Value for attr 'T' of bool is not in the list",
        "booleans have no mean or sum: turn them into numbers with tf.cast.",
    ),
    (r"module 'keras(?:\.api)?\.layers' has no attribute 'Linear'", "Linear is PyTorch's name: Keras says Dense."),
    (r"unexpected keyword argument 'dim'", "`dim` is PyTorch's word: TensorFlow says axis."),
    (r"unexpected keyword argument 'keepdim'", "`keepdim` is PyTorch's word: TensorFlow says keepdims."),
    (r"Value for attr 'Tlabels' of float", "class numbers must be integers: convert them with tf.cast(..., tf.int32)."),
    (
        r"`logits` and `labels` must have the same shape, received \((\(.*?\)) vs (\(.*?\))\)",
        r"this loss needs logits \1 and labels \2 of one shape.",
    ),
    (
        r"`variable [-+*/]= value` with `tf.Variable`s is not supported",
        "a variable is changed by assign, assign_sub or assign_add.",
    ),
    (
        r"got an unexpected keyword argument '(\w+)'",
        r"there is no argument called `\1` here; look up which ones there are.",
    ),
    (r"got multiple values for argument '(\w+)'", r"`\1` is given twice: by its place in the call, and by its name."),
    (
        r"In\[\d\](?: and In\[\d\])? ndims must be",
        "`@` wants two tables, but one of the two has a single axis, or is a number: `*` multiplies by entries, and "
        "`[:, None]` makes a column.",
    ),
    (
        r"'numpy\.\w+' object has no attribute '_id'",
        "the tape is asked about a NumPy value, which it did not record: .numpy() ends the record, so leave it out.",
    ),
    (
        r"module 'tensorflow' has no attribute '(tensor|from_numpy)'",
        r"the name \1 is PyTorch's: TensorFlow says tf.constant.",
    ),
    (
        r"module 'tensorflow' has no attribute 'arange'",
        "arange is NumPy's and PyTorch's name: TensorFlow says tf.range.",
    ),
    (
        r"module 'tensorflow' has no attribute '(std|log|var)'",
        "look in tf.math: it has log, reduce_std, reduce_variance.",
    ),
    (r"Attempting to slice scalar input", "the tensor is a single number, so it has no entry to pick."),
    (
        r"slice index (-?\d+) of dimension (\d+) out of bounds",
        r"there is no place \1 along axis \2; places start at 0.",
    ),
    (
        r"Invalid reduction dimension \(?(-?\d+) for input with (\d+) dimension",
        r"the tensor has no axis \1: it has \2, counted from 0.",
    ),
    (
        r"EagerTensor'? object has no attribute '"
        r"(view|unsqueeze|squeeze|size|float|to|permute|norm|argmax|argmin|argsort|flatten)'",
        r"tensors of TensorFlow have no .\1: there are functions for it, such as tf.reshape, tf.cast, tf.norm and "
        "tf.argmax.",
    ),
)
KNOWN = tuple((re.compile(pattern, re.DOTALL), means) for pattern, means in (*BOTH, *PYTORCH, *TENSORFLOW))


def message(error: BaseException) -> str:
    """The text of an error, which may be unable to make one; without terminal codes and TensorFlow's own names."""
    try:
        text = str(error)
    except BaseException:
        return ""
    return re.sub(r"\x1b\[[0-9;]*m|\{\{function_node .*?\}\} ", "", text).strip()


def first_line(error: BaseException) -> str:
    """The error's kind and the first line of its message that tells something, at most 160 characters of it."""
    text = message(error)
    for wrapper in (
        r"Exception encountered when calling .*?\n\n",
        r".*Error encountered:\n\n",
        r"in user code:.*\n\n? +\w+Error: ",
    ):
        text = re.sub(rf"\A{wrapper}", "", text, flags=re.DOTALL)
    if text.startswith("Graph execution error"):
        inner = re.findall(r"^(?!\s|Detected|File|Stack|\[\[)(.+)", text.partition("\n")[2], flags=re.MULTILINE)
        text = inner[0] if inner else text
    text = re.sub(r"\s*(?:\[Op:\w+\])?(?: name: ?\S*)?\Z", "", text.partition("\n")[0])[:160]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def explanation(error: BaseException) -> str:
    """One sentence on what a well-known error means, or ""."""
    if isinstance(error, StopIteration):
        return "no entry meets the condition, so next() found nothing."
    text = message(error)
    for pattern, means in KNOWN:
        found = pattern.search(text)
        if found:
            return found.expand(means)
    return ""
