"""Coded errors of what is asked of papers."""

from chatelet.kernel.errors import AppError


class NotPointedAt(AppError):
    """The text kept of the paper neither captions nor names this figure, table or formula."""

    code = "paper_figure_not_found"
    status = 404


class WordsNotInPaper(AppError):
    """The words chosen are not in the text kept of the paper."""

    code = "paper_words_not_found"
    status = 404
