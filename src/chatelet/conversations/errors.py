"""Coded errors of conversations."""

from chatelet.kernel.errors import AppError, NotFound


class ConversationNotFound(NotFound):
    """No such conversation among the caller's."""

    code = "conversation_not_found"


class FolderNotFound(NotFound):
    """No such folder among the caller's."""

    code = "folder_not_found"


class TurnNotFound(NotFound):
    """No such turn in this conversation."""

    code = "turn_not_found"


class PageNotFound(NotFound):
    """No such page read in this conversation."""

    code = "web_page_not_found"


class LevelCannotDrop(AppError):
    """The sensitivity of a conversation never drops by itself."""

    code = "level_cannot_drop"
    status = 409


class RestoreExpired(AppError):
    """The conversation was deleted too long ago; its key is destroyed."""

    code = "restore_expired"
    status = 410


class ImportUnreadable(AppError):
    """The file is not an export of conversations, or of a version this one does not know."""

    code = "import_unreadable"
    status = 422


class TooManyTurnsRunning(AppError):
    """This person already has as many answers under way as allowed."""

    code = "too_many_turns_running"
    status = 429


class ConversationBusy(AppError):
    """The answer this question would follow is still being written."""

    code = "conversation_busy"
    status = 409


class KeyMismatch(AppError):
    """The key-encryption key is not the one that sealed this database. Restore the right key file before starting."""

    code = "key_mismatch"
    status = 500
