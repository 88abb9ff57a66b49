#!/usr/bin/env python3
"""Writes metrics.json: small classifications and what scikit-learn says of them.

Usage: metrics.py > metrics.json
"""
import json

import numpy as np
from sklearn import metrics


def case(name, rows, classes, seed, labels=None, decimals=2, shift=0.0):
    """Probabilities with few decimals, so that many scores tie, leaning towards the truth by `shift`."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, classes, rows) if labels is None else np.resize(labels, rows)
    scores = random.random((rows, classes))
    scores[np.arange(rows), truth] += shift
    scores = np.round(scores / scores.sum(axis=1, keepdims=True), decimals).astype(np.float32)
    predicted = scores.argmax(axis=1)
    every = list(range(classes))
    try:
        area = metrics.roc_auc_score(np.eye(classes)[truth], scores)
        area = None if np.isnan(area) else area
    except ValueError:
        area = None
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=every, zero_division=0)
    macro = metrics.precision_recall_fscore_support(truth, predicted, average="macro", zero_division=0)
    return {
        "name": name, "classes": classes, "labels": truth.tolist(), "probabilities": scores.ravel().tolist(),
        "accuracy": metrics.accuracy_score(truth, predicted),
        "errors": int((truth != predicted).sum()),
        "confusion": metrics.confusion_matrix(truth, predicted, labels=every).tolist(),
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist(),
        "precision_macro": macro[0], "recall_macro": macro[1], "f1_macro": macro[2], "roc_auc_macro": area,
    }


print("[\n" + ",\n".join(json.dumps(c) for c in [
    case("ten classes with ties", 80, 10, 1, shift=0.4),
    case("coarse scores, three classes", 40, 3, 2, decimals=1, shift=0.3),
    case("a class that is never true", 24, 4, 3, labels=[0, 1, 2], shift=0.2),
    case("a class that is never predicted or true", 12, 5, 4, labels=[0, 3], shift=2.0),
    case("two classes, at random", 30, 2, 5),
]) + "\n]")
