"""Nothing contacts another machine without a purpose, a declarer and a place on the page of the network's exits (TA-060).

A new client fails here until it is written in `_CLIENTS`, asks the gate, and its domain declares where it goes.
"""

import ast
from pathlib import Path

from chatelet.destinations import DECLARERS
from chatelet.kernel.egress.purposes import Purpose
from tests.architecture.sources import PACKAGE, WEB, calls_of, dotted, imports_of, name_of, python_files, tree_of

# Where connections are opened or servers declared, and for what. OTHER files do neither.
_CLIENTS: dict[str, set[Purpose]] = {
    "audit/forwarding/collector.py": {Purpose.JOURNAL},
    "commands/database.py": {Purpose.DATABASE},
    "connectors/asking.py": {Purpose.PLACES},
    "connectors/bucket.py": {Purpose.PLACES},
    "connectors/web/asking.py": {Purpose.WEB_SEARCH},
    "connectors/scholarly/client.py": {Purpose.SCHOLARLY},
    "identity/single_sign_on/way.py": {Purpose.SIGN_IN},
    "inference/model_sources.py": {Purpose.MODEL_FILES},
    "inference/service.py": {Purpose.MODELS, Purpose.LOCAL_MODELS},
    "kernel/antivirus.py": {Purpose.ANTIVIRUS},
    "kernel/egress/visit.py": {Purpose.PAGES, Purpose.WEB_SEARCH},
    "kernel/ldap/connection.py": {Purpose.DIRECTORIES},
    "kernel/mail.py": {Purpose.MAIL},
    "kernel/outbound.py": {Purpose.OTHER, Purpose.MODELS, Purpose.LOCAL_MODELS},
    "kernel/storage.py": {Purpose.FILES},
    "kernel/tracing/export.py": {Purpose.TRACES},
    "knowledge/search_server.py": {Purpose.SEARCH_ENGINE},
}
# What opens a connection: libraries by their import, sockets by the call. The database's driver is asked for by one
# command only, which the gate is asked in; pip by one module, whose callers ask the posture.
_LIBRARIES = {"aiohttp", "httpx", "requests", "aiosmtplib", "smtplib", "obstore", "ftplib", "websockets", "ldap3"}
_CALLS = {"open_connection", "create_connection", "Endpoint"}
# They hold a client's library for its types only, or to resolve for one that is listed.
_NO_CLIENT = {"kernel/egress/resolving.py"}


def _inside(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _contacts(path: Path) -> bool:
    libraries = {name.split(".")[0] for name, _line in imports_of(path)}
    return bool(libraries & _LIBRARIES) or any(name.split(".")[-1] in _CALLS for _call, name in calls_of(path))


def _purposes(path: Path) -> set[Purpose]:
    named = {dotted(node) for node in ast.walk(tree_of(path)) if isinstance(node, ast.Attribute)}
    return {purpose for purpose in Purpose if f"Purpose.{purpose.name}" in named}


def test_every_client_is_listed_with_its_purposes() -> None:
    found = {_inside(path): _purposes(path) for path in python_files("src/chatelet") if _contacts(path)}
    found |= {name: _purposes(PACKAGE / name) for name in _CLIENTS if name not in found}
    assert {name: purposes for name, purposes in found.items() if name not in _NO_CLIENT} == _CLIENTS


def test_every_declared_server_says_its_purpose() -> None:
    silent = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files("src/chatelet")
        for call, name in calls_of(path)
        if name.split(".")[-1] == "Endpoint" and "purpose" not in {keyword.arg for keyword in call.keywords}
    ]
    assert not silent, silent


def test_every_client_asks_the_gate() -> None:
    """`declare` leaves it to `kernel.outbound`, which does; the others ask by themselves."""
    deaf = []
    for name in _CLIENTS:
        asked = {called.split(".")[-1] for _call, called in calls_of(PACKAGE / name)}
        if not asked & {"check", "contact", "lets_declared", "check_visit", "Endpoint"}:
            deaf.append(name)
    assert not deaf, deaf


def test_every_purpose_in_use_is_declared_by_some_domain() -> None:
    declaring = {path for path in python_files("src/chatelet") if path.name == "destinations.py"}
    declared = set[Purpose]().union(*(_purposes(path) for path in declaring))
    used = set[Purpose]().union(*_CLIENTS.values()) - {Purpose.OTHER}
    assert used <= declared, used - declared


def test_every_declarer_is_in_the_registry() -> None:
    modules = {declares.__module__ for declares in DECLARERS}
    files = {
        ".".join(("chatelet", *path.relative_to(PACKAGE).with_suffix("").parts))
        for path in python_files("src/chatelet")
        if path.name == "destinations.py" and path.parent != PACKAGE
    }
    assert modules == files


def test_every_purpose_has_its_words() -> None:
    for language in ("fr", "en"):
        words = (WEB / "src" / "i18n" / language / "egress.ts").read_text("utf-8")
        assert not [purpose for purpose in Purpose if f"    {purpose.value}:" not in words], language
