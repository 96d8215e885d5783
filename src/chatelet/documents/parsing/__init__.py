"""Reading of files: bytes in, `document.ParsedDocument` out; one file per format, in a process without network.

detect.kind_of -> sandbox.read -> reader (in the child) -> one module per format -> ParsedDocument
"""
