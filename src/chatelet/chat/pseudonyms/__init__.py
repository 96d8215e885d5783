"""Names replaced before words leave, and put back in the answer: when, under which clearance, shown before (ADR 0035).

`sending` is the step of the turn; `keeping` the sealed ledger; `preview` what would leave. Owns no table: the ledger is
of `conversations.pseudonyms`.
"""
