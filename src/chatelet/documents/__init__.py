"""Documents: files as people give them, and what was read in them.

Owns the files, their reading (`parsing`, one file per format, in a process of its own), the recognition of scanned
pages (`ocr`) and the images of pages. Public names: `parsing.document.ParsedDocument`, `service`.
"""
