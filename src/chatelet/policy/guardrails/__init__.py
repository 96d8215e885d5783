"""Guardrails: what a text holds that should be known before it enters or leaves a model. Pure, local, without state.

`detection.detect` finds personal data (`pii`), `secrets`, `markings` and `injection` in a text;
`streaming.DetectorStream` finds the same in pieces (`feed`, `flush`); `labels` tells the level, categories and verdict
that findings ask for. `invisible.strip_invisible` removes characters that are not seen. Owns no table: findings hold
places, never words.
"""
