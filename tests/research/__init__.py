"""Deep research, over HTTP and by its pure parts."""
