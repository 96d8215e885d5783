"""A person's conversations: threads, turns, messages, folders, search in one's own history, export and import.

Tables: conversations, turns, messages (monthly partitions), folders. Content is sealed with one data key per
conversation. Public names: `service` (conversations and folders), `turns` (opening and closing a turn's rows),
`content` (sealing), `search`, `exchange` (export and import), `schemas`.
"""
