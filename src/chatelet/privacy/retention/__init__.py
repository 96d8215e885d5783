"""What is over goes: conversations, attachments, documents of bases, technical logs, idle accounts.

Table: `idle_notices`. Public names: `expiry.run`, `idle.run`.
"""
