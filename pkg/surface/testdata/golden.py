"""Writes golden.json, the numbers that golden_test.go compares with.

Made with Python 3.11.7, sympy 1.14.0 and mpmath 1.3.0 by `python golden.py`. The
surfaces are typed in their usual forms; sympy differentiates them, and mpmath
evaluates with 40 digits and finds the minima. The axes of the quadratic and the
runs on the online problems follow the definitions alone.
"""
import json
import math
import os

import mpmath as mp
import sympy as sp

mp.mp.dps = 40
x, y = sp.symbols("x y", real=True)
half, tenth, pi = sp.Rational(1, 2), sp.Rational(1, 10), sp.pi

SURFACES = {
    "ravine": x**2 / 20 + y**2,
    "Booth": (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "saddle": x**2 - y**2,
    "Rosenbrock": 100 * (y - x**2) ** 2 + (1 - x) ** 2,
    "Beale": (sp.Rational(3, 2) - x + x * y) ** 2
    + (sp.Rational(9, 4) - x + x * y**2) ** 2
    + (sp.Rational(21, 8) - x + x * y**3) ** 2,
    "Himmelblau": (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "three-hump camel": 2 * x**2 - sp.Rational(105, 100) * x**4 + x**6 / 6 + x * y + y**2,
    "Styblinski–Tang": (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2,
    "Rastrigin": 20 + x**2 - 10 * sp.cos(2 * pi * x) + y**2 - 10 * sp.cos(2 * pi * y),
    "Ackley": -20 * sp.exp(-sp.sqrt((x**2 + y**2) / 2) / 5)
    - sp.exp((sp.cos(2 * pi * x) + sp.cos(2 * pi * y)) / 2)
    + sp.E
    + 20,
}
# where to look for the minima; those of Rastrigin and Ackley are known to be 0
NEAR = {
    "ravine": [(1, 1)],
    "Booth": [(0, 0)],
    "Rosenbrock": [(0.9, 0.9)],
    "Beale": [(2.9, 0.45)],
    "Himmelblau": [(3, 2), (-2.8, 3.1), (-3.8, -3.3), (3.6, -1.8)],
    "three-hump camel": [(0.1, 0.1)],
    "Styblinski–Tang": [(-2.9, -2.9)],
    "Rastrigin": [(0.01, 0.02)],
}
POINTS = [(-7.0, 2.0), (0.3, -1.7), (1.25, 0.4), (-2.9, 3.3), (4.4, 4.9), (1e-6, -2e-6), (17.3, -28.1)]


def newton(parts, start):
    """The root of the gradient, by steps of Newton."""
    m = mp.matrix(start)
    for _ in range(60):
        gx, gy, xx, xy, yy = (p(*m) for p in parts[1:])
        m -= mp.lu_solve(mp.matrix([[xx, xy], [xy, yy]]), mp.matrix([gx, gy]))
    assert mp.norm(mp.matrix([p(*m) for p in parts[1:3]])) < 1e-30
    return m


def surfaces():
    out = {}
    for name, f in SURFACES.items():
        parts = [f, f.diff(x), f.diff(y), f.diff(x, 2), f.diff(x, y), f.diff(y, 2)]
        parts = [sp.lambdify((x, y), p, "mpmath") for p in parts]
        rows = []
        for a, b in POINTS:
            rows.append([a, b] + [float(p(mp.mpf(a), mp.mpf(b))) for p in parts])
        minima = [newton(parts, start) for start in NEAR.get(name, [])]
        out[name] = {
            "at": rows,
            "minima": [[float(mp.chop(v, 1e-30)) for v in m] for m in minima],
            "lowest": [float(mp.chop(parts[0](*m), 1e-30)) for m in minima],
        }
    return out


M128, M64 = 2**128 - 1, 2**64 - 1


class PCG:
    """The PCG-DXSM generator of math/rand/v2."""

    def __init__(self, hi, lo):
        self.state = hi << 64 | lo

    def uint64(self):
        self.state = (self.state * 0x2360ED051FC65DA44385DF649FCCF645 + 0x5851F42D4C957F2D14057B7EF767814F) & M128
        hi, lo = self.state >> 64, self.state & M64
        hi ^= hi >> 32
        hi = hi * 0xDA942042E4DD58B5 & M64
        hi ^= hi >> 48
        return hi * (lo | 1) & M64

    def uniform(self):
        return (self.uint64() >> 11) / 2**53


def gauss(rng):
    while True:
        u = 1 - rng.uniform()
        v = 0.857763884960706796480 * (2 * rng.uniform() - 1)
        z = v / u
        if z * z <= -4 * math.log(u):
            return z


def rotated(eigenvalues, seed):
    """The Hessian Q diag(λ) Qᵀ, with the Q of a QR decomposition whose R has a positive diagonal."""
    n, rng = len(eigenvalues), PCG(seed, 0)
    z = mp.matrix(n, n)
    for k in range(n):
        for i in range(n):
            z[i, k] = gauss(rng)
    q, r = mp.qr(z)
    q = q * mp.diag([mp.sign(r[k, k]) for k in range(n)])
    h = q * mp.diag(eigenvalues) * q.T
    return [float(h[i, j]) for i in range(n) for j in range(n)]


def online(period, first, rest, beta1, beta2, alpha, steps, start, ams):
    """The last x and the regret of Adam without correction, or of AMSGrad."""
    w, m, v, vmax, cost, slope = start, 0.0, 0.0, 0.0, 0.0, 0.0
    for t in range(1, steps + 1):
        g = first if t % period == 1 else rest
        cost += g * w
        slope += g
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        vmax = max(vmax, v)
        w -= alpha / math.sqrt(t) * m / math.sqrt(vmax if ams else v)
        w = max(-1.0, min(1.0, w))
    return [w, cost + abs(slope)]


golden = {
    "surfaces": surfaces(),
    "rotated": {"eigenvalues": [0.1, 2, -3, 30], "seed": 7, "hessian": rotated([mp.mpf("0.1"), 2, -3, 30], 7)},
    "online": {
        "theorem 1, Adam": online(3, 3, -1, 0, 0.1, 0.1, 3000, -1.0, False),
        "theorem 1, AMSGrad": online(3, 3, -1, 0, 0.1, 0.1, 3000, 0.0, True),
        "experiment, Adam": online(101, 1010, -10, 0.9, 0.99, 0.5, 10000, 0.0, False),
        "experiment, AMSGrad": online(101, 1010, -10, 0.9, 0.99, 0.5, 10000, 0.0, True),
    },
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden.json"), "w") as file:
    json.dump(golden, file, ensure_ascii=False, indent=1)
    file.write("\n")
