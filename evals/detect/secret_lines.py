"""Lines with secrets, and lines that only look so."""


def secret_records(maker):
    return []
