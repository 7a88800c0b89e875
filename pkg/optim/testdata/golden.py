"""Writes golden.json (traces of optimizers) beside itself, and that of package schedule (learning rates).

Made with Python 3.11.7, torch 2.15.0, optax 0.2.8, jax 0.10.2, keras 3.15.1 (jax backend) and numpy 2.4.0,
all in float64:

    python3 -m venv venv
    venv/bin/pip install torch==2.15.0 optax==0.2.8 jax==0.10.2 jaxlib==0.10.2 keras==3.15.1 numpy==2.4.0
    venv/bin/python golden.py
"""
import inspect
import json
import os
import pathlib
import platform
import types
import unittest.mock

os.environ |= {"KERAS_BACKEND": "jax", "JAX_ENABLE_X64": "1", "JAX_PLATFORMS": "cpu"}
import jax
import jax.numpy as jnp
import keras
import numpy as np
import optax
import optax.contrib
import torch

# Where the frameworks would fall back to float32 inside a float64 run:
torch.set_default_dtype(torch.float64)  # NAdam's product of μ, ASGD's η, the count of averages
keras.config.set_floatx("float64")
keras.src.backend.common.dtypes.BIT64_TO_BIT32_DTYPE.clear()  # all results
optax.scale_by_factored_rms.__defaults__ = tuple(  # Adafactor's β2
    (lambda i, c=0.8: 1.0 - jnp.float64(i + 1) ** -c) if callable(d) else d for d in optax.scale_by_factored_rms.__defaults__)
# optax divides an int32 count in float32 too, so its schedules get int64 counts below.
TORCH, OPTAX, KERAS = f"torch {torch.__version__.split('+')[0]}", f"optax {optax.__version__}", f"keras {keras.__version__}"
VERSIONS = f"Python {platform.python_version()}, {TORCH}, {OPTAX}, jax {jax.__version__}, {KERAS}, numpy {np.__version__}; float64"

# Columns at scales 1e-3, 1, 1e2, 0.1 (zero at first and twice more), 1e-6 (where ε shows), 10.
START = [0.7, -1.3, 2.6, 0.45, -0.85, 3.1]
GRADS = [
    [0.0021, 0.83, -112.0, 0.0, 3.1e-6, 12.7],
    [-0.0013, 1.42, 87.5, 0.17, -1.7e-6, 9.4],
    [0.0034, -0.61, 45.2, -0.23, 5.9e-6, -3.3],
    [0.0009, -1.97, -21.7, 0.08, 2.3e-6, 0.0],
    [-0.0028, 0.37, 5.1, 0.0, -8.8e-6, -14.9],
    [0.0017, 2.26, 64.9, 0.31, -4.6e-6, 7.2],
    [0.0041, 1.05, -133.0, -0.12, 1.2e-6, 18.6],
    [-0.0006, -0.44, 3.6, 0.26, 7.4e-6, -1.1],
    [0.0025, -1.18, 29.8, 0.0, 9.7e-6, 2.8],
    [-0.0038, 0.92, -58.3, -0.34, -2.9e-6, -10.3],
    [0.0012, 1.63, 71.4, 0.05, 6.5e-6, 4.9],
    [0.0019, -2.09, 98.6, 0.19, -1.4e-6, -6.6],
]
INDICES = [[0, 1, 2, 3, 4, 5], [1, 4], [0, 2, 5], [], [1, 2, 3], [4], [0, 1, 5], [2, 3, 4], [5], [0, 3], [1, 2, 4, 5], [0, 4]]
VECTOR, MATRIX, TALL, TENSORS, MIXED = [[6]], [[2, 3]], [[3, 2]], [[4], [2]], [[2, 2], [2]]


def split(flat, shapes):
    parts = np.split(np.array(flat), np.cumsum([np.prod(s) for s in shapes])[:-1])
    return [p.reshape(s) for p, s in zip(parts, shapes)]


def flat(tensors):
    return [float(x) for t in tensors for x in np.asarray(t).ravel()]


def case(key, source, options, args, w, shapes=VECTOR, **more):
    args = {k: v for k, v in args.items() if v is not None and isinstance(v, (bool, int, float, str, list, tuple))}
    named = {"lr": args.get("lr", args.get("learning_rate"))} | more
    return {"key": key, "options": ", ".join(f"{k}={v}" for k, v in options.items()), "source": source, "shapes": shapes,
            "args": args} | {k: v for k, v in ({"tol": 1e-12} | named | {"w": w}).items() if v is not None}


# ---- torch.optim ----

