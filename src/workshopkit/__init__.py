"""A workshop kit that shows which messages arrive in an organisation, and which do not."""

__version__ = "0.1.0"


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where our tile for its launcher is."""
    return [{"src": "labextension", "dest": "workshopkit"}]
