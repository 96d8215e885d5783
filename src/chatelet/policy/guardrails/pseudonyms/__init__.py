"""Pseudonyms: names and identifiers replaced before words leave, put back in what comes back. Pure, without a clock.

`replacing.replace` swaps what the detectors find for stand-ins of a `ledger.Ledger`; `restoring.restorer` gives the
`swapping.Swap` that puts the originals back in a stream (`feed`, `flush`), wherever it is cut. The ledger is kept
sealed with its conversation, and dies with it. Why: docs/adr/0035.
"""
