"""The end of a contract: everything the institution owns in open formats, then nothing left, and a signed report of it.

`export`: what leaves, its content sealed for one recipient · `sealing`: that seal · `rows`: which tables, which columns
`erasing`: the order of destruction · `emptying`: of each place. The report itself: `certificates.erasure_report`
"""
