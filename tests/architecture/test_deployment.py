"""What is shipped to run the service keeps its hardening (TA-167, for what exists today: a systemd unit)."""

import json
import re

from tests.architecture.sources import ROOT

_FOLDER = ROOT / "deploy" / "systemd"
_UNIT = (_FOLDER / "chatelet.service").read_text("utf-8").splitlines()
_EACH_DAY = {
    "chatelet-backup-prune": "chatelet backup prune",
    "chatelet-audit-expire": "chatelet audit expire",
    "chatelet-clean-disk": "chatelet privacy clean-disk",
}
_REQUIRED = {
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "RestrictSUIDSGID=yes",
    "RestrictNamespaces=yes",
    "UMask=0077",
    "StateDirectoryMode=0700",
    "SystemCallArchitectures=native",
}


def test_the_unit_is_hardened_and_not_root() -> None:
    assert not _REQUIRED - set(_UNIT)
    assert "User=chatelet" in _UNIT


def test_what_ends_each_day_has_a_timer_and_the_same_hardening() -> None:
    assert {path.stem for path in _FOLDER.glob("*.timer")} == set(_EACH_DAY)
    for name, command in _EACH_DAY.items():
        unit = (_FOLDER / f"{name}.service").read_text("utf-8").splitlines()
        assert not _REQUIRED - set(unit)
        assert {"User=chatelet", "DynamicUser=yes"} & set(unit)
        assert f"ExecStart=/opt/chatelet/.venv/bin/{command}" in unit
        timer = (_FOLDER / f"{name}.timer").read_text("utf-8")
        assert "OnCalendar=*-*-* " in timer
        assert "Persistent=yes" in timer


def test_the_unit_holds_no_secret() -> None:
    """Passwords and keys come from files that the unit names."""
    told = [line for line in _UNIT if line.startswith("Environment=")]
    assert not [line for line in told if any(word in line for word in ("PASSWORD", "DATABASE__URL", "API_KEY="))]


def test_the_dashboard_asks_for_metrics_that_exist() -> None:
    """Each metric it names is made, and each one that is made has its question."""
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "chatelet.json").read_text("utf-8"))
    asked = " ".join(target["expr"] for panel in dashboard["panels"] for target in panel["targets"])
    named = set(re.findall(r"chatelet_[a-z_]+", asked))
    known = set(re.findall(r"`(chatelet_[a-z_]+)`", (ROOT / "docs" / "reference" / "metrics.md").read_text("utf-8")))
    assert {name.removesuffix("_bucket") for name in named} == known
    assert all(panel["title"].endswith("?") and panel["description"] for panel in dashboard["panels"])
