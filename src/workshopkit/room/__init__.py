"""What a workshop's events add up to: validation, answer sheets, the fold and the analyst."""
