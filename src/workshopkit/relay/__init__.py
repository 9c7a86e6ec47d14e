"""The message exercise: a message travels from phone to phone along the lines."""
