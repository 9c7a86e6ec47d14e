"""What all pages of the peers ask: the questions of notebooks/lean.ipynb."""

TITLE = "One message through the municipality"
ABOUT = "The questions about lines, in plain controls: the least that such a page can do."
TOLD = "Whom did you tell this yourselves? Tap them."
HEARD = "From whom did you hear it?"
TEAMS = [
    "Contact centre",
    "Permits",
    "Area team",
    "Public space maintenance",
    "Supervision and enforcement",
    "Neighbourhood care team",
    "Debt support",
    "Work and income",
    "Management",
    "Communication",
    "Information management",
    "Residents",
    "Local businesses",
]
