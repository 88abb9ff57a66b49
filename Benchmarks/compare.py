#!/usr/bin/env python3
"""Time Trainspotter beside Keras, PyTorch and JAX, and print a Markdown table of seconds an epoch and ratios.

Usage: compare.py BINARY [PYTHON ...]

Each PYTHON is an interpreter; every peer that one of them can import takes part. All train the same network with Adam
on the first 54,000 images of MNIST (pixels / 255), reshuffled every epoch; training passes alone are timed. Trainspotter
and a peer take turns, and the least time of each counts: other work on a machine only ever adds to a time.
"""
import datetime
import gzip
import json
import os
import pathlib
import platform
import subprocess
import sys
import time

NETS = [
    ("8tanh", 32), ("200tanh", 32), ("100-200-100relu", 32), ("200tanh", 128), ("512-512relu", 128),
    ("2048-1024-512relu", 256),
]
PEERS = {"keras": "Keras", "torch": "PyTorch", "jax": "JAX"}
ROWS = 54_000
ROUNDS = 2
EPOCHS = 4
# Of Trainspotter: its epochs are over so soon that a moment's other work could disturb all four.
OWN_EPOCHS = 8
DATA = pathlib.Path(__file__).resolve().parent.parent / "Sources/Datasets/Resources/mnist"


def layers(net):
    """[(200, "tanh")] of 200tanh; an activation at the end counts for all."""
    entries = net.split("-")
    activation = entries[-1].lstrip("0123456789")
    return [(int(entry.removesuffix(activation)), activation) for entry in entries]


def load():
    import numpy

    def read(name, offset):
        return numpy.frombuffer(gzip.open(DATA / f"{name}.gz").read(), numpy.uint8, offset=offset)

    images = read("train-images-idx3-ubyte", 16).reshape(-1, 784)[:ROWS].astype("float32") / 255
    return images, read("train-labels-idx1-ubyte", 8)[:ROWS].astype("int32")


def keras(net, batch):
    os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", KERAS_BACKEND="tensorflow")
    import keras

    images, labels = load()
    hidden = [keras.layers.Dense(units, activation=activation) for units, activation in layers(net)]
    model = keras.Sequential([keras.layers.Input((784,)), *hidden, keras.layers.Dense(10, activation="softmax")])
    model.compile(loss="sparse_categorical_crossentropy", optimizer="adam", metrics=["accuracy"])
    for _ in range(EPOCHS):
        start = time.perf_counter()
        model.fit(images, labels, epochs=1, batch_size=batch, verbose=0)
        yield time.perf_counter() - start


def torch(net, batch):
    import torch

    images, labels = (torch.tensor(array) for array in load())
    labels = labels.long()
    modules, width = [], 784
    for units, activation in layers(net):
        modules += [torch.nn.Linear(width, units), {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}[activation]()]
        width = units
    model = torch.nn.Sequential(*modules, torch.nn.Linear(width, 10))
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    loss = torch.nn.CrossEntropyLoss()
    for _ in range(EPOCHS):
        start = time.perf_counter()
        for rows in torch.randperm(ROWS).split(batch):
            optimizer.zero_grad(set_to_none=True)
            loss(model(images[rows]), labels[rows]).backward()
            optimizer.step()
        yield time.perf_counter() - start


def jax(net, batch):
    """The whole epoch is one compiled scan."""
    import jax
    import optax
    from jax import numpy

    images, labels = (numpy.array(array) for array in load())
    functions = {"tanh": numpy.tanh, "relu": jax.nn.relu}
    shape = [(784, None), *layers(net), (10, None)]
    key = jax.random.PRNGKey(0)
    parameters = [
        (jax.nn.initializers.glorot_uniform()(jax.random.fold_in(key, index), (inputs, units)), numpy.zeros(units))
        for index, ((inputs, _), (units, _)) in enumerate(zip(shape, shape[1:]))
    ]

    def loss(parameters, x, y):
        for (kernel, bias), (_, activation) in zip(parameters, shape[1:]):
            x = functions.get(activation, lambda z: z)(x @ kernel + bias)
        return optax.softmax_cross_entropy_with_integer_labels(x, y).mean()

    adam = optax.adam(1e-3)
    steps = ROWS // batch

    @jax.jit
    def epoch(parameters, state, key):
        def step(carry, rows):
            parameters, state = carry
            gradients = jax.grad(loss)(parameters, images[rows], labels[rows])
            updates, state = adam.update(gradients, state)
            return (optax.apply_updates(parameters, updates), state), None

        order = jax.random.permutation(key, ROWS)[: steps * batch].reshape(steps, batch)
        return jax.lax.scan(step, (parameters, state), order)[0]

    state = adam.init(parameters)
    for number in range(EPOCHS):
        start = time.perf_counter()
        parameters, state = jax.block_until_ready(epoch(parameters, state, jax.random.PRNGKey(number)))
        yield time.perf_counter() - start


def interpreters(candidates):
    """The first interpreter that can import each peer."""
    found = {}
    for python in candidates:
        for peer in PEERS:
            needs = f"import importlib.util as u, sys; sys.exit(not u.find_spec({peer!r}))"
            if peer not in found and subprocess.run([python, "-c", needs]).returncode == 0:
                found[peer] = python
    return found


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)}: status {done.returncode}\n{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1] if command[0] != sys.argv[1] else done.stdout)


def main(binary, pythons):
    peers = interpreters(pythons)
    processor = next(
        (line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor())
    print(f"{datetime.date.today()}, {processor}, {os.cpu_count()} threads; least seconds an epoch of"
          f" {ROUNDS} rounds, and how many times faster Trainspotter is.\n")
    names = [PEERS[peer] for peer in peers]
    print("| net | batch | Trainspotter | " + "".join(f"{name} | " for name in names), flush=True)
    print("|---|---|---|" + "---|" * len(names), flush=True)
    for net, batch in NETS:
        least = {}
        for _ in range(ROUNDS):
            for peer, python in peers.items() or [(None, None)]:
                times = run([binary, "bench", net, "--batch", str(batch), "--epochs", str(OWN_EPOCHS), "--json", "-"])
                least.setdefault("", []).extend(times[0]["epoch_s"])
                if peer is None:
                    continue
                # The first epoch has the compilation in it.
                least.setdefault(peer, []).extend(run([python, __file__, "--peer", peer, net, str(batch)])[1:])
        own = min(least[""])
        cells = [f"{min(least[peer]):.3f} ({min(least[peer]) / own:.1f} ×)" for peer in peers]
        print(f"| {net} | {batch} | {own:.4f} | " + "".join(f"{cell} | " for cell in cells), flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if sys.argv[1] == "--peer":
        peer, net, batch = sys.argv[2:]
        print(json.dumps(list({"keras": keras, "torch": torch, "jax": jax}[peer](net, int(batch)))))
    else:
        main(sys.argv[1], sys.argv[2:] or ["python3"])
