"""A real SearXNG in a process and a Python of its own (scripts/searxng.py): it asks one engine, of the loopback."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

_PYTHON = Path(sys.prefix) / "searxng" / "bin" / "python"
_SETTINGS = """
use_default_settings: {{engines: {{keep_only: [local]}}}}
general: {{enable_metrics: false}}
search: {{formats: [{formats}]}}
server: {{secret_key: "{secret}", limiter: false, port: {port}, bind_address: "127.0.0.1", method: "POST"}}
outgoing: {{request_timeout: 20.0, max_request_timeout: 20.0, extra_proxy_timeout: 0}}
engines:
  - {{name: local, engine: json_engine, shortcut: lo, categories: [general], disabled: false, enable_http: true,
     timeout: 20.0, search_url: "{engine}/?q={{query}}", results_query: results, url_query: url, title_query: title,
     content_query: content}}
"""
_TRIES = 3


def missing() -> str | None:
    """Tell what this machine lacks, in a sentence; None when nothing."""
    return None if _PYTHON.exists() else "SearXNG is missing: `python3 scripts/prepare.py --development --servers`"


@asynccontextmanager
async def running_searxng(folder: Path, engine: str, *, formats: str = "html, json") -> AsyncIterator[str]:
    """Run one that asks `engine`, an origin; give its own. Of a port that another took meanwhile, it takes another."""
    lacking = missing()
    assert lacking is None, lacking
    for _ in range(_TRIES):
        port = _free_port()
        process = _start(folder, port, engine, formats)
        try:
            if await _is_up(f"http://127.0.0.1:{port}/healthz", process):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            process.terminate()
            process.wait(30)
    raise AssertionError((folder / "searxng.log").read_text(errors="replace")[-2000:])


def _start(folder: Path, port: int, engine: str, formats: str) -> "subprocess.Popen[bytes]":
    written = folder / "searxng.yml"
    written.write_text(_SETTINGS.format(formats=formats, secret="0" * 32, port=port, engine=engine))
    environment = {"PATH": os.environ["PATH"], "SEARXNG_SETTINGS_PATH": str(written), "HOME": str(folder)}
    with (folder / "searxng.log").open("wb") as log:
        return subprocess.Popen([_PYTHON, "-m", "searx.webapp"], env=environment, cwd=folder, stdout=log, stderr=log)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


async def _is_up(address: str, process: "subprocess.Popen[bytes]") -> bool:
    async with asyncio.timeout(120), aiohttp.ClientSession() as http:
        while process.poll() is None:
            try:
                async with http.get(address) as answer:
                    return answer.status == 200 and process.poll() is None
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)
    return False
