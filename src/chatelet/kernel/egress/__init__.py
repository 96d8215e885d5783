"""What leaves for an address that nobody declared: named by a page, a document, a person or a model (TA-061, TA-064).

    text -> targets.read (one parse) -> visit: one resolution -> addresses.judge -> connection to that very address
    each redirect begins again at `targets.read`

Declared servers are `kernel.outbound`'s. `posture` says what may leave at all, `destinations` and `ledger` what the
installation may contact and what it did. Owns `egress_counts`. Nothing else fetches an address it was given.
"""
