"""Coded errors of leaving: told on a terminal."""

from chatelet.kernel.errors import AppError


class ExitFolderNotEmpty(AppError):
    """This folder holds something already. Name one that is new or empty."""

    code = "exit_folder_not_empty"
    status = 409


class ExitFolderInside(AppError):
    """This folder is among what is erased, or holds it. Nothing was done: name one that is elsewhere."""

    code = "exit_folder_inside"
    status = 409


class ExitLinkLeadsOut(AppError):
    """Links lead out of what is erased: what they lead to would stay. Put it in their place, or remove them."""

    code = "exit_link_leads_out"
    status = 409


class ExitNotEnded(AppError):
    """Nothing was done: the contract ends on a day to come."""

    code = "exit_not_ended"
    status = 400


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
    """Nothing was done: --confirm must be the name of the institution, letter by letter."""

    code = "exit_not_confirmed"
    status = 400


class ExitServiceRunning(AppError):
    """The service still runs. Stop it, and all that uses its database, then run the same command again."""

    code = "exit_service_running"
    status = 409


class ExitNothingHere(AppError):
    """There is no installation here."""

    code = "exit_nothing_here"
    status = 404
