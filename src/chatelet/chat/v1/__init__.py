"""The OpenAI-compatible API: `/v1`, for programs and editors, by API key only (docs/adr/0015).

Owns no table. An exchange asks a model under the same clearance as a turn, through the same gateway, and leaves a
journal line (`api.exchange`) and its usage: no conversation, no word. `exchange` is the list of steps; `exchanges`
those that run in this process; `chat_form` and `responses_form` the two ways of telling an answer.
"""
