"""The commands' bodies, one file each: read the settings, call a verb of a domain, print what happened."""
