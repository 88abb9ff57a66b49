"""Writes the fixtures beside this script: one small network, as NumPy, Keras, safetensors and PyTorch's names have it.

    KERAS_BACKEND=jax python make_fixtures.py

Made with NumPy 2.4.6, Keras 3.15.1 and safetensors 0.8.0. `pickled.pt` has the layout of `torch.save`, without PyTorch.
The network takes 4 values, has 3 hidden units and 2 classes; all its numbers are exact in 16 bits. The tests compute them
anew: see `Expected`.
"""

import io
import pathlib
import pickle
import zipfile

import keras
import ml_dtypes
import numpy as np
from safetensors import numpy as safetensors

here = pathlib.Path(__file__).parent
kernels = [np.arange(12).reshape(4, 3) / 8 - 0.5, np.arange(6).reshape(3, 2) / 4]
biases = [np.array([0.5, -1, 0.25]), np.array([2, -0.125])]
gamma, beta = np.array([1, 2, 0.5]), np.array([0, 1, -1])
mean, variance = np.array([0.25, 0.5, 0.75]), np.array([1, 4, 0.25])


def single(values):
    return np.ascontiguousarray(values, np.float32)


# As `dense_1/kernel`, in double precision.
np.savez(
    here / "keras_names.npz",
    **{
        "sequential/dense_1/kernel": kernels[1],
        "sequential/dense_1/bias": biases[1],
        "sequential/dense/kernel": kernels[0],
        "sequential/dense/bias": biases[0],
    },
)
# As get_weights gives them: also with batch normalization.
np.savez_compressed(
    here / "numbers.npz", *map(single, [kernels[0], biases[0], gamma, beta, mean, variance, kernels[1], biases[1]])
)
# Each in another way.
np.savez(
    here / "orders.npz",
    W1=np.asfortranarray(kernels[0].astype(np.float32)),
    b1=biases[0].astype(">f8"),
    W2=np.asfortranarray(kernels[1].astype(">f4")),
    b2=biases[1].astype(np.float16).reshape(1, 2),
)
for part, arrays in [("weights", kernels), ("biases", biases)]:
    for number, array in enumerate(arrays, 1):
        np.save(here / f"mnist_{part}{number}.npy", single(array))

linear = {
    "fc1.weight": kernels[0].T, "fc1.bias": biases[0], "fc2.weight": kernels[1].T, "fc2.bias": biases[1],
}
safetensors.save_file(
    {name: single(array) for name, array in linear.items()}, here / "linear.safetensors", {"format": "pt"})
for type in [np.float64, np.float16, ml_dtypes.bfloat16]:
    name = np.dtype(type).name
    safetensors.save_file(
        {name: np.ascontiguousarray(array, type) for name, array in linear.items()}, here / f"{name}.safetensors")
safetensors.save_file(
    {
        "0.weight": single(kernels[0].T), "0.bias": single(biases[0]), "1.weight": single(gamma),
        "1.bias": single(beta), "1.running_mean": single(mean), "1.running_var": single(variance),
        "1.num_batches_tracked": np.array(7, np.int64), "3.weight": single(kernels[1].T), "3.bias": single(biases[1]),
    },
    here / "sequential.safetensors",
)

model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "tanh"), keras.layers.Dense(2, "softmax")])
model.set_weights([kernels[0], biases[0], kernels[1], biases[1]])
model.save(here / "model.keras")
model.save(here / "model.h5")
# What the two lines write that a refusal prints.
for name in ["model.keras", "model.h5"]:
    np.savez(here / "of_keras.npz", *keras.models.load_model(here / name).get_weights())
    with np.load(here / "of_keras.npz") as arrays:
        assert all((arrays[f"arr_{i}"] == w).all() for i, w in enumerate(model.get_weights()))

with zipfile.ZipFile(here / "pickled.pt", "w") as archive:
    archive.writestr("pickled/data.pkl", pickle.dumps({"fc1.weight": 1}, protocol=2))
    archive.writestr("pickled/version", "3\n")
(here / "pickled.bin").write_bytes(pickle.dumps({"fc1.weight": 1}, protocol=2))
