"""Optical character recognition: one interface, two engines, chosen by what the machine has."""
