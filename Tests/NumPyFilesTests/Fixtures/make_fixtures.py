"""Writes the fixtures beside this script with NumPy, and checks that NumPy reads the one that the program writes.

    python make_fixtures.py

Made with NumPy 2.4.6. `written_by_the_program.npz` is not made here: it holds what the tests' `Samples.entries` give.
"""

import pathlib
import warnings

import numpy as np

here = pathlib.Path(__file__).parent
kernel = np.array([[0.0, -0.0, 1.5], [-2.25, np.float32(1e-45), np.float32(3.4028235e38)]], np.float32)
bias = np.array([0.1, 0.2, -0.3], np.float32)
warnings.simplefilter("ignore")  # version 3.0 is written on purpose


def write(name, array, version=None):
    with open(here / name, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


write("version_1.npy", kernel, (1, 0))
write("version_2.npy", kernel, (2, 0))
write("version_3.npy", kernel, (3, 0))
write("vector.npy", bias)
write("number.npy", np.array(2.5, np.float32))
write("empty.npy", np.zeros((0, 5), np.float32))
write("large.npy", (np.arange(123 * 45, dtype=np.float32) / 7).reshape(123, 45))
np.savez(here / "stored.npz", **{"0.kernel": kernel, "0.bias": bias})
np.savez_compressed(here / "compressed.npz", **{"0.kernel": kernel, "0.bias": bias, "zeros": np.zeros(4000, np.float32)})

write("float64.npy", kernel.astype("<f8"))
write("int32.npy", np.array([1, 2, 3], "<i4"))
write("big_endian.npy", kernel.astype(">f4"))
write("fortran.npy", np.asfortranarray(kernel))
write("structured.npy", np.zeros(2, [("x", "<f4"), ("y", "<f4")]))

ours = np.load(here / "written_by_the_program.npz")
assert ours.files == ["0.kernel", "0.bias"], ours.files
assert ours["0.kernel"].tobytes() == kernel.tobytes() and ours["0.kernel"].shape == (2, 3)
assert ours["0.bias"].tobytes() == bias.tobytes() and ours["0.bias"].dtype == np.dtype("<f4")
