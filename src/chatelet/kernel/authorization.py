"""What proves us to a server: a token (RFC 6750), or a user and a password (RFC 7617)."""

import base64


def header_of(bearer: str | None, basic: tuple[str, str] | None, scheme: str = "Bearer") -> str | None:
    """Return the `authorization` header of a credential, None without one. Raises `ValueError` when it is none."""
    if bearer is not None and (basic is not None or not bearer.isprintable()):
        raise ValueError("a credential is one line of printable characters, or a user and a password")
    if basic is None:
        return None if bearer is None else f"{scheme} {bearer}"
    if ":" in basic[0]:
        raise ValueError("a credential has a user without ':'")
    return "Basic " + base64.b64encode(":".join(basic).encode("utf-8")).decode("ascii")
