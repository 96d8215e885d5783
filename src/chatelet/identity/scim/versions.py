"""Versions of resources (RFC 7644, 3.14): weak validators, compared as HTTP compares them."""

from chatelet.identity.scim.failures import VersionChanged
from chatelet.identity.scim.resources import etag


def check_version(if_match: str | None, version: int) -> None:
    """Raise `VersionChanged` unless the resource is at a version that the directory knows."""
    if if_match is not None and not is_named(if_match, version):
        raise VersionChanged("the resource has changed since")


def is_named(validators: str, version: int) -> bool:
    """Tell whether a header (`If-Match`, `If-None-Match`) names this version, weakly compared, or any (`*`)."""
    named = {one.strip().removeprefix("W/") for one in validators.split(",")}
    return "*" in named or etag(version).removeprefix("W/") in named
