"""Errors of the journal. They are met by commands and by the sealer, never by a turn."""

from chatelet.kernel.errors import AppError


class JournalBroken(AppError):
    """The chain or the last seal does not hold: the sealer signs nothing more. Run `chatelet audit verify`."""

    code = "journal_broken"
    status = 500


class SealKeyUnusable(AppError):
    """The file does not hold an Ed25519 private key in PEM. `chatelet audit make-key` makes one."""

    code = "seal_key_unusable"
    status = 500


class PublicKeysUnusable(AppError):
    """The file holds no Ed25519 public key in PEM: without one, no seal can be checked."""

    code = "public_keys_unusable"
    status = 500


class HeadUnusable(AppError):
    """The file of the head is not one, or no known key signed it: it anchors nothing."""

    code = "head_unusable"
    status = 500


class ExportUnreadable(AppError):
    """The export is cut short or a line of it is not a row of a journal."""

    code = "export_unreadable"
    status = 500


class RetentionTooShort(AppError):
    """The journal is kept at least 180 days (CNIL, deliberation 2021-122: six months to one year)."""

    code = "retention_too_short"
    status = 422


class PurgeTooEarly(AppError):
    """Events old enough to be removed are not all sealed, or handed to the `collector`, yet. Let that be done first."""

    code = "purge_too_early"
    status = 409
