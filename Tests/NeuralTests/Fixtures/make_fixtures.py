#!/usr/bin/env python3
"""Writes the golden values of this folder with Keras 3 on TensorFlow, on the processor.

Run it with a Python that has both: KERAS_BACKEND=tensorflow python make_fixtures.py
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
ACTIVATIONS = ["linear", "relu", "leaky_relu", "elu", "gelu", "sigmoid", "tanh", "softplus", "silu"]


def floats(array):
    """The shortest decimals that give the same float32."""
    return [float(np.format_float_scientific(v, unique=True)) for v in np.asarray(array, np.float32).reshape(-1)]


def write(name, value):
    value = {"keras": keras.__version__, "tensorflow": tf.__version__, **value}
    (HERE / name).write_text(json.dumps(value, separators=(",", ":")) + "\n")


def activations():
    x = np.concatenate([np.linspace(-6, 6, 41), [-30, -12, 1e-4, -1e-4, 12, 30]]).astype("float32")
    cases = {}
    for name in ACTIVATIONS:
        v = tf.Variable(x)
        with tf.GradientTape() as tape:
            y = keras.activations.get(name)(v)
        slope = tape.gradient(y, v)
        cases[name] = {"y": floats(y), "slope": floats(slope)}
    write("activations.json", {"x": floats(x), "cases": cases})


def cross_entropy():
    rng = np.random.default_rng(5)
    logits = np.concatenate([rng.normal(0, 3, (6, 10)), rng.normal(0, 60, (3, 10))]).astype("float32")
    labels = rng.integers(0, 10, len(logits))
    v = tf.Variable(logits)
    with tf.GradientTape() as tape:
        losses = keras.ops.sparse_categorical_crossentropy(labels, v, from_logits=True)
        mean = keras.ops.mean(losses)
    write("cross_entropy.json", {
        "classes": 10, "logits": floats(logits), "labels": labels.tolist(), "losses": floats(losses),
        "probabilities": floats(keras.ops.softmax(v)), "gradient": floats(tape.gradient(mean, v))})


def network(widths, activation, rng, l2=0.0):
    """A network with logits as output, and its weights as lists."""
    regularizer = keras.regularizers.L2(l2) if l2 else None
    layers = [keras.layers.Input((widths[0],))]
    for units in widths[1:-1]:
        layers.append(keras.layers.Dense(units, activation=activation, kernel_regularizer=regularizer))
    layers.append(keras.layers.Dense(widths[-1], kernel_regularizer=regularizer))
    model = keras.Sequential(layers)
    weights = [rng.normal(0, 0.5, w.shape).astype("float32") for w in model.get_weights()]
    model.set_weights(weights)
    return model, weights


def data(rng, rows, inputs, classes):
    pixels = rng.integers(0, 256, (rows, inputs)) * (rng.random((rows, inputs)) < 0.5)
    return pixels.astype("uint8"), rng.integers(0, classes, rows)


def fit():
    rng = np.random.default_rng(23)
    widths, rows, batch, l2 = [20, 9, 7, 4], 43, 8, 1e-3
    model, start = network(widths, "gelu", rng, l2=l2)
    pixels, labels = data(rng, rows, widths[0], widths[-1])
    model.compile(optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"],
                  loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    x = pixels.astype("float32") / 255
    history = model.fit(x, labels, batch_size=batch, epochs=3, shuffle=False, verbose=0).history
    write("fit.json", {"widths": widths, "batch": batch, "l2": l2, "learningRate": 0.01,
                       "pixels": pixels.reshape(-1).tolist(), "labels": labels.tolist(),
                       "start": [floats(w) for w in start], "end": [floats(w) for w in model.get_weights()],
                       "loss": history["loss"], "accuracy": history["accuracy"],
                       "probabilities": floats(keras.ops.softmax(model(x)))})


if __name__ == "__main__":
    activations()
    cross_entropy()
    fit()
