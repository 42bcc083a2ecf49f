"""The pictures the networks look at: `pattern` of engine/fixtures/make.py, bytes without any order."""

from array import array
from pathlib import Path


def write(path: Path, side: int, *, signed: bool) -> None:
    """Pixel by pixel as 32-bit floats, from 0 to 1 or, if `signed`, from -1 to 1."""
    values = (((n * 7919 + n // 97 * 104729) % 251) / 255 for n in range(side * side * 3))
    path.write_bytes(array("f", (value * 2 - 1 if signed else value for value in values)).tobytes())
