"""Addresses of a file judged one by one, contacting nothing (`chatelet eval egress`): by writing, name, number."""

from collections.abc import Iterator

from chatelet.kernel.egress import targets
from chatelet.kernel.egress.reasons import AddressRefused, Reason


def verdicts(data: bytes) -> Iterator[str]:
    """Give `ALLOW reason` or `BLOCK reason` for each line that is neither empty nor a comment, in order."""
    for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n"):
        written = line.removesuffix(b"\r")
        if written.strip() and not written.startswith(b"#"):
            yield verdict(written.decode("utf-8", "surrogateescape"))


def verdict(text: str) -> str:
    """Judge one address as a visit would before it resolves anything."""
    try:
        target = targets.read(text)
    except AddressRefused as refused:
        return f"BLOCK {refused.reason}"
    return f"ALLOW {Reason.PUBLIC_NAME if target.address is None else Reason.PUBLIC_ADDRESS}"
