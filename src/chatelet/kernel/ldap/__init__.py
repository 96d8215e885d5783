"""The door for LDAP (RFC 4511): as much of the protocol as signing in and reading a tree need, and nothing that writes.

Own and asynchronous: a bind, a search, StartTLS and paging are four messages (docs/adr/0019). `connection` opens TLS
and speaks, `filters` and `names` write what people typed so that it stays data, `messages` and `ber` are the bytes.
Referrals are never followed: nothing but the servers that an administrator declared is ever contacted (TA-060).
"""
