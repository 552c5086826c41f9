"""Calls that fail as on a broken disk."""

from calls import failing as campaign

__all__ = ["campaign"]
