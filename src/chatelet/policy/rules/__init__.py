"""Policies as versioned data: what units tighten of what the institution allows, tried before it is published.

`value` and `deciding` are pure, and the same everywhere: turns, the dry run, `chatelet policy test`.
"""
