"""Writes frameworks.json: what PyTorch, Keras and JAX/Flax do for 50 inputs and 30 units.

Made with Python 3.11.7, torch 2.15.0, keras 3.15.1 (KERAS_BACKEND=jax), jax 0.10.2 and flax 0.12.8 by

    KERAS_BACKEND=jax JAX_ENABLE_X64=1 python frameworks.py

Their own functions run; only the generators at the very bottom are replaced, by ones that note their arguments.
"std" is that of the normal distribution before it is cut at "low" and "high".
"""
import json
import math

import flax.linen as linen
import jax
import jax.numpy as jnp
import keras
import numpy as np
import torch
from jax._src.nn import initializers as jax_initializers
from keras.src.initializers import random_initializers
from torch.nn.init import *  # noqa: F403

IN, OUT = 50, 30
seen = {}


def note(**numbers):
    seen.clear()
    seen.update({k: v if isinstance(v, str) else float(v) for k, v in numbers.items()})


def inspect(w):
    """What a matrix without a generator behind it is; w has a row for each input."""
    w = np.asarray(w, dtype=np.float64)
    singular = np.linalg.svd(w, compute_uv=False)
    zeros = (w == 0).sum(axis=0)
    if (w == w[0, 0]).all():
        note(kind="constant", value=w[0, 0])
    elif (w == w[0, 0] * np.eye(IN, OUT)).all():
        note(kind="identity", gain=w[0, 0])
    elif np.ptp(singular) < 1e-12:
        note(kind="orthogonal", gain=singular.mean())
    elif zeros.min() == zeros.max() > 0:
        note(kind="sparse", zeros=zeros[0], std=seen["std"])
    else:
        raise ValueError(w)


def torch_case(expression):
    w = torch.empty(OUT, IN, dtype=torch.float64)
    seen.clear()
    eval(expression, globals() | {"w": w})
    if not seen or "sparse_" in expression or "orthogonal_" in expression:
        inspect(w.T)


def keras_case(expression):
    seen.clear()
    if expression.startswith("Dense"):
        layer = eval("keras.layers." + expression)
        return layer.kernel_initializer((IN, OUT), dtype="float64")
    w = eval("keras.initializers." + expression)((IN, OUT), dtype="float64")
    if not seen or "Orthogonal" in expression:
        inspect(w)


def jax_case(expression):
    seen.clear()
    if expression.startswith("Dense"):
        w = linen.Dense(OUT, param_dtype=jnp.float64).init(jax.random.key(0), jnp.ones((1, IN)))["params"]["kernel"]
    else:
        w = eval("jax.nn.initializers." + expression)(jax.random.key(0), (IN, OUT), jnp.float64)
    if "kind" not in seen:
        return inspect(w)
    if "rthogonal" in expression:
        return inspect(w)
    scale = float(w[0, 0]) / seen["first"]
    if seen["kind"] == "normal":
        note(kind="normal", mean=0, std=scale)
    elif seen["kind"] == "truncated_normal":
        note(kind="truncated", mean=0, std=scale, low=seen["low"] * scale, high=seen["high"] * scale)
    else:
        note(kind="uniform", low=seen["low"] * scale, high=scale)


