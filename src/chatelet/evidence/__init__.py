"""Proof: passages, citations, and their verification against the source text.

Owns no table: what was verified is stored with the turn, as positions. Today's passages are the texts that the person
gave in the conversation; documents and sites bring theirs in the same form. Public names: `passage.Passage`,
`citations.QuotationStream`, `verification.verify`, `statements.StatementStream`, `support.Support`.
"""
