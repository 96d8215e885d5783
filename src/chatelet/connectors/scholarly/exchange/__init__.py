"""References as other software writes and reads them: BibTeX, CSL-JSON, RIS out; BibTeX, RIS, lists of DOIs in."""
