"""``python -m workshopkit.server``: run the door."""

from __future__ import annotations

from workshopkit.server.door import main

if __name__ == "__main__":
    main()
