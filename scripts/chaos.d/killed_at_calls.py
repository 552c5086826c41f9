"""The coordinator killed at every call by which something becomes lasting."""

from calls import killed as campaign

__all__ = ["campaign"]
