"""What is shipped to run the service keeps its hardening (TA-167, for what exists today: a systemd unit)."""

from tests.architecture.sources import ROOT

_UNIT = (ROOT / "deploy" / "systemd" / "chatelet.service").read_text("utf-8").splitlines()
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


def test_the_unit_holds_no_secret() -> None:
    """Passwords and keys come from files that the unit names."""
    told = [line for line in _UNIT if line.startswith("Environment=")]
    assert not [line for line in told if any(word in line for word in ("PASSWORD", "DATABASE__URL", "API_KEY="))]
