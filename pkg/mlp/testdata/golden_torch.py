"""Writes torch.json, the training runs that torch_test.go compares with.

Made with Python 3.11.7, NumPy 2.4.0 and PyTorch 2.15.0 by `python
golden_torch.py`: float64, weights copied in, no random numbers.
"""
import gzip
import json
import os

import numpy as np
import torch

here = os.path.dirname(os.path.abspath(__file__))
torch.set_default_dtype(torch.float64)
data = np.loadtxt(gzip.open(os.path.join(here, "../../digits/digits.csv.gz")), delimiter=",")
train = np.arange(len(data)) % 5 != 4
X, Y = torch.from_numpy(data[train, :64] / 16), torch.from_numpy(data[train, 64].astype(int))
SIZES = [64, 23, 17, 10]
STEPS, BATCH = 25, 50


def run(act, module, lr, scale):
    """SGD from p[i] = scale·(37·i mod 101 − 50)/100, layer by layer W (in × out), b.

    Row j of the batch of step t is (31·t + 7·j) mod 1438.
    """
    layers, at = [], 0
    for m, n in zip(SIZES, SIZES[1:]):
        linear = torch.nn.Linear(m, n)
        i = np.arange(at, at + (m + 1) * n)
        p = torch.from_numpy(scale * ((37 * i) % 101 - 50) / 100)
        with torch.no_grad():
            linear.weight.copy_(p[: m * n].reshape(m, n).T)
            linear.bias.copy_(p[m * n :])
        layers += [linear, module]
        at += (m + 1) * n
    net = torch.nn.Sequential(*layers[:-1])
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    losses, params = [], []
    for t in range(STEPS):
        idx = (31 * t + 7 * torch.arange(BATCH)) % len(Y)
        opt.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(X[idx]), Y[idx])
        loss.backward()
        opt.step()
        losses.append(loss.item())
        flat = torch.cat([torch.cat([l.weight.T.flatten(), l.bias]) for l in net if isinstance(l, torch.nn.Linear)])
        params.append(flat[t::101].tolist())
    return {"act": act, "lr": lr, "scale": scale, "losses": losses, "params": params}


json.dump(
    {
        "torch": torch.__version__,
        "sizes": SIZES,
        "batch": BATCH,
        "runs": [
            run("sigmoid", torch.nn.Sigmoid(), 0.5, 1.0),
            run("tanh", torch.nn.Tanh(), 0.1, 0.5),
            run("ReLU", torch.nn.ReLU(), 0.1, 0.5),
            run("leaky ReLU(0.01)", torch.nn.LeakyReLU(), 0.1, 0.5),
            run("GELU", torch.nn.GELU(), 0.5, 1.0),
            run("SiLU", torch.nn.SiLU(), 0.5, 1.0),
        ],
    },
    open(os.path.join(here, "torch.json"), "w"),
)
