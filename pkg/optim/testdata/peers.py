"""Prints ns per float64 parameter of one step of other libraries' optimizers: lines `peer<TAB>method<TAB>ns`.

    python peers.py [N [turns]]     N parameters, 10,000,000 without it; 2 threads; best of 5 runs after 2 warm-ups;
                                    with turns it waits for a line of input after each that it prints

Peers: numpy is the style of 밑바닥부터 시작하는 딥러닝 (a dict of arrays, updated in place, one expression a
line); torch is torch.optim as constructed by default; torch-fused is fused=True where it is offered.
Made for torch 2.15.0 and numpy 2.4.6; takes no network.
"""
import os
import sys
import time

os.environ |= {k: "2" for k in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
import numpy as np
import torch

N = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
turns = "turns" in sys.argv
LR = 0.01
torch.set_num_threads(2)


class SGD:
    def update(self, params, grads):
        for key in params.keys():
            params[key] -= LR * grads[key]


class Momentum:
    v = None

    def update(self, params, grads, momentum=0.9):
        if self.v is None:
            self.v = {key: np.zeros_like(val) for key, val in params.items()}
        for key in params.keys():
            self.v[key] = momentum * self.v[key] - LR * grads[key]
            params[key] += self.v[key]


class AdaGrad:
    h = None

    def update(self, params, grads):
        if self.h is None:
            self.h = {key: np.zeros_like(val) for key, val in params.items()}
        for key in params.keys():
            self.h[key] += grads[key] * grads[key]
            params[key] -= LR * grads[key] / (np.sqrt(self.h[key]) + 1e-7)


class RMSProp:
    h = None

    def update(self, params, grads, decay=0.99):
        if self.h is None:
            self.h = {key: np.zeros_like(val) for key, val in params.items()}
        for key in params.keys():
            self.h[key] *= decay
            self.h[key] += (1 - decay) * grads[key] * grads[key]
            params[key] -= LR * grads[key] / (np.sqrt(self.h[key]) + 1e-7)


class Adam:
    m, t = None, 0

    def update(self, params, grads, beta1=0.9, beta2=0.999):
        if self.m is None:
            self.m = {key: np.zeros_like(val) for key, val in params.items()}
            self.v = {key: np.zeros_like(val) for key, val in params.items()}
        self.t += 1
        lr_t = LR * np.sqrt(1 - beta2**self.t) / (1 - beta1**self.t)
        for key in params.keys():
            self.m[key] += (1 - beta1) * (grads[key] - self.m[key])
            self.v[key] += (1 - beta2) * (grads[key] ** 2 - self.v[key])
            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)


class AdamW(Adam):
    def update(self, params, grads, decay=0.01):
        for key in params.keys():
            params[key] -= LR * decay * params[key]
        super().update(params, grads)


def numpy_step(method, w, g):
    params, grads, opt = {"W": w.copy()}, {"W": g}, method()
    return lambda: opt.update(params, grads)


def torch_step(method, w, g, **options):
    p = torch.nn.Parameter(torch.tensor(w))
    p.grad = torch.tensor(g)
    return getattr(torch.optim, method)([p], lr=LR, **options).step


def best(step):
    times = []
    for _ in range(7):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return min(times[2:]) / N * 1e9


rng = np.random.default_rng(1)
w, g = rng.standard_normal(N), rng.standard_normal(N)
TORCH = {"SGD": ("SGD", {}), "Momentum": ("SGD", {"momentum": 0.9}), "AdaGrad": ("Adagrad", {}), "RMSProp": ("RMSprop", {}),
         "Adam": ("Adam", {}), "AdamW": ("AdamW", {})}
for method in (SGD, Momentum, AdaGrad, RMSProp, Adam, AdamW):
    name, options = TORCH[method.__name__]
    steps = {"numpy": lambda: numpy_step(method, w, g), "torch": lambda: torch_step(name, w, g, **options)}
    if name != "RMSprop":  # the one of these that has no fused form
        steps["torch-fused"] = lambda: torch_step(name, w, g, fused=True, **options)
    for peer, make in steps.items():
        print(peer, method.__name__, f"{best(make()):.3f}", sep="\t", flush=True)
        if turns:
            sys.stdin.readline()
