#!/usr/bin/env python3
"""Writes metrics.json: small classifications and what scikit-learn says of them.

Usage: metrics.py > metrics.json

A figure is null where scikit-learn raises, or warns that it is undefined and gives NaN.
"""
import json
import warnings

import numpy as np
from sklearn import metrics
from sklearn.calibration import calibration_curve


def defined(figure, *arguments, **settings):
    """What scikit-learn gives, as lists and numbers; null where it is no number, or refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            value = np.asarray(figure(*arguments, **settings), dtype=np.float64)
        except ValueError:
            return None
    numbers = [None if np.isnan(number) else float(number) for number in value.ravel()]
    return numbers if value.ndim else numbers[0]


def calibration(truth, scores, bins):
    """The reliability diagram of the predicted class's probability: bins open below, closed above.

    calibration_curve drops the empty bins; counts come from the edges and the search that it uses.
    Expected error: Guo et al., "On Calibration of Modern Neural Networks" (2017), equation 3.
    """
    if np.isnan(scores).any():
        return None
    right = (scores.argmax(axis=1) == truth).astype(int)
    confidence = scores.max(axis=1).astype(np.float64)
    edges = np.linspace(0, 1, bins + 1)
    counts = np.bincount(np.searchsorted(edges[1:-1], confidence), minlength=bins)
    accuracy, mean = calibration_curve(right, confidence, n_bins=bins, strategy="uniform", pos_label=1)
    gaps = np.abs(accuracy - mean)
    filled = counts[counts > 0]
    return {
        "counts": counts.tolist(), "confidence": mean.tolist(), "accuracy": accuracy.tolist(),
        "expected_error": float((filled * gaps).sum() / len(truth)), "maximum_error": float(gaps.max()),
    }


def figures(name, truth, scores):
    rows, classes = scores.shape
    predicted = scores.argmax(axis=1)
    every = list(range(classes))
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=every, zero_division=0)
    macro = metrics.precision_recall_fscore_support(truth, predicted, average="macro", zero_division=0)
    weighted = metrics.precision_recall_fscore_support(truth, predicted, average="weighted", zero_division=0)
    one_hot = np.eye(classes)[truth]
    # log_loss clips float32 probabilities at float32's epsilon and goes on in float32; the second one clips alike and
    # goes on in float64.
    epsilon = np.finfo(np.float32).eps
    clipped = np.clip(scores, epsilon, 1 - epsilon).astype(np.float64)
    return {
        "name": name, "classes": classes, "labels": truth.tolist(),
        "probabilities": [None if np.isnan(score) else float(f"{score:.9g}") for score in scores.ravel()],
        "accuracy": metrics.accuracy_score(truth, predicted),
        "errors": int((truth != predicted).sum()),
        "confusion": metrics.confusion_matrix(truth, predicted, labels=every).tolist(),
        "precision": precision.tolist(), "recall": recall.tolist(), "f1": f1.tolist(), "support": support.tolist(),
        "precision_macro": macro[0], "recall_macro": macro[1], "f1_macro": macro[2],
        "precision_weighted": weighted[0], "recall_weighted": weighted[1], "f1_weighted": weighted[2],
        "balanced_accuracy": defined(metrics.balanced_accuracy_score, truth, predicted),
        "roc_auc": defined(metrics.roc_auc_score, one_hot, scores, average=None),
        "roc_auc_macro": defined(metrics.roc_auc_score, one_hot, scores),
        # With two classes scikit-learn wants one column, and says 1 for any k beyond 1.
        "top_k": [
            defined(metrics.top_k_accuracy_score, truth, scores[:, 1] if classes == 2 else scores, k=k, labels=every)
            for k in (2, 3, 5)
        ],
        "log_loss": defined(metrics.log_loss, truth, y_proba=scores, labels=every),
        "log_loss_in_doubles": defined(metrics.log_loss, truth, y_proba=clipped, labels=every),
        "brier_score": defined(metrics.brier_score_loss, truth, scores.astype(np.float64), labels=every),
        "calibration10": calibration(truth, scores, 10), "calibration15": calibration(truth, scores, 15),
    }


def coarse(name, rows, classes, seed, labels=None, decimals=2, shift=0.0):
    """Probabilities with few decimals, so that many scores tie, leaning towards the truth by `shift`."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, classes, rows) if labels is None else np.resize(labels, rows)
    scores = random.random((rows, classes))
    scores[np.arange(rows), truth] += shift
    scores = np.round(scores / scores.sum(axis=1, keepdims=True), decimals).astype(np.float32)
    return figures(name, truth, scores)


def softmax(name, rows, classes, seed, scale=1.0, shift=0.0, unlikely=None):
    """A softmax's probabilities; at a great scale many are exactly 0 and 1. `unlikely` is never predicted."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, classes, rows)
    logits = random.normal(size=(rows, classes)) * scale
    logits[np.arange(rows), truth] += shift
    if unlikely is not None:
        logits[:, unlikely] = logits.min() - 1
    powers = np.exp((logits - logits.max(axis=1, keepdims=True)).astype(np.float32))
    return figures(name, truth, powers / powers.sum(axis=1, keepdims=True))


def given(name, labels, rows):
    return figures(name, np.array(labels), np.array(rows, dtype=np.float32))


nan = float("nan")
print("[\n" + ",\n".join(json.dumps(c) for c in [
    coarse("ten classes with ties", 80, 10, 1, shift=0.4),
    coarse("coarse scores, three classes", 40, 3, 2, decimals=1, shift=0.3),
    coarse("a class that is never true", 24, 4, 3, labels=[0, 1, 2], shift=0.2),
    coarse("a class that is never predicted or true", 12, 5, 4, labels=[0, 3], shift=2.0),
    coarse("two classes, at random", 30, 2, 5),
    softmax("a softmax of ten classes", 100, 10, 6, scale=1.5, shift=2.0),
    softmax("a class that is true but never predicted", 30, 6, 7, shift=1.0, unlikely=2),
    softmax("saturated: most probabilities are exactly 0 or 1", 60, 4, 8, scale=150.0, shift=80.0),
    given("saturated and always right", [0, 1, 2, 1], np.eye(3)[[0, 1, 2, 1]]),
    given("saturated and always wrong", [0, 1, 2, 1], np.eye(3)[[1, 2, 0, 0]]),
    given("all probabilities equal", [0, 1, 2, 3, 4, 5, 6, 7, 3, 3], np.full((10, 8), 0.125)),
    given("all equal, two classes", [0, 1, 1, 0, 1], np.full((5, 2), 0.5)),
    given("one row, right", [2], [[0.25, 0.125, 0.625]]),
    given("one row, wrong, of two classes", [0], [[0.25, 0.75]]),
    given("one true class alone", [1, 1, 1], [[0.25, 0.5, 0.25], [0.5, 0.25, 0.25], [0, 1, 0]]),
    given("confidences on the edges of bins", [0, 1, 0, 1, 2, 3],
          [[0.5, 0.5, 0, 0], [0.5, 0.25, 0.125, 0.125], [1, 0, 0, 0], [0, 0.75, 0.25, 0], [0.25] * 4, [0, 0, 0.5, 0.5]]),
    given("a row that is no number", [0, 1, 2, 0], [[0.75, 0.25, 0], [0.25, 0.5, 0.25], [nan] * 3, [1, 0, 0]]),
]) + "\n]")
