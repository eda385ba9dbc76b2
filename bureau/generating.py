"""Load data: deterministic rows of a kind, as many as asked for, to try the system at a province's size.

An app's ``generators`` module registers functions: ``@generator("verifications")`` on
``def generate(rows, years, seed) -> int``, which returns the number of rows written.
"""

from collections.abc import Callable

Generate = Callable[[int, int, int], int]
generators: dict[str, Generate] = {}


def generator(kind: str) -> Callable[[Generate], Generate]:
    def register(generate: Generate) -> Generate:
        if kind in generators:
            raise ValueError(f"Load data of the kind {kind!r} is registered twice.")
        generators[kind] = generate
        return generate

    return register
