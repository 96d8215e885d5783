"""Backups: the database and the files, consistent, encrypted, incremental, verifiable; and the way back.

    making -> snapshot (rows, one instant) -> pieces (cut, named by content, sealed) -> place (folder or S3)
           -> blobs (as they are: sealed already) -> manifest, signed, last of all
    restoring -> manifest -> empty schema of that version -> rows -> today's schema -> ledger of destructions -> blobs

No table but `privacy.destroyed`'s ledger. Format: docs/reference is silent, docs/operate/backup-format.md says all.
"""
