"""Running a workshop: which processes there are, on which ports, and who restarts them."""
