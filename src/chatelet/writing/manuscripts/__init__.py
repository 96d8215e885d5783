"""Drafts of researchers, read and forgotten: their references, their calls, what they say of the works they cite.

    bytes ─ reading (closed reader) ─▶ Manuscript ─▶ references looked for (connectors.scholarly)
                                         └─ calls ─ pairing ─▶ absent, never called ─ claims (evidence) ─▶ Report

Nothing of a draft is kept: neither file, nor text, nor report. Only references leave, one by one, where they may.
"""
