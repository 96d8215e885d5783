"""Coded errors of a table that cannot be read as a whole; what is wrong in a line is told by the report."""

from chatelet.kernel.errors import AppError


class TableUnreadable(AppError):
    """The file is no table: `reason` is empty, encoding, binary or quotes; `line` is where, if known."""

    code = "table_unreadable"
    status = 422


class TableColumns(AppError):
    """A column that is needed is missing, or there twice (`reason`: missing or twice)."""

    code = "table_columns"
    status = 422


class TableTooLong(AppError):
    """A table has at most `most` lines."""

    code = "table_too_long"
    status = 422