MUON = {"tol": 1e-4, "why": "torch runs Newton-Schulz in bfloat16"}
EXACT = {"why": "torch's bfloat16 of Newton-Schulz replaced by float64"}
TORCH_OPTIM = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "dampening": 0.3}, {"momentum": 0.9, "nesterov": True},
            {"weight_decay": 0.1}, {"momentum": 0.9, "nesterov": True, "weight_decay": 0.1},
            {"momentum": 0.9, "dampening": 0.3, "weight_decay": 0.1}, {"momentum": 0.9, "lr_gamma": 0.8},
            {"momentum": 0.9, "nesterov": True, "lr_gamma": 0.8}],
    "Adagrad": [{}, {"lr_decay": 0.1}, {"initial_accumulator_value": 0.1}, {"eps": 0.01}, {"weight_decay": 0.1},
                {"lr_decay": 0.1, "initial_accumulator_value": 0.2, "eps": 1e-3, "weight_decay": 0.05}],
    "Adadelta": [{}, {"rho": 0.95}, {"eps": 1e-3}, {"lr": 0.5, "weight_decay": 0.1}],
    "RMSprop": [{}, {"alpha": 0.9}, {"eps": 0.01}, {"centered": True}, {"momentum": 0.9}, {"momentum": 0.9, "centered": True},
                {"weight_decay": 0.1}, {"momentum": 0.9, "lr_gamma": 0.8}],
    "Adam": [{}, {"lr": 0.01}, {"amsgrad": True}, {"weight_decay": 0.1}, {"eps": 0.01}, {"betas": (0.7, 0.95)},
             {"betas": (0.0, 0.99)}, {"decoupled_weight_decay": True, "weight_decay": 0.1}, {"lr": 0.01, "lr_gamma": 0.8},
             {"lr": 0.02, "betas": (0.8, 0.9), "eps": 1e-4, "weight_decay": 0.1, "amsgrad": True}],
    "AdamW": [{}, {"amsgrad": True}, {"weight_decay": 0.0}, {"lr": 0.01, "weight_decay": 0.3}, {"lr": 0.01, "lr_gamma": 0.8},
              {"lr": 0.02, "betas": (0.8, 0.9), "eps": 1e-4, "amsgrad": True}],
    "Adamax": [{}, {"betas": (0.7, 0.95)}, {"eps": 0.01}, {"weight_decay": 0.1}],
    "NAdam": [{}, {"decoupled_weight_decay": True, "weight_decay": 0.1}, {"weight_decay": 0.1},
              {"momentum_decay": 0.1}, {"momentum_decay": 0.0}, {"betas": (0.7, 0.95), "eps": 1e-4}],
    "RAdam": [{}, {"betas": (0.9, 0.99)}, {"betas": (0.9, 0.5)}, {"eps": 0.01}, {"weight_decay": 0.1},
              {"decoupled_weight_decay": True, "weight_decay": 0.1}],
    "Rprop": [{}, {"etas": (0.7, 1.5)}, {"step_sizes": (0.004, 0.013)}],
    "ASGD": [{}, {"t0": 4}, {"t0": 4, "lambd": 0.1}, {"t0": 2, "lambd": 0.1, "alpha": 0.5, "weight_decay": 0.1}],
    "Adafactor": [{"shapes": MATRIX}, {"shapes": TALL}, {}, {"shapes": TENSORS}, {"shapes": MATRIX, "lr": 0.5}, {"lr": 0.5},
                  {"shapes": MATRIX, "lr": 0.5, "beta2_decay": -0.5, "weight_decay": 0.1}, {"shapes": MATRIX, "lr": 0.5, "d": 1.2},
                  {"shapes": MATRIX, "lr": 0.5, "eps": (2.0, 2.5)}, {"lr": 0.5, "eps": (1e-4, 1.5)}],
    "SparseAdam": [{}, {"lr": 0.01, "betas": (0.7, 0.95), "eps": 1e-4}],
    "Muon": [why | {"shapes": s} for why in (MUON, EXACT) for s in (MATRIX, TALL)] + [EXACT | {"shapes": TALL, "lr": 0.02} | o for o in (
        {}, {"weight_decay": 0.0}, {"nesterov": False}, {"adjust_lr_fn": "match_rms_adamw"}, {"shapes": MATRIX, "adjust_lr_fn": "spectral_unclamped"},
        {"momentum": 0.8, "ns_steps": 3})],
}


def torch_cases():
    for name, variants in TORCH_OPTIM.items():
        for v in variants:
            yield torch_case(f"torch.optim.{name}", getattr(torch.optim, name), **v)
    sgd = lambda p: torch.optim.SGD(p, lr=0.01)
    utils = torch.nn.utils
    for m in (5.0, 60.0, 1e3):
        yield torch_case("torch.nn.utils.clip_grad_value_", sgd, clip=utils.clip_grad_value_, clip_value=m)
    for o in ({"max_norm": 5.0}, {"max_norm": 60.0}, {"max_norm": 60.0, "norm_type": 1.0}, {"max_norm": 60.0, "norm_type": float("inf")}):
        yield torch_case("torch.nn.utils.clip_grad_norm_", sgd, clip=utils.clip_grad_norm_, **o)
    average = torch.optim.swa_utils
    momentum = lambda p: torch.optim.SGD(p, lr=0.01, momentum=0.9)
    for key, o in (("get_swa_multi_avg_fn", {}), ("get_ema_multi_avg_fn", {"decay": 0.9})):
        yield torch_case(f"torch.optim.swa_utils.{key}", momentum, average=getattr(average, key)(**o), **o)


