"""Measurements of the real service, started as an administrator starts it. How and what: bench/README.md."""
