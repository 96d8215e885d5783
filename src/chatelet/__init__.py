"""Châtelet: a sovereign AI assistant that an institution runs itself."""

__version__ = "0.1.0"