def torch_case(key, make, shapes=VECTOR, tol=1e-12, why=None, clip=None, average=None, **options):
    gamma = options.get("lr_gamma")
    params = torch.nn.ParameterList([torch.tensor(x) for x in split(START, shapes)])
    keep = {k: v for k, v in options.items() if k != "lr_gamma"}
    opt = make(params.parameters()) if clip or average else make(params.parameters(), **keep)
    mean = average and torch.optim.swa_utils.AveragedModel(params, multi_avg_fn=average)
    w, averages = [], []
    for step, (grad, index) in enumerate(zip(GRADS, INDICES)):
        for p, g in zip(params, split(grad, shapes)):
            p.grad = torch.tensor(g)
            if key.endswith("SparseAdam"):
                p.grad = torch.sparse_coo_tensor([index], p.grad[index], p.shape, check_invariants=True)
        if clip:
            clip(params.parameters(), **options)
        with unittest.mock.patch.object(torch, "bfloat16", torch.float64 if why == EXACT["why"] else torch.bfloat16):
            opt.step()
        if gamma:
            opt.param_groups[0]["lr"] *= gamma
        w.append(flat(p.detach() for p in params))
        if average:
            mean.update_parameters(params)
            averages.append(flat(p.detach() for p in mean.module))
        if key.endswith("ASGD"):
            averages.append(flat(opt.state[p]["ax"] for p in params))
    args = {k: v for k, v in opt.defaults.items() if v is not None and k not in ("foreach", "maximize", "capturable", "differentiable", "fused")}
    if args.get("eps") == (None, 1e-3):
        args["eps"] = (torch.finfo(torch.float64).eps, 1e-3)
    args |= {k: str(v) if v == float("inf") else v for k, v in options.items()}
    return case(key, TORCH, options, args, w, shapes, tol=tol, why=why,
                average=averages or None, indices=INDICES if key.endswith("SparseAdam") else None)


# ---- optax ----

F64 = jnp.float64
OPTAX_OPTIM = {
    "sgd": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"momentum": 0.9, "lr_gamma": 0.8}],
    "sign_sgd": [{}],
    "adagrad": [{}, {"initial_accumulator_value": 0.0}, {"eps": 0.01}],
    "adadelta": [{"learning_rate": 1.0}, {"learning_rate": 1.0, "rho": 0.95, "eps": 1e-3}, {"learning_rate": 0.5, "weight_decay": 0.1}],
    "rmsprop": [{}, {"eps_in_sqrt": False}, {"eps": 0.01}, {"eps": 0.01, "eps_in_sqrt": False}, {"decay": 0.99}, {"centered": True},
                {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"momentum": 0.9, "lr_gamma": 0.8}, {"bias_correction": True},
                {"initial_scale": 0.5}, {"centered": True, "momentum": 0.9, "eps_in_sqrt": False}, {"momentum": 0.9, "nesterov": True, "bias_correction": True}],
    "adam": [{}, {"eps_root": 1e-6}, {"eps": 0.01}, {"b1": 0.7, "b2": 0.95}, {"b1": 0.0}, {"nesterov": True}, {"lr_gamma": 0.8}],
    "adamw": [{}, {"weight_decay": 0.1}, {"weight_decay": 0.1, "nesterov": True}, {"weight_decay": 0.1, "lr_gamma": 0.8}],
    "adamax": [{}, {"b1": 0.7, "b2": 0.95, "eps": 0.01}],
    "adamaxw": [{"weight_decay": 0.1}],
    "amsgrad": [{}, {"b2": 0.9}, {"b2": 0.9, "bias_correction_nu": False}, {"b2": 0.9, "bias_correction_mu": False, "bias_correction_nu": False}],
    "nadam": [{}, {"b1": 0.7, "b2": 0.95, "eps": 1e-4}],
    "nadamw": [{"weight_decay": 0.1}],
    "radam": [{}, {"b2": 0.99}, {"threshold": 4.0}, {"b2": 0.99, "eps": 0.01}, {"b2": 0.99, "nesterov": True}],
    "lion": [{}, {"b1": 0.7, "b2": 0.95, "weight_decay": 0.1}],
    "adabelief": [{}, {"eps": 1e-8, "eps_root": 1e-8}, {"b1": 0.7, "b2": 0.95, "eps": 1e-3}, {"nesterov": True}],
    "yogi": [{}, {"b1": 0.7, "b2": 0.95, "eps": 0.1}],
    "lars": [{"shapes": s} | o for s in (VECTOR, TENSORS) for o in (
        {"learning_rate": 0.5}, {"learning_rate": 0.5, "weight_decay": 0.1, "trust_coefficient": 0.02},
        {"learning_rate": 0.5, "trust_coefficient": 0.02, "momentum": 0.8, "nesterov": True, "eps": 0.1})],
    "lamb": [{"shapes": TENSORS} | o for o in ({}, {"weight_decay": 0.1}, {"b1": 0.7, "b2": 0.95, "eps": 1e-3, "eps_root": 1e-6})] + [{}],
    "adafactor": [{}, {"learning_rate": 0.1}] + [{"shapes": MATRIX, "min_dim_size_to_factor": 1} | o for o in (
        {}, {"learning_rate": 0.1}, {"learning_rate": 0.1, "multiply_by_parameter_scale": False}, {"learning_rate": 0.1, "clipping_threshold": None},
        {"learning_rate": 0.1, "clipping_threshold": 0.5}, {"learning_rate": 0.1, "decay_rate": 0.5}, {"learning_rate": 0.1, "momentum": 0.9},
        {"learning_rate": 0.1, "weight_decay_rate": 0.01}, {"learning_rate": 0.1, "eps": 1e-4}, {"learning_rate": 0.1, "factored": False},
        {"learning_rate": 0.1, "shapes": TALL})],
    "contrib.muon": [{"shapes": s} for s in (MATRIX, TALL, MIXED)] + [{"shapes": TALL, "learning_rate": 0.05} | o for o in (
        {"nesterov": False}, {"consistent_rms": 0.2}, {"adaptive": True}, {"weight_decay": 0.1}, {"beta": 0.8, "ns_steps": 3}, {"ns_coeffs": (2.0, -1.5, 0.5)})],
}
OPTAX_FIRST = {  # a transformation in front of sgd(0.01)
    "clip": [{"max_delta": 5.0}, {"max_delta": 1e3}],
    "clip_by_global_norm": [{"max_norm": 5.0, "shapes": TENSORS}, {"max_norm": 60.0, "shapes": TENSORS}],
    "clip_by_block_rms": [{"threshold": 5.0, "shapes": TENSORS}, {"threshold": 30.0, "shapes": TENSORS}],
    "ema": [{"decay": 0.9}, {"decay": 0.9, "debias": False}],
    "add_decayed_weights": [{"weight_decay": 0.1}],
}
OPTAX_AROUND = {  # a wrapper around adam(0.01)
    "MultiSteps": [{"every_k_schedule": 3}, {"every_k_schedule": 3, "use_grad_mean": False}],
    "lookahead": [{"sync_period": 5, "slow_step_size": 0.5}, {"sync_period": 3, "slow_step_size": 0.8, "reset_state": True},
                  {"sync_period": 1, "slow_step_size": 1.0}],
}


