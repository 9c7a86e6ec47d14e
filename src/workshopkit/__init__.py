"""A workshop kit that shows which messages arrive in an organisation, and which do not."""

__version__ = "0.1.0"
