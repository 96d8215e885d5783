"""Forgetting on time and the rights of persons: what the installation promised to destroy, destroyed and proved.

Folders: `retention` (what is over goes, idle accounts), `certificates` (signed proofs), `rights` (access, portability,
erasure, the data protection officer's desk), `destroyed` (the ledger that no backup goes against). How long things are
kept is `policy.retention`.
"""
