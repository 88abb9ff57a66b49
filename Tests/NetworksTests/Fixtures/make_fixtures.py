#!/usr/bin/env python3
"""Writes the golden values of activations, losses, initializers, penalties, layers and whole fits with Keras 3 on
TensorFlow, on the processor.

Single operations are taken in float64, so that what is left of a difference is the core's own rounding; the rows whose
probabilities Keras clips, and whole fits, are taken in float32, as Keras runs.

Run it with a Python that has both: python make_fixtures.py
Names behind it make those files alone: activations, losses, distillation, initializers, regularizers, layers, fits.
"""
import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np
import tensorflow as tf

HERE = pathlib.Path(__file__).resolve().parent
DENSE_VARIABLES = ["kernel", "bias"]
NORMALIZATION_VARIABLES = ["gamma", "beta", "moving_mean", "moving_variance"]


def floats(array):
    """The shortest decimals that give the same float32."""
    return [float(np.format_float_scientific(v, unique=True)) for v in np.asarray(array, np.float32).reshape(-1)]


def numbers(array):
    """As `floats`; float64 values with ten digits."""
    array = np.asarray(array)
    return [float(f"{v:.10g}") for v in array.reshape(-1)] if array.dtype == np.float64 else floats(array)


def write(name, value):
    value = {"keras": keras.__version__, "tensorflow": tf.__version__, **value}
    (HERE / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


# Words of the spec language, and the functions that they name.
ACTIVATIONS = {name: keras.activations.get(name) for name in [
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "celu", "gelu", "silu", "hard_silu", "sigmoid",
    "hard_sigmoid", "log_sigmoid", "tanh", "hard_tanh", "tanh_shrink", "soft_shrink", "hard_shrink", "softplus",
    "softsign", "squareplus", "mish", "exponential", "sparse_sigmoid", "sparse_plus"]} | {
    "gelu_tanh": lambda x: keras.activations.gelu(x, approximate=True),
    "relu:0.1": lambda x: keras.activations.relu(x, negative_slope=0.1),
    "relu:0:2.5": lambda x: keras.activations.relu(x, max_value=2.5),
    "relu:0.25:4:1.5": lambda x: keras.activations.relu(x, negative_slope=0.25, max_value=4, threshold=1.5),
    "relu:0:none:0.7": lambda x: keras.activations.relu(x, threshold=0.7),
    "leaky_relu:0.03": lambda x: keras.activations.leaky_relu(x, negative_slope=0.03),
    "elu:0.4": lambda x: keras.activations.elu(x, alpha=0.4),
    "celu:2.5": lambda x: keras.activations.celu(x, alpha=2.5),
    "soft_shrink:0.2": lambda x: keras.activations.soft_shrink(x, threshold=0.2),
    "hard_shrink:1.2": lambda x: keras.activations.hard_shrink(x, threshold=1.2),
    "squareplus:0.5": lambda x: keras.activations.squareplus(x, b=0.5),
    "threshold:0.5:2": lambda x: keras.activations.threshold(x, 0.5, 2),
    "threshold:1.5:0.25": lambda x: keras.activations.threshold(x, 1.5, 0.25),
}


def sparsemax(x):
    """Keras's own takes a wrong cut where more than one unit is above it: it adds up the sums of the first values, not
    the values, so that most rows become 0."""
    ordered = -keras.ops.sort(-x, axis=-1)
    ranks = np.arange(1, x.shape[-1] + 1, dtype=np.float64)
    counts = keras.ops.cast(1 + ranks * ordered > keras.ops.cumsum(ordered, axis=-1), "float64")
    cut = keras.ops.sum(ordered * counts, axis=-1, keepdims=True) - 1
    return keras.ops.maximum(x - cut / keras.ops.sum(counts, axis=-1, keepdims=True), 0.0)


# Over the units of a row.
ROW_ACTIVATIONS = {"softmax": keras.activations.softmax, "log_softmax": keras.activations.log_softmax,
                   "sparsemax": sparsemax}


def value_and_slope(function, x, upstream=None):
    v = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = function(v)
    return y, tape.gradient(y, v, output_gradients=upstream)


def activations():
    # No value lies on a kink of any of them.
    x = np.concatenate([np.linspace(-6.05, 5.95, 41), [-30, -12, 1e-2, -1e-2, 1e-4, -1e-4, 12, 30]])
    x = x.astype("float32").astype("float64")
    cases = {}
    for word, function in ACTIVATIONS.items():
        y, slope = value_and_slope(function, x)
        cases[word] = {"y": numbers(y), "slope": numbers(slope)}
    rng = np.random.default_rng(3)
    z = rng.normal(0, 1, (5, 12)).astype("float32").astype("float64")
    upstream = rng.normal(0, 1, z.shape).astype("float32").astype("float64")
    rows = {}
    for word, function in ROW_ACTIVATIONS.items():
        y, d = value_and_slope(function, z, tf.constant(upstream))
        rows[word] = {"y": numbers(y), "d": numbers(d)}
    write("activations.json", {
        "x": numbers(x), "cases": cases,
        "rows": {"units": 12, "z": numbers(z), "upstream": numbers(upstream), "cases": rows}})


# Settings of the spec language, and the losses on one-hot truths. Cross-entropy is taken on logits, as Keras on
# TensorFlow does it for a softmax layer too; the others from the probabilities.
def on_probabilities(function):
    return lambda truth, logits: function(truth, keras.ops.softmax(logits))


LOSSES = {
    "loss=categorical_crossentropy": lambda t, z: keras.losses.categorical_crossentropy(t, z, from_logits=True),
    "loss=categorical_crossentropy smooth=0.1": lambda t, z: keras.losses.categorical_crossentropy(
        t, z, from_logits=True, label_smoothing=0.1),
    "loss=mse": on_probabilities(keras.losses.mean_squared_error),
    "loss=categorical_focal_crossentropy": on_probabilities(keras.losses.categorical_focal_crossentropy),
    "loss=categorical_focal_crossentropy smooth=0.2 focalalpha=0.6 focalgamma=1.5": on_probabilities(
        lambda t, p: keras.losses.categorical_focal_crossentropy(t, p, alpha=0.6, gamma=1.5, label_smoothing=0.2)),
    "loss=kl_divergence": on_probabilities(keras.losses.kl_divergence),
    "loss=categorical_hinge": on_probabilities(keras.losses.categorical_hinge),
}


def losses():
    rng = np.random.default_rng(5)
    classes = 10
    sets = {"moderate": (rng.normal(0, 1.5, (9, classes)), "float64"),
            # Zero logits: every probability is the same, and hinge's maximum is shared.
            "saturated": (np.concatenate([rng.normal(0, 30, (8, classes)), np.zeros((1, classes))]), "float32")}
    written = {}
    for name, (logits, dtype) in sets.items():
        logits = logits.astype("float32").astype(dtype)
        labels = rng.integers(0, classes, len(logits))
        truth = tf.constant(np.eye(classes, dtype=dtype)[labels])
        cases = {}
        for setting, function in LOSSES.items():
            v = tf.Variable(logits)
            with tf.GradientTape() as tape:
                rows = function(truth, v)
                mean = keras.ops.mean(rows)
            cases[setting] = {"losses": numbers(rows), "gradient": numbers(tape.gradient(mean, v))}
        written[name] = {"logits": numbers(logits), "labels": labels.tolist(), "cases": cases,
                         "probabilities": numbers(keras.ops.softmax(v))}
    write("losses.json", {"classes": classes, "sets": written})


# Temperatures, and the labels' share of the loss: alpha of Keras's example of distillation, whose loss is
# alpha * student_loss + (1 - alpha) * KLDivergence(softmax(teacher / T), softmax(student / T)) * T**2.
DISTILLATIONS = [(1.0, 0.0), (2.0, 0.1), (4.0, 0.5), (3.0, 1.0)]


def distillation():
    rng = np.random.default_rng(11)
    classes, count = 10, 7
    teacher, student = (rng.normal(0, 2, (count, classes)).astype("float32") for _ in range(2))
    labels = rng.integers(0, classes, count)
    truth, cases = tf.constant(np.eye(classes)[labels]), []
    probabilities = keras.ops.softmax(tf.constant(teacher.astype("float64")))
    for temperature, alpha in DISTILLATIONS:
        v = tf.Variable(student.astype("float64"))
        soft = keras.ops.softmax(tf.constant(teacher.astype("float64")) / temperature)
        with tf.GradientTape() as tape:
            hard = keras.losses.categorical_crossentropy(truth, v, from_logits=True, label_smoothing=0.1)
            distance = keras.losses.kl_divergence(soft, keras.ops.softmax(v / temperature))
            rows = alpha * hard + (1 - alpha) * distance * temperature**2
            mean = keras.ops.mean(rows)
        cases.append({"temperature": temperature, "hard": alpha, "soft": numbers(soft), "losses": numbers(rows),
                      "gradient": numbers(tape.gradient(mean, v))})
    write("distillation.json", {
        "classes": classes, "labels": labels.tolist(), "probabilities": numbers(probabilities),
        "logits": numbers(student), "cases": cases})


# Settings of the spec language, and what they stand for.
SCALINGS = {
    "initscale=2": keras.initializers.VarianceScaling(2.0, seed=7),
    "initscale=0.5 initmode=fan_out initdistribution=untruncated_normal": keras.initializers.VarianceScaling(
        0.5, "fan_out", "untruncated_normal", seed=7),
    "initmode=fan_avg initdistribution=uniform": keras.initializers.VarianceScaling(1.0, "fan_avg", "uniform", seed=7),
}


def initializers():
    cases = {}
    for name in ["glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal",
                 "random_normal", "random_uniform", "truncated_normal", "variance_scaling", "orthogonal", "zeros"]:
        makers = {"zeros": "Zeros", "orthogonal": "Orthogonal"}
        title = makers.get(name, "".join(part.capitalize() for part in name.split("_")))
        maker = getattr(keras.initializers, title)
        w = np.asarray((maker() if name == "zeros" else maker(seed=7))((300, 200)), np.float64)
        cases[name] = {"mean": w.mean(), "deviation": w.std(), "largest": np.abs(w).max()}
    scaled = {}
    for setting, maker in SCALINGS.items():
        w = np.asarray(maker((300, 200)), np.float64)
        scaled[setting] = {"mean": w.mean(), "deviation": w.std(), "largest": np.abs(w).max()}
    rng = np.random.default_rng(9)
    matrix = rng.normal(0, 1, (40, 37))
    q, r = np.linalg.qr(matrix)
    write("initializers.json", {"inputs": 300, "units": 200, "cases": cases, "scaled": scaled, "orthogonal": {
        "rows": 40, "columns": 37, "matrix": numbers(matrix), "q": numbers(q * np.sign(np.diag(r)))}})


def regularizers():
    rng = np.random.default_rng(13)
    w = rng.normal(0, 0.3, (6, 4)).astype("float32").astype("float64")
    w[2, 1] = 0
    cases = {}
    for setting, regularizer in {"l1=0.02": keras.regularizers.L1(0.02), "l2=0.03": keras.regularizers.L2(0.03),
                                 "l1=0.01 l2=0.05": keras.regularizers.L1L2(0.01, 0.05)}.items():
        v = tf.Variable(w)
        with tf.GradientTape() as tape:
            loss = regularizer(v)
        cases[setting] = {"loss": float(loss), "gradient": numbers(tape.gradient(loss, v))}
    write("regularizers.json", {"inputs": 6, "units": 4, "weights": numbers(w), "cases": cases})


def network(inputs, hidden, classes, rng, penalty=None):
    """A model that ends in logits, its layers' variables by their names here, and their values."""
    layers, named = [keras.layers.Input((inputs,))], []

    def add(layer, index, variables):
        layers.append(layer)
        named.append((layer, index, variables))

    for index, (units, activation, normalized) in enumerate(hidden):
        add(keras.layers.Dense(units, kernel_regularizer=penalty), index, DENSE_VARIABLES)
        if normalized:
            add(keras.layers.BatchNormalization(), index, NORMALIZATION_VARIABLES)
        layers.append(keras.layers.Activation(ACTIVATIONS.get(activation, activation)))
    add(keras.layers.Dense(classes, kernel_regularizer=penalty), len(hidden), DENSE_VARIABLES)
    model = keras.Sequential(layers)
    variables = {f"{index}.{name}": variable for layer, index, names in named
                 for name, variable in zip(names, layer.weights)}
    for name, variable in variables.items():
        value = rng.normal(0, 0.5, variable.shape)
        if "gamma" in name or "variance" in name:
            value = 0.5 + np.abs(value)
        variable.assign(value.astype("float32"))
    return model, variables


def tensors(variables):
    return {name: numbers(variable) for name, variable in variables.items()}


def data(rng, rows, inputs, classes):
    pixels = rng.integers(0, 256, (rows, inputs)) * (rng.random((rows, inputs)) < 0.5)
    return pixels.astype("uint8"), rng.integers(0, classes, rows)


def use(dtype):
    keras.config.set_floatx(dtype)
    keras.config.set_dtype_policy(dtype)


def layers():
    """Gradients of whole networks, and batch normalization's moving statistics and inference."""
    use("float64")
    nets = {
        "7": [(7, "linear", False)], "9tanh-40relu": [(9, "tanh", False), (40, "relu", False)],
        "12softmax-9softmax": [(12, "softmax", False), (9, "softmax", False)],
        "9tanh+bn": [(9, "tanh", True)], "33gelu+bn-20softmax+bn": [(33, "gelu", True), (20, "softmax", True)],
        "8relu+bn-9elu:0.4+bn-7": [(8, "relu", True), (9, "elu:0.4", True), (7, "linear", False)],
    }
    cases = {}
    for number, (spec, hidden) in enumerate(nets.items()):
        rng = np.random.default_rng(100 + number)
        inputs, classes, rows = 14, 4, 11
        model, variables = network(inputs, hidden, classes, rng)
        start = tensors(variables)
        pixels, labels = data(rng, rows, inputs, classes)
        x = tf.constant(pixels / 255.0)
        before = keras.ops.softmax(model(x, training=False))
        gradients = {}
        for step in range(3):
            with tf.GradientTape() as tape:
                losses = keras.ops.sparse_categorical_crossentropy(labels, model(x, training=True), from_logits=True)
                loss = keras.ops.mean(losses)
            trainable = {n: v for n, v in variables.items() if "moving" not in n}
            slopes = tape.gradient(loss, [v.value for v in trainable.values()])
            if step == 0:
                gradients = {n: numbers(g) for n, g in zip(trainable, slopes)}
                first = float(loss)
            for variable, slope in zip(trainable.values(), slopes):
                variable.assign(variable - 0.05 * slope)
        cases[spec] = {
            "start": start, "pixels": pixels.reshape(-1).tolist(), "labels": labels.tolist(), "loss": first,
            "gradients": gradients, "before": numbers(before), "end": tensors(variables),
            "after": numbers(keras.ops.softmax(model(x, training=False)))}
    use("float32")
    write("layers.json", {"inputs": inputs, "classes": classes, "learningRate": 0.05, "cases": cases})


def fits():
    def net(*layers):
        return [(units, name, normalized) for units, name, normalized in layers]

    relu, gelu = net((9, "relu", False), (7, "relu", False)), net((9, "gelu", False), (7, "gelu", False))
    crossentropy = "loss=categorical_crossentropy"
    cases = [
        ("9relu-7relu", relu, crossentropy, "adam lr=0.01", None),
        ("9gelu-7gelu", gelu, crossentropy, "adam lr=0.01", ("l2=0.001", keras.regularizers.L2(1e-3))),
        ("9gelu-7gelu", gelu, crossentropy, "sgd lr=0.1",
         ("l1=0.0005 l2=0.001", keras.regularizers.L1L2(5e-4, 1e-3))),
        ("12elu-8elu", net((12, "elu", False), (8, "elu", False)), crossentropy, "adam lr=0.01", None),
        # Plain SGD: a bias before batch normalization has no slope, and Adam would step by the noise of its rounding.
        ("9tanh+bn-8tanh+bn", net((9, "tanh", True), (8, "tanh", True)), crossentropy, "sgd lr=0.1", None),
        ("9softmax-7mish", net((9, "softmax", False), (7, "mish", False)), crossentropy, "adam lr=0.01", None),
    ] + [("9tanh", net((9, "tanh", False)), setting, "adam lr=0.01", None) for setting in list(LOSSES)[1:]]
    written = []
    for number, (spec, hidden, loss, optimizer, penalty) in enumerate(cases):
        rng = np.random.default_rng(200 + number)
        inputs, classes, rows, batch = 20, 4, 43, 8
        model, variables = network(inputs, hidden, classes, rng, penalty[1] if penalty else None)
        start = tensors(variables)
        pixels, labels = data(rng, rows, inputs, classes)
        rate = float(optimizer.split("=")[1])
        made = keras.optimizers.SGD(rate) if optimizer.startswith("sgd") else keras.optimizers.Adam(rate)
        model.compile(optimizer=made, metrics=["accuracy"], loss=LOSSES[loss])
        x = pixels.astype("float32") / 255
        truth = np.eye(classes, dtype="float32")[labels]
        history = model.fit(x, truth, batch_size=batch, epochs=3, shuffle=False, verbose=0).history
        evaluated = model.evaluate(x, truth, verbose=0, batch_size=rows)
        line = " ".join(filter(None, [spec, optimizer, loss, penalty[0] if penalty else "", f"batch={batch}"]))
        written.append({
            "spec": line, "inputs": inputs, "classes": classes, "pixels": pixels.reshape(-1).tolist(),
            "labels": labels.tolist(), "start": start, "end": tensors(variables), "loss": history["loss"],
            "accuracy": history["accuracy"], "evaluated": evaluated[0],
            "probabilities": numbers(keras.ops.softmax(model(x, training=False)))})
    write("fits.json", {"cases": written})


if __name__ == "__main__":
    import sys
    for make in (activations, losses, distillation, initializers, regularizers, layers, fits):
        if not sys.argv[1:] or make.__name__ in sys.argv[1:]:
            make()
