#!/usr/bin/env python3
"""Writes splits.json: the rows that scikit-learn's train_test_split draws, for SplitTests.

    pip install scikit-learn
    ./make_split_fixtures.py

Made with scikit-learn 1.9.1 and NumPy 2.4.6. Of the large cases there are the first and last rows of each part, and the
SHA-256 of all of them as 32-bit little-endian integers.
"""

import hashlib
import json
import pathlib

import numpy as np
from sklearn.model_selection import train_test_split

# Rows, share held out, seed, labels by the row's number.
SMALL = [
    (20, 0.1, 0, lambda i: i % 2),
    (20, 0.1, 1, lambda i: i % 2),
    (37, 0.25, 1842, lambda i: i * i % 5),
    (50, 0.33, 42, lambda i: i % 7),
    (61, 0.2, 7, lambda i: 3 if i % 4 else i % 3),
    (64, 0.5, 123456789, lambda i: i * i * i % 11),
    (33, 0.9, 4294967295, lambda i: i % 3),
    (48, 0.15, 2024, lambda i: 255 if i < 16 else i % 2),
]
LARGE = [
    (60000, 0.1, 1842, lambda i: i % 10),
    (60000, 0.1, 1, lambda i: i * i % 10),
    (42000, 0.2, 42, lambda i: (i * i + i // 7) % 47),
    (10007, 0.35, 31, lambda i: i**3 % 9),
    (112800, 0.05, 5, lambda i: i * 31 % 47),
]


def part(rows, whole):
    """One part of a split, as it is compared."""
    if whole:
        return rows.tolist()
    digest = hashlib.sha256(rows.astype("<i4").tobytes()).hexdigest()
    return {"count": len(rows), "first": rows[:3].tolist(), "last": rows[-2:].tolist(), "sha256": digest}


def case(rows, share, seed, label, whole):
    """What scikit-learn gives for one case."""
    numbers = np.arange(rows)
    labels = np.array([label(i) for i in range(rows)])
    result = {"share": share, "seed": seed, "labels": labels.tolist() if whole else rows}
    for name, stratify in [("shuffled", None), ("stratified", labels)]:
        train, held_out = train_test_split(numbers, test_size=share, random_state=seed, stratify=stratify)
        result[name] = {"train": part(train, whole), "held_out": part(held_out, whole)}
    return result


cases = [case(*entry, whole=True) for entry in SMALL] + [case(*entry, whole=False) for entry in LARGE]
text = "[\n" + ",\n".join(json.dumps(entry) for entry in cases) + "\n]\n"
pathlib.Path(__file__).with_name("splits.json").write_text(text)
