"""Is this address one of the public Internet? Read from tables, so that no version of Python changes the answer.

Sources: IANA's registries of special-purpose addresses (IPv4, IPv6), RFC 6890 and those it lists; for IPv6 the
question is turned round: only 2000::/3 was ever allocated, so everything else is refused, mapped and translated forms
of IPv4 included (::ffff:0:0/96, 64:ff9b::/96, ::/96).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

from chatelet.kernel.egress.reasons import Reason

Address = IPv4Address | IPv6Address

# The first that holds the address speaks.
_IPV4: Final = tuple(
    (IPv4Network(network), reason)
    for network, reason in (
        ("169.254.169.254/32", Reason.METADATA),  # the instance metadata of most clouds
        ("169.254.170.2/32", Reason.METADATA),  # AWS: credentials of a container
        ("169.254.170.23/32", Reason.METADATA),
        ("169.254.0.23/32", Reason.METADATA),  # Tencent
        ("100.100.100.200/32", Reason.METADATA),  # Alibaba
        ("192.0.0.192/32", Reason.METADATA),  # Oracle
        ("168.63.129.16/32", Reason.METADATA),  # Azure's own server, in a public range
        ("0.0.0.0/8", Reason.UNSPECIFIED),
        ("10.0.0.0/8", Reason.PRIVATE),
        ("100.64.0.0/10", Reason.SHARED),
        ("127.0.0.0/8", Reason.LOOPBACK),
        ("169.254.0.0/16", Reason.LINK_LOCAL),
        ("172.16.0.0/12", Reason.PRIVATE),
        ("192.0.0.0/24", Reason.RESERVED),
        ("192.0.2.0/24", Reason.DOCUMENTATION),
        ("192.31.196.0/24", Reason.RESERVED),  # AS112
        ("192.52.193.0/24", Reason.TUNNEL),  # AMT
        ("192.88.99.0/24", Reason.TUNNEL),  # relays of 6to4
        ("192.168.0.0/16", Reason.PRIVATE),
        ("192.175.48.0/24", Reason.RESERVED),  # AS112
        ("198.18.0.0/15", Reason.BENCHMARK),
        ("198.51.100.0/24", Reason.DOCUMENTATION),
        ("203.0.113.0/24", Reason.DOCUMENTATION),
        ("224.0.0.0/4", Reason.MULTICAST),
        ("255.255.255.255/32", Reason.BROADCAST),
        ("240.0.0.0/4", Reason.RESERVED),
    )
)
_IPV6: Final = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("fd00:ec2::254/128", Reason.METADATA),
        ("fd00:ec2::23/128", Reason.METADATA),
        ("fd20:ce::254/128", Reason.METADATA),
        ("::/128", Reason.UNSPECIFIED),
        ("::1/128", Reason.LOOPBACK),
        ("::ffff:0:0/96", Reason.TRANSLATED),  # IPv4-mapped
        ("::ffff:0:0:0/96", Reason.TRANSLATED),  # SIIT
        ("64:ff9b::/96", Reason.TRANSLATED),  # NAT64
        ("64:ff9b:1::/48", Reason.TRANSLATED),  # NAT64, local
        ("::/96", Reason.TRANSLATED),  # IPv4-compatible
        ("100::/64", Reason.RESERVED),  # discard
        ("2001::/32", Reason.TUNNEL),  # Teredo
        ("2001:2::/48", Reason.BENCHMARK),
        ("2001::/23", Reason.RESERVED),  # of the IETF: ORCHID and others
        ("2001:db8::/32", Reason.DOCUMENTATION),
        ("3fff::/20", Reason.DOCUMENTATION),
        ("2002::/16", Reason.TUNNEL),  # 6to4
        ("2620:4f:8000::/48", Reason.RESERVED),  # AS112
        ("3ffe::/16", Reason.RESERVED),  # the former 6bone
        ("fc00::/7", Reason.PRIVATE),
        ("fe80::/10", Reason.LINK_LOCAL),
        ("fec0::/10", Reason.PRIVATE),  # site-local
        ("ff00::/8", Reason.MULTICAST),
    )
)
_ALLOCATED: Final = IPv6Network("2000::/3")
_ISATAP: Final = frozenset({0x00005EFE, 0x02005EFE})


def judge(address: Address) -> Reason | None:
    """Return why an address is not one of the public Internet; None when it is."""
    if isinstance(address, IPv4Address):
        return next((reason for network, reason in _IPV4 if address in network), None)
    if address.scope_id is not None:
        return Reason.ODD_IPV6
    found = next((reason for network, reason in _IPV6 if address in network), None)
    if found is not None:
        return found
    if address not in _ALLOCATED:
        return Reason.RESERVED
    return _judge_tunnelled(int(address))


def _judge_tunnelled(number: int) -> Reason | None:
    """Refuse ISATAP (RFC 5214): an IPv4 address at the end of any prefix."""
    return Reason.TUNNEL if (number >> 32) & 0xFFFFFFFF in _ISATAP else None
