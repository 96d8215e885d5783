"""A folder: what is in it and nothing else, by whom it may be read, and never an empty listing of a share that is away."""

import asyncio
import contextlib
import grp
import os
import pwd
import stat
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatelet.connectors import folder_readers, folder_walk
from chatelet.connectors.contract import (
    Entry,
    EntryGone,
    EntryTooLarge,
    PlaceBroken,
    PlaceRefused,
    PlaceUnreachable,
)
from chatelet.connectors.folder import Folder
from tests.connectors.reading import listed, whole


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "share"
    made.mkdir(mode=0o755)
    return made


@pytest.fixture(autouse=True)
def nothing_is_left_behind(tmp_path: Path) -> Iterator[None]:
    yield
    for thread in threading.enumerate():
        if thread.name.startswith("place-folder"):
            thread.join(5)
            assert not thread.is_alive()
    assert not [one for one in _open_files() if one.startswith(str(tmp_path))]


def _open_files() -> list[str]:
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            found.append(str(descriptor.readlink()))
    return found


def _put(root: Path, path: str, content: bytes = b"x") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


async def _list(root: Path, witness: str | None = None) -> dict[str, Entry]:
    place = Folder(root, root, witness)
    try:
        return await listed(place)
    finally:
        await place.close()


async def test_all_files_are_told_and_read(root: Path) -> None:
    names = {f"dossier {number % 7}/sous/été {number}.pdf": os.urandom(number) for number in range(350)}
    for name, content in names.items():
        _put(root, name, content)
    place = Folder(root, root)
    found = await listed(place)
    assert set(found) == set(names)
    for name in list(names)[:20]:
        assert found[name].size == len(names[name])
        assert await whole(place, found[name]) == names[name]
    await place.close()


async def test_hidden_and_temporary_files_are_left_out(root: Path) -> None:
    for name in ("kept.txt", "~$kept.docx", ".git/config", ".~lock.x#", "Thumbs.db", "sub/.DS_Store", "sub/kept.txt"):
        _put(root, name)
    assert set(await _list(root)) == {"kept.txt", "sub/kept.txt"}


async def test_links_are_never_followed(root: Path, tmp_path: Path) -> None:
    secret = _put(tmp_path, "outside/secret.txt")
    _put(root, "a.txt")
    (root / "link.txt").symlink_to(secret)
    (root / "link").symlink_to(secret.parent)
    (root / "loop").symlink_to(root)
    os.mkfifo(root / "pipe.txt")
    place = Folder(root, root)
    assert set(await listed(place)) == {"a.txt"}
    for path in ("link.txt", "link/secret.txt", "loop/a.txt", "pipe.txt", "../outside/secret.txt", "/etc/passwd", ""):
        with pytest.raises(EntryGone):
            await whole(place, Entry(path, 1, "m"))
    await place.close()


async def test_a_root_is_reached_without_links_below_the_allowed_folder(root: Path, tmp_path: Path) -> None:
    _put(tmp_path, "outside/secret.txt")
    (root / "way").symlink_to(tmp_path / "outside")
    with pytest.raises(PlaceUnreachable):
        await listed(place := Folder(root / "way", root))
    await place.close()
    (tmp_path / "allowed").symlink_to(root)  # the administrator's own link
    _put(root, "sub/a.txt")
    place = Folder(tmp_path / "allowed" / "sub", tmp_path / "allowed")
    assert set(await listed(place)) == {"a.txt"}
    await place.close()


async def test_the_mark_follows_the_content(root: Path) -> None:
    file = _put(root, "a.txt", b"one")
    first = (await _list(root))["a.txt"].mark
    assert (await _list(root))["a.txt"].mark == first
    file.write_bytes(b"two")
    os.utime(file, ns=(1, 2))
    assert (await _list(root))["a.txt"].mark != first


async def test_names_of_an_old_system_are_told_in_unicode(root: Path) -> None:
    old = os.fsencode(root) + b"/d\xe9cret"
    Path(os.fsdecode(old)).mkdir()
    Path(os.fsdecode(old + b"/r\xe9sum\xe9.txt")).write_bytes(b"old")
    Path(os.fsdecode(os.fsencode(root) + b"/\x81\xff.txt")).write_bytes(b"not a name")
    (root / "a\nb.txt").write_bytes(b"two lines")
    place = Folder(root, root)
    found = await listed(place)
    assert set(found) == {"décret/résumé.txt"}
    assert await whole(place, found["décret/résumé.txt"]) == b"old"
    _put(root, "décret/résumé.txt", b"new")
    found = await listed(place)
    assert set(found) == {"décret/résumé.txt"}
    assert await whole(place, found["décret/résumé.txt"]) == b"new"
    await place.close()


async def test_an_entry_that_goes_is_gone(root: Path) -> None:
    _put(root, "other.txt")
    file = _put(root, "sub/a.txt")
    place = Folder(root, root)
    entry = (await listed(place))["sub/a.txt"]
    file.unlink()
    with pytest.raises(EntryGone):
        await whole(place, entry)
    file.parent.rmdir()
    with pytest.raises(EntryGone):
        await whole(place, entry)
    file.parent.mkdir()
    file.mkdir()
    with pytest.raises(EntryGone):
        await whole(place, entry)
    await place.close()


