"""A person at a real Chromium, before a real `chatelet serve`: what they read, hear, type, and what leaves the page."""
