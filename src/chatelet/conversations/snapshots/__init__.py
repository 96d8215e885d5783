"""Pages of the web as they were read for a question, sealed with the conversation's key: what a citation opens.

They live and end with their conversation. Owns `web_snapshots`. Public names: `service.keep`, `service.listed`.
"""
