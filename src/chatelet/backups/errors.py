"""Coded errors of backups: told on a terminal."""

from chatelet.kernel.errors import AppError


class BackupPlaceUnknown(AppError):
    """Say where: --to or --from with a folder or s3://bucket/path, or the setting backup.to."""

    code = "backup_place_unknown"
    status = 400


class BackupNotFound(AppError):
    """There is no such backup there."""

    code = "backup_not_found"
    status = 404


class BackupKeyMissing(AppError):
    """The key-encryption key is not here. Put it back from where it is kept apart; do not make another."""

    code = "backup_key_missing"


class BackupKeyWrong(AppError):
    """This key does not open these backups. They were made under another key-encryption key."""

    code = "backup_key_wrong"
    status = 403


class BackupDamaged(AppError):
    """The backup is not what was written: a piece is missing, was altered, or its signature is not trusted."""

    code = "backup_damaged"


class BackupUnderWay(AppError):
    """Another backup, or a pruning, is at work there. Wait for its end."""

    code = "backup_under_way"
    status = 409


class InstallationNotEmpty(AppError):
    """There is data here already. A restore fills an empty installation only, and never mixes two."""

    code = "installation_not_empty"
    status = 409


class ErasuresUnknown(AppError):
    """What was erased since this backup cannot be known: it is older than the ledger remembers.

    Restoring it could bring back what people had erased. --accept-unknown-erasures restores it all the same.
    """

    code = "erasures_unknown"
    status = 409


class PassphraseWrong(AppError):
    """This passphrase does not open this file of keys, or the file was altered."""

    code = "passphrase_wrong"
    status = 403


class KeysPresent(AppError):
    """Keys are here already: they are never replaced. Remove them yourself if they are truly not wanted."""

    code = "keys_present"
    status = 409
