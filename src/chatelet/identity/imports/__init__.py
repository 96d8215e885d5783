"""Imports of units and of persons from a table (CSV): a report line by line, all or nothing, tried first.

`table` (reading, whatever wrote it) -> `units`, `persons` (checks, then set by set) -> `schemas.ImportReport`.
Owns no table: what it writes belongs to units, persons, memberships and grants, with source `import`.
"""
