"""API keys: how programs and editors enter `/v1` in the name of a person, or of a unit's application.

Table: `api_keys`. Public names: `scope.KeyScope`; `checking` (called by `sessions.authenticate` only); the verbs of
`service`. A key holds no right of its own: each use reads what its owner holds at that moment.
"""
