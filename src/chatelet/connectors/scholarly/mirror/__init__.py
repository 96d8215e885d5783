"""Works kept on this installation, so that the desk answers with the network closed.

    file of OpenAlex, OAI-PMH of HAL ─ loading ─▶ mirrored_works ─ service ─▶ the same records, searched the same way

Owns `mirrored_works`: what is published of published works, nobody's data here.
"""
