"""Places outside that Châtelet reads: folders, shared spaces, buckets, sites. It never writes there.

Owns no table: what is declared and what was taken is kept by `knowledge.sources`. Public names: those of `contract`.
"""
