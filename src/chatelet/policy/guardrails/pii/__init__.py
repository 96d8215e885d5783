"""Personal data: one module per sort of identifier; `family.find` gathers them, the surest first."""
