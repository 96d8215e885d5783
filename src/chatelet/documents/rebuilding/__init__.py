"""Giving a document back in its own format with other words in it: what is not a word stays byte for byte.

One file per format behind `contract.Format`; whoever writes documents asks `opening.format_of`. Pure functions of
bytes: they run in the reader's process, since the file is somebody else's.
"""
