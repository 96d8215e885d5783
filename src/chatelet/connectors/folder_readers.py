"""Who may read a file of a folder, as POSIX says it: for every one, or for its owner, its group and those of its ACL.

Where others may read, all along the way from the allowed folder, the place keeps no rights: None. Where they may not,
`person:<login>` of the owner and `group:<name>` of the group, as far as the mode lets them, and those that an access
list names. Of several folders on the way, what all of them let pass: never more people than the place itself lets read.

A file that belongs to the account of this service tells nothing about people (a share is often mounted so): None.
"""

import grp
import os
import pwd
import stat
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

Readers = frozenset[str] | None

# acl(5), as Linux keeps it: a version, then (tag, permissions, identifier).
_HEAD: Final = struct.Struct("<I")
_LINE: Final = struct.Struct("<HHI")
_USER_OBJ, _USER, _GROUP_OBJ, _GROUP, _MASK = 1, 2, 4, 8, 16
_ATTRIBUTE: Final = "system.posix_acl_access"


def readers_of(found: os.stat_result, name: str, folder: int | None) -> Readers:
    """Return who may read a file, or enter and list a folder, by its own mode and list."""
    needed = 5 if stat.S_ISDIR(found.st_mode) else 4
    if found.st_mode & needed == needed or found.st_uid == os.geteuid():
        return None
    listed = _access_list(name, folder)
    return frozenset(_listed(found, listed, needed) if listed else _plain(found, needed))


def narrowed(above: Readers, own: Readers) -> Readers:
    """Return who passes both."""
    if above is None or own is None:
        return own if above is None else above
    return above & own


def _plain(found: os.stat_result, needed: int) -> Iterator[str]:
    if (found.st_mode >> 6) & needed == needed:
        yield from _person(found.st_uid)
    if (found.st_mode >> 3) & needed == needed:
        yield from _group(found.st_gid)


def _listed(found: os.stat_result, lines: list[tuple[int, int, int]], needed: int) -> Iterator[str]:
    mask = next((permissions for tag, permissions, _ in lines if tag == _MASK), 7)
    for tag, permissions, identifier in lines:
        granted = permissions if tag == _USER_OBJ else permissions & mask
        if granted & needed != needed:
            continue
        if tag in {_USER_OBJ, _USER}:
            yield from _person(found.st_uid if tag == _USER_OBJ else identifier)
        elif tag in {_GROUP_OBJ, _GROUP}:
            yield from _group(found.st_gid if tag == _GROUP_OBJ else identifier)


def _access_list(name: str, folder: int | None) -> list[tuple[int, int, int]]:
    """Return the lines of the access list; none where the system or the share keeps no such list."""
    if not hasattr(os, "getxattr"):
        return []
    path = name if folder is None else f"/proc/self/fd/{folder}/{name}"
    try:
        kept = os.getxattr(path, _ATTRIBUTE, follow_symlinks=False)
    except OSError:
        return []
    lines = kept[_HEAD.size :]
    return list(_LINE.iter_unpack(lines)) if len(lines) % _LINE.size == 0 else []


@lru_cache(maxsize=4096)
def _person(uid: int) -> tuple[str, ...]:
    try:
        return (f"person:{pwd.getpwuid(uid).pw_name}",)
    except (KeyError, OSError):
        return ()


@lru_cache(maxsize=4096)
def _group(gid: int) -> tuple[str, ...]:
    try:
        return (f"group:{grp.getgrgid(gid).gr_name}",)
    except (KeyError, OSError):
        return ()
