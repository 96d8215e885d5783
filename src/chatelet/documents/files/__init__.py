"""Files: received in parts, kept sealed, read by a job. Owns `files`; their bytes are blobs of `kernel.storage`.

begin -> append… -> (antivirus, reading, by a job) -> read | failed
"""
