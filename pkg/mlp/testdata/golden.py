"""Writes golden.json, the numbers that golden_test.go compares with.

Made with Python 3.11.7 and NumPy 2.4.6 by `python golden.py`, from the formulas
alone: the initial parameters and the batches follow the rules below, no random
numbers.
"""
import gzip
import json
import os

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
data = np.loadtxt(gzip.open(os.path.join(here, "../../digits/digits.csv.gz")), delimiter=",")
X, Y = data[:, :64] / 16, data[:, 64].astype(int)
train = np.arange(len(Y)) % 5 != 4

ACT = {
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z, a: a * (1 - a)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "ReLU": (lambda z: np.maximum(0, z), lambda z, a: (z > 0) * 1.0),
}


def parameters(sizes):
    """p[i] = (37·i mod 101 − 50)/100, layer by layer W (in × out), b."""
    i = np.arange(sum((m + 1) * n for m, n in zip(sizes, sizes[1:])))
    return ((37 * i) % 101 - 50) / 100


def layers(sizes, p):
    out, at = [], 0
    for m, n in zip(sizes, sizes[1:]):
        out.append((p[at : at + m * n].reshape(m, n), p[at + m * n : at + (m + 1) * n]))
        at += (m + 1) * n
    return out


def loss_and_gradient(sizes, act, l2, p, x, y):
    f, df = ACT[act] if act else (None, None)
    ws = layers(sizes, p)
    zs, a = [], [x]
    for i, (w, b) in enumerate(ws):
        zs.append(a[-1] @ w + b)
        a.append(f(zs[-1]) if i < len(ws) - 1 else zs[-1])
    z = zs[-1] - zs[-1].max(axis=1, keepdims=True)
    logsum = np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(y))
    loss = np.mean(logsum[:, 0] - z[rows, y]) + l2 / 2 * np.sum(p * p)
    delta = np.exp(z - logsum)
    delta[rows, y] -= 1
    delta /= len(y)
    grads = []
    for i in reversed(range(len(ws))):
        grads = [(a[i].T @ delta).ravel(), delta.sum(axis=0)] + grads
        if i:
            delta = (delta @ ws[i][0].T) * df(zs[i - 1], a[i])
    return float(loss), np.concatenate(grads) + l2 * p


def gradient_case(sizes, act, l2, idx):
    p = parameters(sizes)
    x, y = (X, Y) if idx is None else (X[idx], Y[idx])
    loss, grad = loss_and_gradient(sizes, act, l2, p, x, y)
    return {"sizes": sizes, "act": act, "l2": l2, "idx": idx, "loss": loss, "gradient": grad.tolist()}


def training_case(sizes, act, l2, lr, batch, steps):
    """SGD; row j of the batch of step t is (31·t + 7·j) mod 1438."""
    p = parameters(sizes)
    x, y = X[train], Y[train]
    losses = []
    for t in range(steps):
        idx = (31 * t + 7 * np.arange(batch)) % len(y)
        loss, grad = loss_and_gradient(sizes, act, l2, p, x[idx], y[idx])
        losses.append(loss)
        p = p - lr * grad
    return {"sizes": sizes, "act": act, "l2": l2, "lr": lr, "batch": batch, "losses": losses,
            "final": loss_and_gradient(sizes, act, l2, p, x, y)[0], "params": p[::97].tolist()}


def noise(sizes):
    """trΣ and ‖ḡ‖² over all rows at p = 0, from the gradients of single rows."""
    p = 0 * parameters(sizes)
    g = np.array([loss_and_gradient(sizes, "", 0, p, X[i : i + 1], Y[i : i + 1])[1] for i in range(len(Y))])
    mean = g.mean(axis=0)
    return {"trace": float(np.mean(np.sum((g - mean) ** 2, axis=1))), "signal": float(mean @ mean)}


def minimum(l2):
    """Loss of softmax regression at its minimum on the training rows: Nesterov .95, η 1."""
    p = 0 * parameters([64, 10])
    v = p.copy()
    for _ in range(8000):
        _, grad = loss_and_gradient([64, 10], "", l2, p, X[train], Y[train])
        after = p - grad
        p, v = after + 0.95 * (after - v), after
    return loss_and_gradient([64, 10], "", l2, v, X[train], Y[train])[0]


json.dump(
    {
        "numpy": np.__version__,
        "gradients": [
            gradient_case([64, 10], "", 0.0, None),
            gradient_case([64, 10], "", 0.01, [3, 1796, 3, 500, 77]),
            gradient_case([64, 5, 10], "sigmoid", 0.0, [42]),
            gradient_case([64, 4, 3, 10], "tanh", 0.25, None),
            gradient_case([64, 6, 10], "ReLU", 0.0, list(range(0, 1797, 9))),
        ],
        "training": [
            training_case([64, 10], "", 0.0, 0.3, 10, 30),
            training_case([64, 50, 10], "ReLU", 0.0, 0.05, 32, 30),
            training_case([64, 13, 11, 10], "tanh", 0.001, 0.1, 1, 30),
            training_case([64, 50, 10], "sigmoid", 0.0, 0.5, 150, 30),
        ],
        "noise": noise([64, 10]),
        "minimum": minimum(0.01),
    },
    open(os.path.join(here, "golden.json"), "w"),
)