def optax_cases():
    for name, variants in OPTAX_OPTIM.items():
        make = optax.contrib.muon if name == "contrib.muon" else getattr(optax, name)
        for v in variants:
            v = ({} if name == "adafactor" else {"learning_rate": 0.01}) | v
            yield optax_case(f"optax.{name}", make, **v)
    for name, variants in OPTAX_FIRST.items():
        for v in variants:
            yield optax_case(f"optax.{name}", getattr(optax, name), lambda t: optax.chain(t, optax.sgd(0.01)), **v)
    for name, variants in OPTAX_AROUND.items():
        for v in variants:
            make = lambda name=name, **o: getattr(optax, name)(optax.adam(0.01), **o)
            yield optax_case(f"optax.{name}", make, **v)


def optax_case(key, make, wrap=lambda t: t, shapes=VECTOR, **options):
    signature = {k: p.default for k, p in inspect.signature(make).parameters.items() if p.default is not p.empty}
    for k in ("dtype_momentum", "accumulator_dtype"):
        if k in signature:
            signature[k] = None
    keep = {k: v for k, v in options.items() if k != "lr_gamma"}
    if "lr_gamma" in options:
        keep["learning_rate"] = lambda i: options["learning_rate"] * options["lr_gamma"] ** jnp.int64(i)
    if key == "optax.adafactor":
        keep["dtype_momentum"] = F64
    if key == "optax.MultiSteps":
        keep["accumulator_dtype"] = F64
    opt = wrap(make(**keep))
    params = [jnp.asarray(x) for x in split(START, shapes)]
    lookahead = key == "optax.lookahead"
    if lookahead:
        params = optax.LookaheadParams.init_synced(params)
    state, w, averages = opt.init(params), [], []
    for grad in GRADS:
        updates, state = opt.update([jnp.asarray(g) for g in split(grad, shapes)], state, params)
        params = optax.apply_updates(params, updates)
        w.append(flat(params.fast if lookahead else params))
        if lookahead:
            averages.append(flat(params.slow))
    inner = {} if "learning_rate" in options or key == "optax.adafactor" else {"lr": 0.01}
    return case(key, OPTAX, {k: v for k, v in options.items() if k != "learning_rate" or v != 0.01}, signature | inner | options, w, shapes,
                average=averages or None)


# ---- keras.optimizers ----

