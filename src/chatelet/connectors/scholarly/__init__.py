"""The scholarly desk: what has been published, told by several sources, merged, with what is missing said as missing.

    contract (one source) ◀─ services/ ─ client ─▶ asking (all, one deadline) ─▶ merging ─▶ exchange/, references/

A question leaves only with a `Clearance` that the installation's setting permits. Owns `mirrored_works`.
Public names: those of `record`, `contract`, `desk`, `merging`, `exchange` and `references`.
"""
