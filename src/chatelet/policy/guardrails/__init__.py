"""Guardrails: pure stream machines over what enters and leaves a model (`feed`, `flush`)."""
