"""What can go wrong on the way out; the domain that asked says it with its own coded error."""


class OutboundError(Exception):
    """Base of what can go wrong; the domain that called says it with its own coded error."""


class NotDeclared(OutboundError):
    """No endpoint was declared under this name."""


class Unreachable(OutboundError):
    """No connection: unknown host, refused, TLS failure, or no answer within the connection time."""


class Closed(Unreachable):
    """This installation lets nothing out to this server (kernel/egress/posture.py); nothing was resolved."""


class Disconnected(OutboundError):
    """The connection was lost after the request was sent."""


class TooLate(OutboundError):
    """The other side kept silent longer than allowed."""


class BadAnswer(OutboundError):
    """What came back is not HTTP, is a redirect, or is larger than allowed."""
