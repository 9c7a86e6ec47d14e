"""The break-through: tables of cards, plans within their hours, and dots; what they do to the map is told elsewhere."""
