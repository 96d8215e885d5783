"""Publications as sources of an answer, when the person asked for them and confirmed the words that leave.

Public names: `asking.receive`, `asking.tell`, `searching.search`. It has no table: what was read is kept in
`conversations.snapshots`.
"""
