"""Prints ns that matplotlib needs for figures that peers_test.go times: lines `workload<TAB>ns`.

    python peers.py

trajectory is contour lines of x²/20 + y² with the path of SGD(η=0.95) at 1280 pixels, histograms five of 100,000
sigmoid activations; both drawn and encoded as PNG, least of 7 after one. import is what a first cell pays once.
Made for matplotlib 3.10.7; takes no network.
"""
import io
import time

start = time.perf_counter()
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

print("import", round(1e9 * (time.perf_counter() - start)), sep="\t")


def trajectory():
    path = [(-7 * 0.905**t, 2 * (-0.9) ** t) for t in range(31)]
    x, y = np.meshgrid(np.linspace(-10, 10, 200), np.linspace(-5, 5, 100))
    fig, ax = plt.subplots(figsize=(6.4, 4.8), dpi=200)
    ax.clabel(ax.contour(x, y, x**2 / 20 + y**2, levels=[0.5, 1, 2, 5, 10, 20]))
    ax.plot(*zip(*path), "o-", label="SGD(η=0.95)")
    ax.plot(0, 0, "*", label="minimum")
    ax.set(xlabel="x", ylabel="y", title="f(x, y) = x²/20 + y²")
    ax.legend()
    return fig


def histograms():
    fig, axes = plt.subplots(5, 1, figsize=(6.4, 6), dpi=200, sharex=True)
    for i, (ax, a) in enumerate(zip(axes, activations)):
        ax.hist(a, 40, range=(0, 1))
        ax.set_ylabel(f"layer {i + 1}")
    axes[-1].set_xlabel("activation")
    return fig


activations = 1 / (1 + np.exp(-5 * np.random.default_rng(1).standard_normal((5, 100_000))))
for draw in trajectory, histograms:
    times = []
    for _ in range(8):
        start = time.perf_counter()
        fig = draw()
        fig.savefig(io.BytesIO(), format="png")
        plt.close(fig)
        times.append(time.perf_counter() - start)
    print(draw.__name__, round(1e9 * min(times[1:])), sep="\t")
