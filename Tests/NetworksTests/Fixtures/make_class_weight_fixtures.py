#!/usr/bin/env python3
"""Writes class_weights.json: whole fits by Keras 3 with `class_weight`, which weighs the loss of the training rows and
nothing else, for KerasClassWeightTests.

    pip install keras jax scikit-learn
    ./make_class_weight_fixtures.py
"""
import json
import os
import pathlib

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np
from sklearn.utils.class_weight import compute_class_weight

HERE = pathlib.Path(__file__).resolve().parent
INPUTS, CLASSES, ROWS, BATCH = 20, 4, 43, 8
LOSSES = {
    "categorical_crossentropy": keras.losses.CategoricalCrossentropy(),
    "categorical_crossentropy smooth=0.1": keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
    "mse": keras.losses.MeanSquaredError(),
    "categorical_focal_crossentropy": keras.losses.CategoricalFocalCrossentropy(),
    "kl_divergence": keras.losses.KLDivergence(),
    "categorical_hinge": keras.losses.CategoricalHinge(),
}


def floats(array):
    """The shortest decimals that give the same float32."""
    return [float(np.format_float_scientific(v, unique=True)) for v in np.asarray(array, np.float32).reshape(-1)]


def tensors(model):
    """All weights by the names that the program gives them."""
    arrays = model.get_weights()
    return {f"{i // 2}.{'kernel' if i % 2 == 0 else 'bias'}": floats(array) for i, array in enumerate(arrays)}


cases = []
for number, (loss, function) in enumerate(LOSSES.items()):
    rng = np.random.default_rng(300 + number)
    penalty = keras.regularizers.L2(1e-3) if number == 0 else None
    model = keras.Sequential([
        keras.layers.Input((INPUTS,)), keras.layers.Dense(9, "tanh", kernel_regularizer=penalty),
        keras.layers.Dense(CLASSES, "softmax", kernel_regularizer=penalty)])
    model.set_weights([rng.normal(0, 0.4, array.shape).astype("float32") for array in model.get_weights()])
    start = tensors(model)
    pixels = (rng.integers(1, 256, (ROWS, INPUTS)) * (rng.random((ROWS, INPUTS)) < 0.4)).astype("uint8")
    # Class 3 is rare.
    labels = rng.choice(CLASSES, ROWS, p=[0.5, 0.3, 0.15, 0.05])
    labels[:CLASSES] = np.arange(CLASSES)
    weights = compute_class_weight("balanced", classes=np.arange(CLASSES), y=labels)
    optimizer = keras.optimizers.SGD(0.1) if number % 2 == 0 else keras.optimizers.Adam(0.01)
    model.compile(optimizer=optimizer, loss=function, metrics=["accuracy"])
    x, y = pixels.astype("float32") / 255, np.eye(CLASSES, dtype="float32")[labels]
    history = model.fit(
        x, y, batch_size=BATCH, epochs=3, shuffle=False, verbose=0, validation_data=(x, y),
        class_weight=dict(enumerate(weights.tolist()))).history
    cases.append({
        "spec": f"9tanh {'sgd lr=0.1' if number % 2 == 0 else 'adam lr=0.01'} loss={loss} batch={BATCH}"
                + (" l2=0.001" if number == 0 else ""),
        "inputs": INPUTS, "classes": CLASSES, "pixels": pixels.reshape(-1).tolist(), "labels": labels.tolist(),
        "weights": weights.tolist(), "start": start, "end": tensors(model), "loss": history["loss"],
        "accuracy": history["accuracy"], "evaluated": history["val_loss"][-1]})
text = json.dumps({"keras": keras.__version__, "cases": cases}, separators=(",", ":")) + "\n"
(HERE / "class_weights.json").write_text(text)
