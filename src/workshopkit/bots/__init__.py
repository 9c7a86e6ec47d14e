"""Scripted participants: they go through the real door and speak the page's own protocol."""
