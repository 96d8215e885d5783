"""The door for e-mail: one SMTP server, that the settings name; nothing else is ever written to (TA-060).

TLS is verified, with the system's authorities or a private one; without it only a server of this machine is spoken to.
Messages are plain text. A refusal for good (the address does not exist) is told apart from one to try again.
Without a configured server nothing is sent: whoever would have written shows the link instead.
"""

import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import aiosmtplib

from chatelet.kernel.clock import now
from chatelet.kernel.egress import gate
from chatelet.kernel.egress.purposes import Purpose
from chatelet.settings import MailSettings

_SECONDS: Final = 20.0
_FOR_GOOD: Final = range(500, 600)


class MailRefused(Exception):
    """The server will not deliver to this address, now or later."""


class MailUnavailable(Exception):
    """The message did not leave: no connection, no trust, or a passing refusal. It may be tried again."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one person. `identifier` makes its Message-ID: sent twice, it is one message."""

    identifier: UUID
    to: str
    subject: str
    text: str
    language: str


def can_leave(settings: MailSettings) -> bool:
    """Tell whether there is a server to send through, and whether this installation lets anything out to it."""
    return settings.host is not None and gate.current().posture.lets_declared(settings.host, Purpose.MAIL)


class Mailer:
    """Sends through the server of the settings. `address` is the service's own, named in messages."""

    def __init__(self, settings: MailSettings, *, address: str) -> None:
        self._settings = settings
        self._host = urlsplit(address).hostname or "localhost"

    @property
    def is_configured(self) -> bool:
        """Whether there is a server to send through."""
        return can_leave(self._settings)

    async def send(self, mail: Mail) -> None:
        """Hand one message to the server; raise `MailRefused` or `MailUnavailable`."""
        try:
            with gate.current().contact(self._settings.host, Purpose.MAIL, self._settings.port):
                await self._send(self._compose(mail), mail.to)
        except gate.EgressClosed as error:
            raise MailUnavailable(error.code) from None
        except aiosmtplib.SMTPRecipientsRefused as error:
            refusal = error.recipients[0]
            raise _refusal(refusal.code, refusal.message) from None
        except aiosmtplib.SMTPResponseException as error:
            raise MailUnavailable(f"{type(error).__name__} {error.code}") from None
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailUnavailable(type(error).__name__) from None

    async def _send(self, message: EmailMessage, to: str) -> None:
        settings = self._settings
        password = settings.password_file.read_text("utf-8").strip() if settings.password_file else None
        await aiosmtplib.send(
            message,
            sender=settings.sender,
            recipients=[to],
            hostname=settings.host,
            port=settings.port,
            username=settings.user,
            password=password,
            use_tls=settings.tls == "tls",
            start_tls=settings.tls == "starttls",
            tls_context=ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None),
            local_hostname=self._host,
            timeout=_SECONDS,
        )

    def _compose(self, mail: Mail) -> EmailMessage:
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = self._settings.sender or ""
        message["To"] = mail.to
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(now())
        message["Message-ID"] = f"<{mail.identifier}@{self._host}>"
        message["Content-Language"] = mail.language
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(mail.text, cte="quoted-printable")
        return message


def _refusal(code: int, words: str) -> MailRefused | MailUnavailable:
    told = f"{code} {words[:80]}"
    return MailRefused(told) if code in _FOR_GOOD else MailUnavailable(told)
