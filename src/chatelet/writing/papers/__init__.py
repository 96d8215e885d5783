"""Papers of a base read with a question: a cell of a comparison, or a text with its references; only what is held.

Public names: `comparing.cell`, `comparing.synthesis`, `exporting.written`. It has no table: nothing asked is kept.
"""
