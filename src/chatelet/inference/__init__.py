"""Models: which there are, which may be asked, and the one door to them.

Owns the tables `backends`, `models` and `model_usage`. Public names: `service.Inference` (everything of this domain
that lives as long as the process), `gateway.Gateway` (the one door, requires a `Clearance`), `registry`,
`routing.candidates`, `exchange`, `usage`, `catalogue`, `model_store.fetch_models`.
"""
