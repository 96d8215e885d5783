"""Units: the tree of the institution (ministry > directorate > service), who belongs where, and its import.

Tables: `units`, `memberships`. A unit keeps the path from the root to itself, so that "under this unit" is one
indexed condition, wherever rights are checked.
"""
