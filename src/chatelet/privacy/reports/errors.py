"""Coded errors of reports."""

from chatelet.kernel.errors import AppError


class ReportNotFound(AppError):
    """No such report."""

    code = "report_not_found"
    status = 404


class ReportAnswered(AppError):
    """It was answered already."""

    code = "report_answered"
    status = 409


class TooManyReports(AppError):
    """This person has many reports open: they wait for an answer to these."""

    code = "too_many_reports"
    status = 429
