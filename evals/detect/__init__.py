"""Texts with the places of what detectors should find; all persons, numbers and keys are invented."""
