"""A website read as a place: pages and documents of one origin, under one path, as its robots.txt allows.

crawl: start ─▶ rules (robots.txt) ─▶ sitemaps ─▶ page ─▶ links ─▶ page ─▶ …   entries, with their content on a spool
"""
