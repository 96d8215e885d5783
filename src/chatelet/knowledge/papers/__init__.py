"""Papers of a base: what services told of a work as a document, its full text as another when its licence allows.

Owns `papers`. Public names: `service.add`, `service.listed`, `service.import_list`, `fetching.fetch`.
"""