KERAS_OPTIM = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"weight_decay": 0.1}, {"momentum": 0.9, "weight_decay": 0.1},
            {"momentum": 0.9, "lr_gamma": 0.8}, {"momentum": 0.9, "nesterov": True, "lr_gamma": 0.8},
            {"clipvalue": 5.0}, {"clipnorm": 5.0, "shapes": TENSORS}, {"clipnorm": 30.0, "shapes": TENSORS}, {"global_clipnorm": 5.0, "shapes": TENSORS},
            {"global_clipnorm": 60.0, "shapes": TENSORS}, {"gradient_accumulation_steps": 3}, {"use_ema": True},
            {"momentum": 0.9, "use_ema": True, "ema_momentum": 0.9}, {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 4}],
    "Adagrad": [{}, {"initial_accumulator_value": 0.0}, {"epsilon": 0.01, "weight_decay": 0.1}],
    "Adadelta": [{}, {"learning_rate": 1.0}, {"learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-3, "weight_decay": 0.1}],
    "RMSprop": [{}, {"rho": 0.99}, {"epsilon": 0.01}, {"centered": True}, {"momentum": 0.9}, {"momentum": 0.9, "centered": True}, {"weight_decay": 0.1},
                {"momentum": 0.9, "lr_gamma": 0.8}],
    "Adam": [{}, {"amsgrad": True}, {"epsilon": 0.01}, {"beta_1": 0.7, "beta_2": 0.95}, {"weight_decay": 0.1}, {"lr_gamma": 0.8},
             {"beta_2": 0.9, "amsgrad": True}, {"gradient_accumulation_steps": 3}],
    "AdamW": [{}, {"learning_rate": 0.01, "weight_decay": 0.3, "amsgrad": True}, {"learning_rate": 0.01, "lr_gamma": 0.8}],
    "Adamax": [{}, {"beta_1": 0.7, "beta_2": 0.95, "epsilon": 0.01}],
    "Nadam": [{}, {"learning_rate": 0.01, "beta_1": 0.7, "beta_2": 0.95, "epsilon": 1e-4}, {"weight_decay": 0.1}],
    "Lion": [{}, {"learning_rate": 0.01, "beta_1": 0.7, "beta_2": 0.95, "weight_decay": 0.1}],
    "Lamb": [{"shapes": TENSORS}, {}, {"shapes": TENSORS, "learning_rate": 0.05, "weight_decay": 0.1}, {"shapes": TENSORS, "learning_rate": 0.05, "beta_1": 0.7, "epsilon": 1e-3}],
    "Adafactor": [{"shapes": s} for s in (MATRIX, TALL, VECTOR)] + [{"shapes": MATRIX, "learning_rate": 0.5} | o for o in (
        {}, {"relative_step": False}, {"beta_2_decay": -0.5}, {"clip_threshold": 0.5}, {"epsilon_1": 1e-4, "epsilon_2": 1.5}, {"weight_decay": 0.1})],
    "Muon": [{"shapes": s} for s in (MATRIX, TALL, MIXED)] + [{"shapes": TALL, "learning_rate": 0.05} | o for o in (
        {}, {"nesterov": False}, {"rms_rate": None}, {"weight_decay": 0.1}, {"momentum": 0.8, "ns_steps": 3})],
}


def keras_cases():
    for name, variants in KERAS_OPTIM.items():
        for v in variants:
            yield keras_case(f"keras.optimizers.{name}", getattr(keras.optimizers, name), **v)


def keras_case(key, make, shapes=VECTOR, **options):
    keep = {k: v for k, v in options.items() if k != "lr_gamma"}
    rate = make(**keep).get_config()["learning_rate"]
    rate = options.get("learning_rate", round(rate, 9))
    if "lr_gamma" in options:
        keep["learning_rate"] = keras.optimizers.schedules.ExponentialDecay(rate, 1, options["lr_gamma"])
    opt = make(**keep)
    params = [keras.Variable(x, name=f"w{i}") for i, x in enumerate(split(START, shapes))]
    opt.build(params)
    w, averages = [], []
    for grad in GRADS:
        opt.apply([jnp.asarray(g) for g in split(grad, shapes)])
        w.append(flat(p.value for p in params))
        if opt.use_ema:
            averages.append(flat(p.value for p in opt._model_variables_moving_average))
    args = {k: v for k, v in opt.get_config().items() if k not in ("name", "learning_rate") and (opt.use_ema or "ema" not in k)}
    return case(key, KERAS, options, {"learning_rate": rate} | args | options, w, shapes, average=averages or None)


# ---- schedules ----

N = 70
PLATEAU = [5.0, 4.0, 4.0, 4.00003, 3.9999, 3.9998, 3.9, 4.1, 4.2, 4.0, 3.9, 3.95, 3.85, 3.8501, 3.84995] + [3.85] * 25 + [3.0, 2.0] + [2.5 + 0.01 * (i % 3) for i in range(28)]


def torch_schedules():
    s = torch.optim.lr_scheduler
    plain = [
        (1.0, "ConstantLR", {}), (0.3, "ConstantLR", {"factor": 0.5, "total_iters": 9}),
        (0.3, "StepLR", {"step_size": 10}), (0.3, "StepLR", {"step_size": 7, "gamma": 0.6}),
        (0.3, "MultiStepLR", {"milestones": [5, 12, 12, 40]}), (0.3, "MultiStepLR", {"milestones": [1, 30], "gamma": 0.5}),
        (0.3, "ExponentialLR", {"gamma": 0.93}),
        (0.3, "PolynomialLR", {}), (0.3, "PolynomialLR", {"total_iters": 50, "power": 2.5}),
        (0.3, "LinearLR", {}), (0.3, "LinearLR", {"start_factor": 0.1, "end_factor": 0.7, "total_iters": 40}),
        (0.3, "CosineAnnealingLR", {"T_max": 50}), (0.3, "CosineAnnealingLR", {"T_max": 30, "eta_min": 0.01}),
        (0.3, "CosineAnnealingWarmRestarts", {"T_0": 15}), (0.3, "CosineAnnealingWarmRestarts", {"T_0": 7, "T_mult": 2, "eta_min": 0.01}),
        (0.3, "OneCycleLR", {"max_lr": 0.3, "total_steps": N}), (0.3, "OneCycleLR", {"max_lr": 0.3, "total_steps": N, "three_phase": True}),
        (0.3, "OneCycleLR", {"max_lr": 0.3, "total_steps": N, "anneal_strategy": "linear", "pct_start": 0.4, "div_factor": 10.0, "final_div_factor": 100.0,
                             "base_momentum": 0.8, "max_momentum": 0.9}),
        (0.3, "OneCycleLR", {"max_lr": 0.3, "total_steps": N, "anneal_strategy": "linear", "three_phase": True}),
        (0.1, "CyclicLR", {"base_lr": 0.1, "max_lr": 0.5, "step_size_up": 8}),
        (0.1, "CyclicLR", {"base_lr": 0.1, "max_lr": 0.5, "step_size_up": 8, "step_size_down": 5, "mode": "triangular2"}),
        (0.1, "CyclicLR", {"base_lr": 0.1, "max_lr": 0.5, "step_size_up": 6, "mode": "exp_range", "gamma": 0.97}),
    ]
    built = [
        ("LambdaLR", {"lr_lambda": "1 / (1 + 0.1 i)"}, lambda o: s.LambdaLR(o, lambda i: 1 / (1 + 0.1 * i))),
        ("MultiplicativeLR", {"lr_lambda": "1 - 1 / (i + 2)"}, lambda o: s.MultiplicativeLR(o, lambda i: 1 - 1 / (i + 2))),
        ("SequentialLR", {"schedulers": [{"LinearLR": {"start_factor": 0.1, "total_iters": 10}}, {"CosineAnnealingLR": {"T_max": 60}}], "milestones": [10]},
         lambda o: s.SequentialLR(o, [s.LinearLR(o, 0.1, total_iters=10), s.CosineAnnealingLR(o, 60)], [10])),
        ("SequentialLR", {"schedulers": [{"ConstantLR": {"factor": 0.1, "total_iters": 8}}, {"ExponentialLR": {"gamma": 0.9}}, {"StepLR": {"step_size": 5}}], "milestones": [8, 30]},
         lambda o: s.SequentialLR(o, [s.ConstantLR(o, 0.1, 8), s.ExponentialLR(o, 0.9), s.StepLR(o, 5)], [8, 30])),
        ("ChainedScheduler", {"schedulers": [{"ConstantLR": {"factor": 0.1, "total_iters": 8}}, {"ExponentialLR": {"gamma": 0.95}}]},
         lambda o: s.ChainedScheduler([s.ConstantLR(o, 0.1, 8), s.ExponentialLR(o, 0.95)], o)),
        ("SWALR", {"swa_lr": 0.05}, lambda o: torch.optim.swa_utils.SWALR(o, swa_lr=0.05)),
        ("SWALR", {"swa_lr": 0.05, "anneal_epochs": 20, "anneal_strategy": "linear"},
         lambda o: torch.optim.swa_utils.SWALR(o, swa_lr=0.05, anneal_epochs=20, anneal_strategy="linear")),
    ] + [("ReduceLROnPlateau", a, lambda o, a=a: s.ReduceLROnPlateau(o, **a)) for a in (
        {"patience": 2}, {"patience": 2, "cooldown": 2, "factor": 0.5}, {"patience": 1, "threshold": 0.01, "threshold_mode": "abs", "min_lr": 0.002},
        {"patience": 3, "mode": "max", "factor": 0.5}, {"patience": 0, "factor": 0.2, "eps": 1e-3})]
    for lr, name, args, make in [(lr, n, a, lambda o, n=n, a=a: getattr(s, n)(o, **a)) for lr, n, a in plain] + [(0.3, *b) for b in built]:
        opt = torch.optim.SGD([torch.zeros(1)], lr=lr, momentum=0.9)
        scheduler = make(opt)
        defaults = {k: p.default for k, p in inspect.signature(type(scheduler)).parameters.items() if p.default is not p.empty and k != "last_epoch"}
        plateau, rates, momenta = name == "ReduceLROnPlateau", [], []
        for i in range(N):
            rates.append(float(opt.param_groups[0]["lr"]))
            momenta.append(opt.param_groups[0]["momentum"])
            opt.step()
            if i + 1 < N:
                scheduler.step(PLATEAU[i]) if plateau else scheduler.step()
        cycles = {"momenta": momenta} if name in ("OneCycleLR", "CyclicLR") else {}
        yield schedule(f"torch.{name}", TORCH, {"lr": lr} | defaults | args, rates, **cycles, **({"metrics": PLATEAU} if plateau else {}))


def schedule(key, source, args, rates, **more):
    return {"key": key, "source": source, "args": {k: v for k, v in args.items() if v is not None}} | more | {"rates": rates}


def optax_schedules():
    cosine = {"init_value": 0.1, "peak_value": 0.3, "warmup_steps": 5, "decay_steps": 25, "end_value": 0.02}
    for name, args in [
        ("constant_schedule", {"value": 0.3}),
        ("exponential_decay", {"init_value": 0.3, "transition_steps": 10, "decay_rate": 0.5}),
        ("exponential_decay", {"init_value": 0.3, "transition_steps": 10, "decay_rate": 0.5, "staircase": True}),
        ("exponential_decay", {"init_value": 0.3, "transition_steps": 10, "decay_rate": 0.5, "transition_begin": 12, "end_value": 0.05}),
        ("exponential_decay", {"init_value": 0.3, "transition_steps": 10, "decay_rate": 1.5, "end_value": 2.0}),
        ("piecewise_constant_schedule", {"init_value": 0.3, "boundaries_and_scales": {5: 0.5, 20: 0.1, 40: 3.0}}),
        ("piecewise_interpolate_schedule", {"interpolate_type": "linear", "init_value": 0.3, "boundaries_and_scales": {5: 0.5, 20: 0.1, 40: 3.0}}),
        ("piecewise_interpolate_schedule", {"interpolate_type": "cosine", "init_value": 0.3, "boundaries_and_scales": {5: 0.5, 20: 0.1, 40: 3.0}}),
        ("polynomial_schedule", {"init_value": 0.3, "end_value": 0.02, "power": 2.5, "transition_steps": 40}),
        ("polynomial_schedule", {"init_value": 0.3, "end_value": 0.02, "power": 0.5, "transition_steps": 40, "transition_begin": 9}),
        ("linear_schedule", {"init_value": 0.3, "end_value": 0.02, "transition_steps": 40}),
        ("linear_schedule", {"init_value": 0.0, "end_value": 0.3, "transition_steps": 40, "transition_begin": 9}),
        ("cosine_decay_schedule", {"init_value": 0.3, "decay_steps": 50}),
        ("cosine_decay_schedule", {"init_value": 0.3, "decay_steps": 50, "alpha": 0.1, "exponent": 1.7}),
        ("warmup_constant_schedule", {"init_value": 0.0, "peak_value": 0.3, "warmup_steps": 12}),
        ("warmup_cosine_decay_schedule", {"init_value": 0.0, "peak_value": 0.3, "warmup_steps": 10, "decay_steps": 60}),
        ("warmup_cosine_decay_schedule", {"init_value": 0.1, "peak_value": 0.3, "warmup_steps": 10, "decay_steps": 60, "end_value": 0.02, "exponent": 1.7}),
        ("warmup_exponential_decay_schedule", {"init_value": 0.0, "peak_value": 0.3, "warmup_steps": 10, "transition_steps": 8, "decay_rate": 0.7}),
        ("sgdr_schedule", {"cosine_kwargs": [cosine, cosine | {"peak_value": 0.2, "decay_steps": 40, "init_value": 0.02}]}),
        ("cosine_onecycle_schedule", {"transition_steps": 60, "peak_value": 0.3}),
        ("cosine_onecycle_schedule", {"transition_steps": 60, "peak_value": 0.3, "pct_start": 0.42, "div_factor": 10.0, "final_div_factor": 100.0}),
        ("linear_onecycle_schedule", {"transition_steps": 60, "peak_value": 0.3}),
        ("linear_onecycle_schedule", {"transition_steps": 60, "peak_value": 0.3, "pct_start": 0.42, "pct_final": 0.77, "div_factor": 10.0, "final_div_factor": 100.0}),
    ]:
        make = getattr(optax, name)
        f = make(**args)
        defaults = {k: p.default for k, p in inspect.signature(make).parameters.items() if p.default is not p.empty}
        yield schedule(f"optax.{name}", OPTAX, defaults | args, [float(f(jnp.int64(i))) for i in range(N)])
    f = optax.join_schedules([optax.linear_schedule(0.0, 0.3, 10), optax.constant_schedule(0.2), optax.exponential_decay(0.3, 10, 0.5)], [10, 25])
    yield schedule("optax.join_schedules", OPTAX, {"schedules": [{"linear_schedule": {"init_value": 0.0, "end_value": 0.3, "transition_steps": 10}}, {"constant_schedule": {"value": 0.2}},
                   {"exponential_decay": {"init_value": 0.3, "transition_steps": 10, "decay_rate": 0.5}}], "boundaries": [10, 25]}, [float(f(jnp.int64(i))) for i in range(N)])
    for args in ({"patience": 2}, {"patience": 2, "cooldown": 2, "factor": 0.5}, {"patience": 1, "rtol": 0.0, "atol": 0.01, "min_scale": 0.01},
                 {"patience": 2, "accumulation_size": 2}):
        t = optax.contrib.reduce_on_plateau(**args)
        state, rates = t.init(jnp.zeros(1)), []
        for metric in PLATEAU:
            rates.append(0.3 * float(state.scale))
            _, state = t.update(jnp.zeros(1), state, value=jnp.float64(metric))
        defaults = {k: p.default for k, p in inspect.signature(optax.contrib.reduce_on_plateau).parameters.items()}
        yield schedule("optax.contrib.reduce_on_plateau", OPTAX, {"lr": 0.3} | defaults | args, rates, metrics=PLATEAU)


def keras_schedules():
    for name, args in [
        ("ExponentialDecay", {"initial_learning_rate": 0.3, "decay_steps": 10, "decay_rate": 0.5}),
        ("ExponentialDecay", {"initial_learning_rate": 0.3, "decay_steps": 10, "decay_rate": 0.5, "staircase": True}),
        ("PiecewiseConstantDecay", {"boundaries": [5, 20, 40], "values": [0.3, 0.15, 0.4, 0.01]}),
        ("InverseTimeDecay", {"initial_learning_rate": 0.3, "decay_steps": 10, "decay_rate": 0.5}),
        ("InverseTimeDecay", {"initial_learning_rate": 0.3, "decay_steps": 10, "decay_rate": 0.5, "staircase": True}),
        ("PolynomialDecay", {"initial_learning_rate": 0.3, "decay_steps": 40}),
        ("PolynomialDecay", {"initial_learning_rate": 0.3, "decay_steps": 40, "end_learning_rate": 0.02, "power": 2.5}),
        ("PolynomialDecay", {"initial_learning_rate": 0.3, "decay_steps": 15, "end_learning_rate": 0.02, "power": 0.5, "cycle": True}),
        ("CosineDecay", {"initial_learning_rate": 0.3, "decay_steps": 50}),
        ("CosineDecay", {"initial_learning_rate": 0.3, "decay_steps": 50, "alpha": 0.1}),
        ("CosineDecay", {"initial_learning_rate": 0.1, "decay_steps": 40, "alpha": 0.1, "warmup_target": 0.3, "warmup_steps": 10}),
        ("CosineDecayRestarts", {"initial_learning_rate": 0.3, "first_decay_steps": 9}),
        ("CosineDecayRestarts", {"initial_learning_rate": 0.3, "first_decay_steps": 12, "t_mul": 1.0, "m_mul": 0.8, "alpha": 0.05}),
        ("CosineDecayRestarts", {"initial_learning_rate": 0.3, "first_decay_steps": 10, "t_mul": 1.5, "m_mul": 0.7}),
    ]:
        f = getattr(keras.optimizers.schedules, name)(**args)
        yield schedule(f"keras.{name}", KERAS, {k: v for k, v in f.get_config().items() if k != "name"} | args, [float(f(i)) for i in range(N)])
    for args in ({"patience": 2}, {"patience": 2, "cooldown": 2, "factor": 0.5}, {"patience": 1, "min_delta": 0.01, "min_lr": 0.002}, {"patience": 3, "mode": "max", "factor": 0.5}):
        callback, opt, rates = keras.callbacks.ReduceLROnPlateau("loss", **args), keras.optimizers.SGD(0.3), []
        callback.set_model(types.SimpleNamespace(optimizer=opt))
        callback.on_train_begin()
        for i, metric in enumerate(PLATEAU):
            rates.append(float(opt.learning_rate))
            callback.on_epoch_end(i, {"loss": metric})
        defaults = {k: p.default for k, p in inspect.signature(keras.callbacks.ReduceLROnPlateau).parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD and k not in ("monitor", "verbose")}
        yield schedule("keras.callbacks.ReduceLROnPlateau", KERAS, {"lr": 0.3} | defaults | args, rates, metrics=PLATEAU)


def write(name, head, cases):
    lines = [json.dumps(k) + ": " + json.dumps(v, ensure_ascii=False) for k, v in head.items()]
    lines.append('"cases": [\n' + ",\n".join(json.dumps(c, ensure_ascii=False, allow_nan=False) for c in cases) + "\n]")
    (pathlib.Path(__file__).parent / name).write_text("{" + ",\n".join(lines) + "}\n")


if __name__ == "__main__":
    write("golden.json", {
        "about": f"Made by golden.py with {VERSIONS}. w[t] are the parameters after step t, average[t] what a method averages (ASGD's ax, SWA, EMA) "
                 "or Lookahead's slow weights. Parameters are one flat vector, row by row, of tensors with these shapes. lr_gamma: the rate of step t is lr·lr_gamma^(t-1). "
                 "Clipping and averages are around SGD(0.01), torch's averages around SGD(0.01, momentum 0.9), optax's MultiSteps and lookahead around adam(0.01). "
                 "Numbers that a framework keeps in float32 even then were made float64: see golden.py.",
        "start": START, "grads": GRADS}, [*torch_cases(), *optax_cases(), *keras_cases()])
    write("../schedule/testdata/golden.json", {
        "about": f"Made by golden.py with {VERSIONS}. rates[i] is the learning rate of the update that i updates went before; where there are metrics, metrics[i] is reported after it.",
    }, [*torch_schedules(), *optax_schedules(), *keras_schedules()])
