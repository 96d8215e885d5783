"""Document bases (collections): who may read them, how their documents are cut, indexed and found.

Owns the passages and their index, which is disposable: it is rebuilt from the originals. Public names: `service`,
`search` (lexical and dense together), `passages`, `analysis` (the words of a text as they are compared), `chunking`,
`engines.contract` (what an index does), `evaluation` (the figures of `chatelet eval`).
"""
