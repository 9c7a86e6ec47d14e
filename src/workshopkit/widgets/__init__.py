"""Widgets: what a browser shows of the kit. They know no workshop."""
