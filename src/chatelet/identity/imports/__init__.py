"""Imports of units and of persons from a table (CSV): a report line by line, all or nothing, tried first.

`table` (reading, whatever wrote it) -> `units`, `persons` (checks, then set by set) -> `schemas.ImportReport`.
Tables: `import_units`, `import_persons`, `import_accounts`, empty but within an import. What is written belongs to
units, persons, memberships and grants, with source `import`.
"""