CASES = {
    "torch": (torch_case, """
        zeros_(w)
        constant_(w, 0.1)
        uniform_(w, -0.05, 0.05)
        normal_(w, 0, 0.01)
        trunc_normal_(w)
        trunc_normal_(w, 0, 0.05, -0.1, 0.1)
        xavier_normal_(w)
        xavier_uniform_(w)
        xavier_normal_(w, calculate_gain('tanh'))
        kaiming_normal_(w)
        kaiming_uniform_(w)
        kaiming_normal_(w, mode='fan_out')
        kaiming_normal_(w, 0.2)
        kaiming_normal_(w, nonlinearity='linear')
        kaiming_uniform_(w, nonlinearity='linear')
        orthogonal_(w, calculate_gain('relu'))
        sparse_(w.T, 0.9)
        eye_(w)
        torch.nn.Linear(50, 30)"""),
    "keras": (keras_case, """
        Zeros()
        Constant(0.1)
        RandomUniform(-0.05, 0.05)
        RandomNormal(0, 0.01)
        TruncatedNormal(0, 1)
        TruncatedNormal(0, 0.05)
        VarianceScaling(1, 'fan_avg', 'untruncated_normal')
        GlorotUniform()
        GlorotNormal()
        VarianceScaling(2, 'fan_in', 'untruncated_normal')
        HeUniform()
        HeNormal()
        VarianceScaling(2, 'fan_out', 'untruncated_normal')
        VarianceScaling(1, 'fan_in', 'untruncated_normal')
        LecunUniform()
        LecunNormal()
        Orthogonal(2**0.5)
        Identity()
        Dense(30)"""),
    "jax": (jax_case, """
        zeros
        constant(0.1)
        uniform(0.05)
        normal(0.01)
        truncated_normal(1)
        truncated_normal(0.05)
        variance_scaling(1, 'fan_avg', 'normal')
        glorot_uniform()
        glorot_normal()
        variance_scaling(2, 'fan_in', 'normal')
        he_uniform()
        he_normal()
        variance_scaling(2, 'fan_out', 'normal')
        variance_scaling(1, 'fan_in', 'normal')
        lecun_uniform()
        lecun_normal()
        variance_scaling(0.5, 'fan_geo_avg', 'uniform')
        orthogonal(2**0.5)
        Dense(30)"""),
}



class Spy:
    """A module with some functions replaced."""

    def __init__(self, module, **functions):
        self.module = module
        self.__dict__.update(functions)

    def __getattr__(self, name):
        return getattr(self.module, name)


torch_normal, torch_uniform = torch.Tensor.normal_, torch.Tensor.uniform_


def spy_normal(w, mean=0, std=1, **kw):
    note(kind="normal", mean=mean, std=std)
    return torch_normal(w, mean, std, **kw)


def spy_uniform(w, a=0, b=1, **kw):
    if w.ndim == 2:  # not the bias of nn.Linear, whose bounds are the same
        note(kind="uniform", low=a, high=b)
    return torch_uniform(w, a, b, **kw)


torch.Tensor.normal_, torch.Tensor.uniform_ = spy_normal, spy_uniform
torch.nn.init._no_grad_trunc_normal_ = lambda w, mean, std, a, b, generator=None: note(
    kind="truncated", mean=mean, std=std, low=a, high=b)

keras_random = random_initializers.random
random_initializers.random = Spy(
    keras_random,
    normal=lambda shape, mean=0, stddev=1, **kw: note(kind="normal", mean=mean, std=stddev) or keras_random.normal(shape, **kw),
    uniform=lambda shape, minval, maxval, **kw: note(kind="uniform", low=minval, high=maxval),
    # the backends cut at two standard deviations
    truncated_normal=lambda shape, mean, stddev, **kw: note(
        kind="truncated", mean=mean, std=stddev, low=mean - 2 * stddev, high=mean + 2 * stddev))


def jax_spy(kind, low, high):
    """JAX draws from a unit distribution and multiplies: notes the unit one and the first number drawn."""

    def draw(key, *args, **kw):
        z = getattr(jax.random, kind)(key, *args, **kw)
        note(kind=kind, first=z.ravel()[0], low=low(args), high=high(args))
        return z

    return draw


jax_initializers.random = Spy(
    jax.random,
    normal=jax_spy("normal", lambda _: -math.inf, lambda _: math.inf),
    uniform=jax_spy("uniform", lambda args: args[2] if len(args) > 2 else 0, lambda _: 1),
    truncated_normal=jax_spy("truncated_normal", lambda args: args[0], lambda args: args[1]))

out = {}
for name, (run, expressions) in CASES.items():
    out[name] = {}
    for expression in map(str.strip, expressions.strip().splitlines()):
        run(expression)
        out[name][expression] = dict(seen)
out["gain"] = {a: calculate_gain(a) for a in ("linear", "conv2d", "sigmoid", "tanh", "relu", "selu", "leaky_relu")}
out["gain leaky_relu"] = {s: calculate_gain("leaky_relu", float(s)) for s in ("0", "0.01", "0.2", "1", "-0.5")}
assert math.isclose(out["torch"]["torch.nn.Linear(50, 30)"]["high"], 50**-0.5)
with open("frameworks.json", "w") as f:
    json.dump(out, f, indent=1)
    f.write("\n")
