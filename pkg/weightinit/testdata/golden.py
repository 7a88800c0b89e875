"""Prints the weights that weightinit_test.go compares with, as hexadecimal floats.

Made with Python 3.11.7 by `python golden.py`, from the definitions alone: the
PCG-DXSM generator of math/rand/v2, and the ratio of uniforms.
"""
import math

M128, M64 = 2**128 - 1, 2**64 - 1


class PCG:
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


rng = PCG(1, 2)
print("Normal(0, 1):", [gauss(rng).hex() for _ in range(4)])
rng = PCG(1, 2)
print("Normal(-2, 0.3):", [(-2 + 0.3 * gauss(rng)).hex() for _ in range(4)])
rng = PCG(3, 4)
print("He, fanIn 50:", [(math.sqrt(2 / 50) * gauss(rng)).hex() for _ in range(4)])
