"""Papers of a base read with a question: a cell of a comparison, a text with its references, a figure explained.

Only what is held is said. Public names: `comparing.cell`, `comparing.synthesis`, `explaining.explain`,
`exporting.written`. It has no table: nothing asked is kept.
"""
