"""The section of the settings about the journal: where it is forwarded to."""

from pathlib import Path
from typing import Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from chatelet.sections import Section

_PORTS: Final = {"tls": 6514, "tcp": 601}  # RFC 5425, RFC 3195
_OF_THIS_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class ForwardSettings(Section):
    """A collector (SIEM) that every event of the journal is handed to, at least once. Without `address`, none."""

    address: str | None = Field(
        default=None, description="tls://host:port (6514 when absent), syslog (RFC 5424) framed by octet counts"
    )
    ca_file: Path | None = Field(default=None, description="Private certificate authority of the collector")
    certificate_file: Path | None = Field(
        default=None, description="Certificate (PEM) that the service shows, when the collector asks for one"
    )
    key_file: Path | None = Field(default=None, description="Its private key (PEM, without passphrase)")
    confirmed_by: Literal["tls", "tcp"] = Field(
        default="tls",
        description="What shows that a batch was read: the collector's own end of TLS (close_notify, RFC 5425), or for"
        " those that send none, of TCP, which whoever holds the network could feign",
    )
    allow_clear: bool = Field(
        default=False, description="tcp://host:port may be another machine: events cross the network in clear"
    )

    @model_validator(mode="after")
    def _coherent(self) -> Self:
        if (self.certificate_file is None) != (self.key_file is None):
            raise ValueError("audit.forward.certificate_file and audit.forward.key_file go together")
        if self.address is None:
            return self
        parts = urlsplit(self.address)
        if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.path or parts.query:
            raise ValueError("audit.forward.address is tls://host:port, or tcp://host:port")
        if parts.scheme == "tcp" and not (self.allow_clear or self.host in _OF_THIS_MACHINE):
            raise ValueError("audit.forward.address may be tcp:// only on this machine, or with allow_clear")
        if not 0 < self.port < 65536:
            raise ValueError("audit.forward.address has no such port")
        return self

    @property
    def host(self) -> str:
        """The collector's name or address, without brackets; empty when there is none."""
        return urlsplit(self.address or "").hostname or ""

    @property
    def port(self) -> int:
        """Its port."""
        parts = urlsplit(self.address or "")
        return _PORTS.get(parts.scheme, 0) if parts.port is None else parts.port

    @property
    def has_tls(self) -> bool:
        """Whether the connection is encrypted."""
        return urlsplit(self.address or "").scheme == "tls"

    @property
    def collector(self) -> str:
        """The address in one form, by which the cursor is kept."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'tls' if self.has_tls else 'tcp'}://{host}:{self.port}"


class AuditSettings(Section):
    """The journal, beyond what seals it (`security.seal_key_file`)."""

    forward: ForwardSettings = ForwardSettings()
