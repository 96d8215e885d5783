"""A journey in a network namespace of its own, which holds the loopback and no route: `python -m tests.journeys.no_route`.

The kernel counts what a process tried to send where no route leads (OutNoRoutes, for DNS by UDP and for TCP, IPv4 and
IPv6) and, where a resolver is configured on the loopback, what reached no one there (NoPorts). Prints one JSON object:
what these counters say after two attempts made on purpose, then what the product added to them.
"""

import asyncio
import ctypes
import fcntl
import json
import os
import socket
import struct
import sys
import tempfile
from pathlib import Path
from typing import Any

import aiohttp

from tests.fakes.local_web import Server, listening
from tests.fakes.model_server import running_model_server
from tests.journeys import works
from tests.journeys.files import send, until_read
from tests.journeys.service import CONFIG, Service, installation
from tests.journeys.visitor import Visitor

NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000
SET_FLAGS, UP = 0x8914, 0x1 | 0x40
NOTE = "Le budget annuel alloué à la conservation s'élève à 208 000 € hors taxes pour l'ensemble du service."
SAID = "Le_budget_annuel_de_la_conservation_est_de_208_000_€_hors_taxes_[1]."
OUTSIDE = """
[[backends]]
name = "outside"
url = "https://models.example.org/v1"

[[models]]
name = "outside"
backend = "outside"
"""


def enter() -> None:
    """Leave the machine's network. Root keeps its accounts, which the embedded database needs; others map themselves."""
    uid, gid = os.getuid(), os.getgid()
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(NEW_NETWORK) != 0:
        if library.unshare(NEW_USER | NEW_NETWORK) != 0:
            raise OSError(ctypes.get_errno(), "unshare")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP))


def attempts() -> int:
    """Return how often something was sent where nothing leads, since the namespace was made."""
    found = 0
    lines = Path("/proc/net/snmp").read_text().splitlines()
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        kind, *columns = names.split()
        counted = dict(zip(columns, values.split()[1:], strict=True))
        found += int(counted["OutNoRoutes"]) if kind == "Ip:" else int(counted["NoPorts"]) if kind == "Udp:" else 0
    six = Path("/proc/net/snmp6")
    if six.exists():
        counted = dict(line.split() for line in six.read_text().splitlines())
        found += int(counted["Ip6OutNoRoutes"]) + int(counted["Udp6NoPorts"])
    return found


def try_on_purpose() -> int:
    """Connect outside, then resolve a name: what the counters must see."""
    before = attempts()
    with socket.socket() as outside:
        outside.settimeout(1)
        assert outside.connect_ex(("8.8.8.8", 443)) != 0
    by_address = attempts() - before
    try:
        socket.getaddrinfo("models.example.org", 443)
    except OSError:
        return attempts() - before if by_address else 0
    raise AssertionError("a name was resolved without network")


async def journey() -> dict[str, Any]:
    seen: dict[str, Any] = {"seen_on_purpose": try_on_purpose()}
    seen["default"] = await by_default()
    before = attempts()
    async with running_model_server() as scripted:
        with (
            tempfile.TemporaryDirectory() as models,
            installation(
                scripted.url,
                CHATELET_EGRESS="none",
                CHATELET_MAIL__HOST="mail.example.org",
                CHATELET_MAIL__SENDER="chatelet@example.org",
                CHATELET_EMBEDDED__MODELS_DIR=models,
                CHATELET_SCHOLARLY__SOURCES='["hal", "arxiv", "crossref", "mirror"]',
                CHATELET_SCHOLARLY__HIGHEST_LEVEL="internal",
                CHATELET_SCHOLARLY__SECONDS="30",  # a busy machine is late, and must say "refused" all the same
                CHATELET_WEB_SEARCH__SEARXNG_URL="https://recherche.example.org",
            ) as service,
        ):
            config = Path(service.environment["CHATELET_CONFIG"])
            config.write_text(CONFIG.format(url=scripted.url, context=8_192) + OUTSIDE)
            await service.start()
            await service.create_person("ada@exemple.fr", administrator=True)
            async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
                ada = Visitor(http, service.address)
                await ada.sign_in("ada@exemple.fr")
                seen |= await use(ada)
                seen["mirrored"] = await mirrored(service)
                seen["works"] = await ask_works(ada)
            seen |= await asyncio.to_thread(commands, service)
            seen["ended"] = await service.stop()
    return seen | {"attempts": attempts() - before}


