"""Why an address is refused, or allowed: a closed vocabulary, told by errors and by `chatelet eval egress`."""

from enum import StrEnum

from chatelet.kernel.errors import AppError


class Reason(StrEnum):
    """One word per rule; none of them repeats the address."""

    # of the writing
    SCHEME = "scheme"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    WHITESPACE = "whitespace"
    INVISIBLE = "invisible_character"
    BACKSLASH = "backslash"
    USERINFO = "userinfo"
    AMBIGUOUS = "ambiguous"
    PORT = "port"
    HOST = "host"
    PERCENT_IN_HOST = "percent_in_host"
    UNICODE_HOST = "unicode_host"
    TRAILING_DOT = "trailing_dot"
    ODD_IPV4 = "odd_ipv4"
    ODD_IPV6 = "odd_ipv6"
    # of the name
    INTERNAL_NAME = "internal_name"
    METADATA = "metadata"
    HIDDEN_ADDRESS = "address_in_name"
    LEADS_INSIDE = "leads_inside"
    # of the address
    UNSPECIFIED = "unspecified"
    LOOPBACK = "loopback"
    PRIVATE = "private"
    LINK_LOCAL = "link_local"
    SHARED = "shared"
    MULTICAST = "multicast"
    BROADCAST = "broadcast"
    DOCUMENTATION = "documentation"
    BENCHMARK = "benchmark"
    TRANSLATED = "translated"
    TUNNEL = "tunnel"
    RESERVED = "reserved"
    # of the visit
    DOWNGRADE = "downgrade"
    REDIRECTS = "too_many_redirects"
    CLOSED = "egress_closed"
    NOT_LISTED = "not_listed"
    LISTED = "listed"
    OTHER_PURPOSE = "other_purpose"
    # of what came back
    UNREACHABLE = "unreachable"
    TOO_LATE = "too_late"
    TOO_LARGE = "too_large"
    CONTENT_TYPE = "content_type"
    BAD_ANSWER = "bad_answer"
    # allowed
    PUBLIC_NAME = "public_name"
    PUBLIC_ADDRESS = "public_address"


class AddressRefused(AppError):
    """This address is not one that the service may contact; `reason` says which rule."""

    code = "address_refused"
    status = 422

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason=reason.value)
        self.reason = reason


class VisitFailed(AppError):
    """The address may be contacted, and gave nothing that can be used; `reason` says why."""

    code = "visit_failed"
    status = 502

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason=reason.value)
        self.reason = reason