async def test_folders_that_vanish_in_the_middle_break_nothing(root: Path) -> None:
    for number in range(300):
        _put(root, f"{number}.txt")
    gone = _put(root, "sub/a.txt")
    place = Folder(root, root)
    entries = place.entries()
    await anext(entries)
    gone.unlink()
    gone.parent.rmdir()
    assert len([entry async for entry in entries]) == 299
    await place.close()


async def test_too_large_is_said_before_and_while_reading(root: Path) -> None:
    file = _put(root, "a.txt", b"x" * 1000)
    place = Folder(root, root)
    entry = (await listed(place))["a.txt"]
    with pytest.raises(EntryTooLarge):
        await whole(place, entry, 999)
    assert len(await whole(place, entry, 1000)) == 1000
    file.write_bytes(b"x" * 600_000)
    reading = place.read(entry, limit=600_000)
    await anext(reading)
    with file.open("ab") as more:
        more.write(b"y" * 10)
    with pytest.raises(EntryTooLarge):
        async for _ in reading:
            pass
    await place.close()


async def test_a_share_that_is_not_mounted_is_never_an_empty_listing(root: Path) -> None:
    with pytest.raises(PlaceUnreachable):
        await _list(root)
    with pytest.raises(PlaceUnreachable):
        await _list(root / "missing")
    file = _put(root, "a.txt")
    with pytest.raises(PlaceUnreachable):
        await _list(file)
    with pytest.raises(PlaceUnreachable):
        await _list(root, "CE-PARTAGE.txt")
    _put(root, "CE-PARTAGE.txt")
    assert set(await _list(root, "CE-PARTAGE.txt")) == {"a.txt", "CE-PARTAGE.txt"}


async def test_a_share_taken_away_in_the_middle_is_said(root: Path) -> None:
    for number in range(300):
        _put(root, f"{number}.txt")
    place = Folder(root, root)
    entries = place.entries()
    await anext(entries)
    root.rename(root.with_name("elsewhere"))
    root.mkdir()
    with pytest.raises(PlaceUnreachable):
        async for _ in entries:
            pass
    _put(root, "stale.txt")
    entries = place.entries()
    await anext(entries)
    await entries.aclose()  # type: ignore[attr-defined]
    await place.close()


async def test_reading_from_an_unmounted_share_is_unreachable_not_gone(root: Path) -> None:
    file = _put(root, "a.txt")
    place = Folder(root, root)
    entry = (await listed(place))["a.txt"]
    file.unlink()
    with pytest.raises(PlaceUnreachable):
        await whole(place, entry)
    await place.close()


async def test_other_file_systems_are_not_entered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(root, "a.txt")
    other = _put(root, "mounted/b.txt").parent.stat().st_ino
    real = os.fstat

    def fstat(descriptor: int) -> os.stat_result:
        found = real(descriptor)
        values = list(found)
        values[stat.ST_DEV] = 99 if found.st_ino == other else 1
        return os.stat_result(values)

    monkeypatch.setattr(folder_walk.os, "fstat", fstat)
    assert set(await _list(root)) == {"a.txt"}


async def test_a_bottomless_folder_is_broken(root: Path) -> None:
    folder = os.open(root, os.O_RDONLY)
    for _ in range(70):
        os.mkdir("d", dir_fd=folder)
        below = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    with pytest.raises(PlaceBroken):
        await _list(root)


async def test_a_share_that_hangs_is_unreachable(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(root, "a.txt")
    released = threading.Event()
    real = os.scandir

    def scandir(path: int):  # type: ignore[no-untyped-def]
        released.wait(10)
        return real(path)

    monkeypatch.setattr(folder_walk.os, "scandir", scandir)
    place = Folder(root, root, patience=0.1)
    with pytest.raises(PlaceUnreachable):
        await asyncio.wait_for(listed(place), 5)
    await place.close()
    released.set()


def _as(uid: int, gid: int, mode: int) -> os.stat_result:
    return os.stat_result((mode, 1, 1, 1, uid, gid, 1, 0, 0, 0))


_OTHER = next(one for one in pwd.getpwall() if one.pw_uid not in {os.geteuid(), 0})
_GROUP = next(one for one in grp.getgrall() if one.gr_gid != 0)
_PERSON_LABEL, _GROUP_LABEL = f"person:{_OTHER.pw_name}", f"group:{_GROUP.gr_name}"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        (0o100644, None),
        (0o100640, {_PERSON_LABEL, _GROUP_LABEL}),
        (0o100600, {_PERSON_LABEL}),
        (0o100040, {_GROUP_LABEL}),
        (0o100000, set()),
        (0o040755, None),
        (0o040750, {_PERSON_LABEL, _GROUP_LABEL}),
        (0o040744, {_PERSON_LABEL}),
    ],
)
def test_readers_are_those_of_the_mode(mode: int, expected: set[str] | None) -> None:
    readers = folder_readers.readers_of(_as(_OTHER.pw_uid, _GROUP.gr_gid, mode), "none", None)
    assert readers == (None if expected is None else frozenset(expected))


