"""The system account that PostgreSQL runs as: ourselves, or an unprivileged one when we are root (it refuses uid 0)."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatelet.kernel.embedded.errors import (
    DatabaseAccountUnusable,
    DatabaseBinariesMissing,
    DatabaseStartFailed,
    EmbeddedError,
)

PREFERRED = ("chatelet", "postgres", "nobody")
CANNOT_ENTER = 3  # exit code of `Account.probe` when the folder is closed
# Programs inherit nothing of our environment: no PGDATA, PGHOST or LD_PRELOAD of the caller; messages in English.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "PGCLIENTENCODING": "UTF8"}

_PROBE = f'cd "$1" || exit {CANNOT_ENTER}; exec "$2" --version'


@dataclass(frozen=True)
class Account:
    """An account of the system. `user`, `group` and `extra_groups` are for `subprocess`: None when it is ourselves."""

    name: str
    uid: int
    gid: int

    @property
    def user(self) -> int | None:
        """Whom to become."""
        return None if self.uid == os.geteuid() else self.uid

    @property
    def group(self) -> int | None:
        """Which group to take."""
        return None if self.user is None else self.gid

    @property
    def extra_groups(self) -> list[int] | None:
        """No other group."""
        return None if self.user is None else []

    def run(
        self,
        command: Sequence[str | Path],
        *,
        environment: Mapping[str, str] | None = None,
        text: str = "",
        timeout: float = 120,
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this account, `text` on its standard input, its two outputs mixed in `stdout`."""
        try:
            return subprocess.run(  # noqa: S603  # PostgreSQL's programs and /bin/sh, never through a shell line
                command,
                user=self.user,
                group=self.group,
                extra_groups=self.extra_groups,
                umask=0o077,
                cwd="/",
                env={**ENVIRONMENT, **(environment or {})},
                input=text,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise DatabaseStartFailed(step=f"{Path(command[0]).name}, within {timeout:.0f} s", log="") from error
        except PermissionError as error:
            raise self.refusal(error) from error

    def refusal(self, error: PermissionError) -> EmbeddedError:
        """Tell why a program did not start: it may not be executed, or we may not change user (no CAP_SETUID)."""
        if self.user is None:
            return DatabaseBinariesMissing(reason=str(error))
        return DatabaseAccountUnusable(account=self.name, reason="this process may not change user")

    def give(self, path: Path) -> None:
        """Make `path` belong to this account. Only for what we have just made, in a folder of ours."""
        if self.user is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def probe(self, folder: Path, program: Path) -> subprocess.CompletedProcess[str]:
        """Try really (access lists included) to enter `folder`, then to execute `program --version`."""
        return self.run(["/bin/sh", "-c", _PROBE, "sh", folder, program], timeout=30)


def choose_account(asked: str | None, cluster_data: Path) -> Account:
    """Choose ourselves if not root; else the owner of an existing cluster, `asked`, or the first of `PREFERRED`."""
    if os.geteuid() != 0:
        mine = account_of(os.geteuid(), os.getegid())
        if asked not in (None, mine.name):
            raise DatabaseAccountUnusable(account=str(asked), reason=f"this process runs as {mine.name}, not as root")
        return mine
    chosen = _named(asked) if asked else None
    if cluster_data.is_dir():  # an account created since then must not take over the data of another
        kept = cluster_data.stat()
        owner = account_of(kept.st_uid, kept.st_gid)
        if chosen is not None and chosen.uid != owner.uid:
            raise DatabaseAccountUnusable(account=chosen.name, reason=f"the data belong to {owner.name}")
        chosen = owner
    chosen = chosen or next(filter(None, map(_known, PREFERRED)), None)
    if chosen is None:
        raise DatabaseAccountUnusable(account=PREFERRED[0], reason="it does not exist")
    if chosen.uid == 0:
        raise DatabaseAccountUnusable(account=chosen.name, reason="PostgreSQL refuses to run as root")
    return chosen


def account_of(uid: int, gid: int) -> Account:
    """Describe a number; it may have no name, as in a container started with `--user 1000`."""
    try:
        return Account(pwd.getpwuid(uid).pw_name, uid, gid)
    except KeyError:
        return Account(str(uid), uid, gid)


def first_closed_folder(folder: Path, account: Account) -> Path:
    """Find the highest folder on the way that `account` may not enter, by mode bits; `folder` when all look open."""
    for step in [*reversed(folder.parents), folder]:
        state = step.stat()
        if state.st_uid == account.uid:
            needed = 0o100
        elif state.st_gid == account.gid:
            needed = 0o010
        else:
            needed = 0o001
        if not state.st_mode & needed:
            return step
    return folder


def _known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _named(name: str) -> Account:
    found = _known(name)
    if found is None:
        raise DatabaseAccountUnusable(account=name, reason="it does not exist")
    return found
