"""Levels that an institution adds to those shipped: which this installation has, and that none in use is taken away."""
