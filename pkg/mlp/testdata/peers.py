"""Prints ns of what bench_test.go times, in other libraries: lines `peer<TAB>workload<TAB>ns`.

    python peers.py     2 threads; least of 150 runs after 20 warm-ups

Peers: numpy is the style of 밑바닥부터 시작하는 딥러닝 (layers with forward and backward), torch is torch.nn and
torch.optim. Made for torch 2.15.0 and numpy 2.4.6; takes no network.
"""
import os
import time

os.environ |= {k: "2" for k in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
import numpy as np
import torch

SIZES = [784, 100, 100, 100, 100, 10]
BATCH = 128
torch.set_num_threads(2)
rng = np.random.default_rng(1)


def measure(peer, workload, f):
    for _ in range(20):
        f()
    least = float("inf")
    for _ in range(150):
        start = time.perf_counter()
        f()
        least = min(least, time.perf_counter() - start)
    print(peer, workload, round(1e9 * least), sep="\t", flush=True)


class Affine:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.w) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.w.T)
        self.dw = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return dx


class Relu:
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


def numpy_iteration(x, t):
    layers = []
    for i, (m, n) in enumerate(zip(SIZES, SIZES[1:])):
        layers.append(Affine(rng.standard_normal((m, n)) * np.sqrt(2 / m), np.zeros(n)))
        if i < len(SIZES) - 2:
            layers.append(Relu())

    def step():
        out = x
        for layer in layers:
            out = layer.forward(out)
        y = np.exp(out - out.max(axis=1, keepdims=True))
        y /= y.sum(axis=1, keepdims=True)
        loss = -np.sum(np.log(y[np.arange(len(t)), t] + 1e-7)) / len(t)
        dout = y.copy()
        dout[np.arange(len(t)), t] -= 1
        dout /= len(t)
        for layer in reversed(layers):
            dout = layer.backward(dout)
        for layer in layers:
            if isinstance(layer, Affine):
                layer.w -= 0.01 * layer.dw
                layer.b -= 0.01 * layer.db
        return loss

    return step


def numpy_activations():
    x = rng.standard_normal((1000, 100))
    weights = [rng.standard_normal((100, 100)) for _ in range(5)]

    def run():
        a, activations = x, []
        for w in weights:
            a = 1 / (1 + np.exp(-np.dot(a, w)))
            activations.append(a)
        for a in activations:
            np.histogram(a.flatten(), 30, range=(0, 1))

    return run


def torch_iteration(x, t):
    layers = []
    for i, (m, n) in enumerate(zip(SIZES, SIZES[1:])):
        layers.append(torch.nn.Linear(m, n, dtype=torch.float64))
        if i < len(SIZES) - 2:
            layers.append(torch.nn.ReLU())
    net = torch.nn.Sequential(*layers)
    loss = torch.nn.CrossEntropyLoss()
    opt = torch.optim.SGD(net.parameters(), lr=0.01)
    x, t = torch.from_numpy(x), torch.from_numpy(t)

    def step():
        opt.zero_grad()
        loss(net(x), t).backward()
        opt.step()

    return step


x, t = rng.standard_normal((BATCH, SIZES[0])), rng.integers(0, SIZES[-1], BATCH)
measure("numpy", "iteration", numpy_iteration(x, t))
measure("torch", "iteration", torch_iteration(x, t))
measure("numpy", "activations", numpy_activations())
