"""The servers that run models, one file per kind. Only `inference.gateway` and `inference.service` import them.

`openai_compatible` speaks to any server of that dialect; `chunks` decodes its stream; `embedded` supervises the small
model that runs on this machine, in a process of its own (`embedded_server`).
"""
