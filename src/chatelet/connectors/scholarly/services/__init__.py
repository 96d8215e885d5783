"""One file per service: how it is asked and how its answers are read, pure. `catalogue.py` lists them."""
