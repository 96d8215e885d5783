"""The journal handed to a collector outside (SIEM): RFC 5424 lines over TLS (RFC 5425), at least once, in order.

    journal_links + journal_events + journal_seals --forwarder, one process at a time--> collector
                                      cursor: journal_forwarding, moved once the collector ended the connection in order

The journal is the store: an outage of the collector costs a delay and nothing else. Owns `journal_forwarding`.
Public names: `forwarder.forward_forever`, `standing.standing_of`.
"""
