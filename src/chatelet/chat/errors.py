"""Coded errors of a turn."""

from chatelet.kernel.errors import AppError


class QuestionTooLong(AppError):
    """The question alone is longer than the model can read."""

    code = "question_too_long"
    status = 413


class ServerBusy(AppError):
    """This server carries as many answers as it can: the question did not leave; asked again it keeps its place."""

    code = "server_busy"
    status = 429


class TurnInterrupted(AppError):
    """The server that wrote this answer stopped; what was written is kept."""

    code = "turn_interrupted"
    status = 503
