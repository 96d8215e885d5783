"""Errors as the clients of the public API read them: `{"error": {message, type, param, code}}`, whatever went wrong.

The same codes as everywhere else, but where those clients act on another name or status (docs/howto/use-the-api.md).
"""

from typing import Final

from chatelet.kernel.errors import AppError

_ROOT: Final = "/v1"
_TYPES: Final = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    409: "conflict_error",
    429: "rate_limit_error",
}


def is_public(path: str) -> bool:
    """Tell whether an address belongs to the public API."""
    return path.startswith(_ROOT) and (len(path) == len(_ROOT) or path[len(_ROOT)] == "/")


def public_error(error: AppError, status: int | None = None) -> dict[str, dict[str, str | None]]:
    """Return the body that tells `error`."""
    told = status or error.public_status or error.status
    kind = _TYPES.get(told, "server_error" if told >= 500 else "invalid_request_error")
    field = error.params.get("field")
    code = error.public_code or error.code
    return {"error": {"message": _message(error), "type": kind, "param": str(field) if field else None, "code": code}}


def _message(error: AppError) -> str:
    sentence = (type(error).__doc__ or error.code).strip().splitlines()[0]
    details = ", ".join(f"{name}: {value}" for name, value in error.params.items())
    return f"{sentence} ({details})" if details else sentence
