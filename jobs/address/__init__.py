"""Addresses: read, and resolved to discs with the gazetteer, or asked of a service."""

from __future__ import annotations

from .resolve import locate

__all__ = ["locate"]
