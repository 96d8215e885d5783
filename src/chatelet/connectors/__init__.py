"""Places outside that Châtelet reads: folders, shared spaces, buckets, sites. It never writes there.

    declared (what a source stores) ─▶ opening (what the installation allows) ─▶ contract.Place: entries, read

`folder`, `bucket`, `webdav` and `site` are places. Owns no table: what is declared and what was taken is kept by
`knowledge.sources`. Public names: those of `contract`, `declared` and `opening`.
"""
