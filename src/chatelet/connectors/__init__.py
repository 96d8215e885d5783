"""Places outside that Châtelet reads: folders, shared spaces, buckets, sites. It never writes there.

    declared (what a source stores) ─▶ opening (what the installation allows) ─▶ contract.Place: entries, read

`folder`, `bucket`, `webdav` and `site` are places: what is declared and what was taken is kept by `knowledge.sources`.
`scholarly` is the desk of published works, which owns `mirrored_works`. Public names: those of `contract`, `declared`,
`opening` and `scholarly.desk`.
"""
