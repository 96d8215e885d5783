"""The ledger of what was destroyed on purpose: fingerprints, so that no backup brings it back (docs/adr/0034).

Table: `destroyed`, written by triggers alone. Public names: `tables.Destruction`, `ledger.forget_old`, `ledger.KINDS`.
"""