async def by_default() -> dict[str, Any]:
    """Use an installation of which nothing is set but a model server here; none of the files of models is there."""
    before = attempts()
    async with running_model_server() as scripted:
        with (
            tempfile.TemporaryDirectory() as models,
            installation(scripted.url, CHATELET_EMBEDDED__MODELS_DIR=models) as service,
        ):
            set_here = [name for name in service.environment if name.startswith(("CHATELET_EGRESS", "CHATELET_SCHOL"))]
            await service.start()
            await service.create_person("ada@exemple.fr", administrator=True)
            async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
                ada = Visitor(http, service.address)
                await ada.sign_in("ada@exemple.fr")
                seen = await use(ada)
                pages = [await ada.call("GET", page) for page in ("/api/admin/models", "/api/health/ready")]
                seen["pages"] = [page.status for page in pages]
            checked = await asyncio.to_thread(service.command, "check", "--json")
            seen["checked"] = len(json.loads(checked.stdout))
            seen["ended"] = await service.stop()
    return seen | {"set": set_here, "attempts": attempts() - before}


async def use(ada: Visitor) -> dict[str, Any]:
    """Ask, send a file, ask from it, search, and ask of the model that is outside."""
    conversation = await ada.conversation()
    first = await ada.ask(conversation, "Bonjour [[say=Bonjour_à_vous.]]")
    file = await send(ada, "note.txt", NOTE.encode())
    read = await until_read(ada, file)
    second = await ada.ask(conversation, f"Quel budget ? [[say={SAID}]]", attachments=[file])
    found = (await ada.get("/api/conversations/search", params={"q": "budget"}))["items"]
    models = (await ada.get("/api/models"))["items"]
    exits = (await ada.get("/api/admin/egress"))["items"]
    return {
        "exits": {
            f"{one['purpose']} {one['host']}": [one["open"], one["contacts"]["answered"], one["contacts"]["refused"]]
            for one in exits
        },
        "answer": first.text,
        "read": read["state"],
        "cited": [one["verified"] for one in second.all("citations")[-1]["items"]],
        "found": len(found),
        "models": {model["id"]: model["state"] for model in models},
    }


async def mirrored(service: Service) -> list[str]:
    """Keep works here as an administrator does: from a file that was carried, and from a relay inside."""
    relay = Server()
    relay.page("/oai", works.OF_OAI, "text/xml")
    carried = service.data_dir.parent / "works.jsonl"
    carried.write_text(works.of_openalex())
    told: list[str] = []
    async with listening(relay):
        for source in (["--openalex", str(carried)], ["--hal-oai", f"{relay.origin}/oai"]):
            done = await asyncio.to_thread(service.command, "sources", "mirror", *source)
            told.append(done.stdout.strip() or done.stderr.strip())
    return told


async def ask_works(ada: Visitor) -> dict[str, Any]:
    """Ask what is asked when the network is open, then the web, then the desk."""
    conversation = await ada.conversation()
    said = f"{works.ASKED} [[say={works.ANSWER}]]"
    stream = await ada.ask(conversation, said, publications={"query": works.QUERY})
    pages = {one["id"]: one for one in (await ada.get(f"/api/conversations/{conversation}/web-pages"))["items"]}
    cited = stream.all("citations")[-1]["items"]
    web = await ada.ask(conversation, "Et sur le web ? [[say=Rien.]]", web={"query": "équité"})
    found = (await ada.call("POST", "/api/scholarly/search", {"words": works.QUERY})).body
    return {
        "verified": [one["verified"] for one in cited],
        "from": [pages[one["snapshot_id"]]["work"]["sources"] for one in cited],
        "down": {
            one["params"]["source"]: one["params"]["reason"]
            for one in stream.all("notice")
            if one["code"] == "works_source_down"
        },
        "web": [one["params"] for one in web.all("notice") if one["code"].startswith("web_engine")],
        "desk": [one["title"] for one in found["records"]],
        "states": {one["source"]: one["state"] for one in found["sources"]},
    }


def commands(service: Service) -> dict[str, Any]:
    checked = service.command("check", "--json")
    fetched = service.command("models", "fetch")
    return {
        "check": {one["subject"]: [one["state"], one["detail"]] for one in json.loads(checked.stdout)},
        "fetch": [fetched.returncode, fetched.stderr.strip().splitlines()[-1]],
    }


if __name__ == "__main__":
    enter()
    sys.stdout.write(json.dumps(asyncio.run(journey()), ensure_ascii=False))
