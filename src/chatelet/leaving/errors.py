"""Coded errors of leaving: told on a terminal."""

from chatelet.kernel.errors import AppError


class ExitFolderNotEmpty(AppError):
    """This folder holds something already. Name one that is new or empty."""

    code = "exit_folder_not_empty"
    status = 409


class ExitKeyUnusable(AppError):
    """This file holds no such key. `chatelet leave make-key` makes one, and its public part beside it (.pub)."""

    code = "exit_key_unusable"
    status = 400


class ExitExportDamaged(AppError):
    """The export is not what was written: a file is missing or was altered. Nothing was destroyed; export again."""

    code = "exit_export_damaged"


class ExitExportStale(AppError):
    """People went on working after this export. Nothing was destroyed; export again, then erase."""

    code = "exit_export_stale"
    status = 409


class ExitNotConfirmed(AppError):
    """Nothing was destroyed: --confirm must be the name of the institution, letter by letter."""

    code = "exit_not_confirmed"
    status = 400


class ExitServiceRunning(AppError):
    """The service still runs. Nothing was destroyed: stop it, and all that uses its database, first."""

    code = "exit_service_running"
    status = 409


class ExitNothingHere(AppError):
    """There is no installation here."""

    code = "exit_nothing_here"
    status = 404