def test_files_of_the_service_itself_tell_nothing_about_people() -> None:
    assert folder_readers.readers_of(_as(os.geteuid(), _GROUP.gr_gid, 0o100600), "none", None) is None


def test_unknown_numbers_are_nobody() -> None:
    assert folder_readers.readers_of(_as(3_999_999_999, 3_999_999_999, 0o100640), "none", None) == frozenset()


def _acl(*lines: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *line) for line in lines)


def test_an_access_list_names_its_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """The group's bits of the mode are then the mask: here the owning group reads nothing."""
    none = 0xFFFFFFFF
    kept = _acl((1, 6, none), (2, 4, _OTHER.pw_uid), (4, 0, none), (8, 5, _GROUP.gr_gid), (16, 4, none), (32, 0, none))
    monkeypatch.setattr(folder_readers.os, "getxattr", lambda *_, **__: kept, raising=False)
    found = _as(3_999_999_999, 0, 0o100640)
    assert folder_readers.readers_of(found, "a", None) == {_PERSON_LABEL, _GROUP_LABEL}
    masked = kept.replace(struct.pack("<HHI", 16, 4, none), struct.pack("<HHI", 16, 0, none))
    monkeypatch.setattr(folder_readers.os, "getxattr", lambda *_, **__: masked, raising=False)
    assert folder_readers.readers_of(found, "a", None) == frozenset()


def test_folders_on_the_way_narrow() -> None:
    both, one = frozenset({"group:a", "person:b"}), frozenset({"group:a"})
    assert folder_readers.narrowed(None, None) is None
    assert folder_readers.narrowed(None, one) == folder_readers.narrowed(both, one) == one
    assert folder_readers.narrowed(one, None) == one


async def test_readers_come_down_from_the_folders(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = root.stat()
    monkeypatch.setattr(folder_readers.os, "geteuid", lambda: found.st_uid + 1)  # another account is the service's
    _put(root, "closed/a.txt").parent.chmod(0o750)
    _put(root, "open.txt").chmod(0o644)
    person, group = pwd.getpwuid(found.st_uid).pw_name, grp.getgrgid(found.st_gid).gr_name
    told = await _list(root)
    assert told["open.txt"].readers is None
    assert told["closed/a.txt"].readers == {f"person:{person}", f"group:{group}"}
    place = Folder(root / "closed", root)
    assert (await listed(place))["a.txt"].readers == {f"person:{person}", f"group:{group}"}, (
        "of what is above the root too"
    )
    await place.close()
    root.chmod(0o750)
    assert (await _list(root))["open.txt"].readers is None, "the allowed folder tells nothing"
    (root / "closed" / "a.txt").chmod(0o600)
    assert (await _list(root))["closed/a.txt"].readers == {f"person:{person}"}


@pytest.mark.parametrize("fails", [folder_walk.errno.EACCES, folder_walk.errno.EIO])
async def test_a_folder_that_lets_us_not_in_is_left_out_and_one_that_fails_breaks(
    root: Path, monkeypatch: pytest.MonkeyPatch, fails: int
) -> None:
    _put(root, "a.txt")
    _put(root, "closed/b.txt")
    real = os.open

    def opened(path: object, flags: int, **given: int) -> int:
        if path == "closed":
            raise OSError(fails, "told")
        return real(path, flags, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(folder_walk.os, "open", opened)
    if fails == folder_walk.errno.EIO:
        with pytest.raises(PlaceUnreachable):
            await _list(root)
    else:
        assert set(await _list(root)) == {"a.txt"}
        place = Folder(root, root)
        with pytest.raises(PlaceRefused):
            await whole(place, Entry("closed/b.txt", 1, "m"))
        await place.close()


@pytest.mark.parametrize("closed", ["sub", ""])
async def test_names_that_may_not_be_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    """A folder that is listed and not entered holds nothing for us; such a root is refused, never empty."""
    _put(root, "a.txt")
    _put(root, "sub/b.txt")
    real, refused = os.scandir, (root / closed).stat().st_ino

    class Closed:
        def __init__(self, one: "os.DirEntry[str]") -> None:
            self.name = one.name

        def stat(self, *, follow_symlinks: bool) -> os.stat_result:
            raise PermissionError(folder_walk.errno.EACCES, "told")

    @contextlib.contextmanager
    def scandir(folder: int) -> Iterator[object]:
        with real(folder) as names:
            yield map(Closed, names) if os.fstat(folder).st_ino == refused else names

    monkeypatch.setattr(folder_walk.os, "scandir", scandir)
    if closed:
        assert set(await _list(root)) == {"a.txt"}
    else:
        with pytest.raises(PlaceRefused):
            await _list(root)


async def test_a_walk_that_is_given_up_leaves_nothing(root: Path) -> None:
    for number in range(1_000):
        _put(root, f"{number % 9}/{number}.txt")
    place = Folder(root, root)
    task = asyncio.create_task(listed(place))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    entries = place.entries()
    await anext(entries)
    await place.close()
    await entries.aclose()  # type: ignore[attr-defined]
