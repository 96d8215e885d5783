"""Sources of a collection: what is followed in a place outside, and kept in step with it.

Owns `places` (declared by administrators: nobody else can name an address or a folder of the server), `sources` (made
by curators: a path of a place, a folder of a collection, a cadence) and `source_items` (what was seen of each entry).
Public names: `services`, `tasks`, and the folders that sources keep (`kept`).
"""
