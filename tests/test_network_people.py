"""What looks like the name of a person, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshopkit.network.people import MOST, named


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jan de Vries", ["Jan de Vries"]),
        ("Jan van der Meulen belt", ["Jan van der Meulen"]),
        ("Als de balie sluit, dan belt Fatima El Amrani", ["Fatima El Amrani"]),
        ("Marieke van ’t Hof en Peter in 't Veld", ["Marieke van ’t Hof", "Peter in 't Veld"]),
        ("Wij vragen het aan Ans-Marie van den Berg", ["Ans-Marie van den Berg"]),
        ("Ytsje van der Ploeg", ["Ytsje van der Ploeg"]),
        ("Youssef ben Ali", ["Youssef ben Ali"]),
        ("J. de Vries", ["J. de Vries"]),
        ("A.B. Jansen", ["A.B. Jansen"]),
        ("mevrouw Jansen", ["Jansen"]),
        ("dhr. van Dijk", ["van Dijk"]),
        ("vraag het de heer Ter Horst", ["Ter Horst"]),
        ("Mrs Brown", ["Brown"]),
        ("John Smith tells them", ["John Smith"]),
        ("Sanne belt", ["Sanne"]),
        ("het team van Willemijn", ["Willemijn"]),
        ("team Van der Valk", ["Van der Valk"]),
        ("Van der Valk", ["Van der Valk"]),
        ("Mark Visser", ["Mark Visser"]),
        ("Wil Bakker", ["Wil Bakker"]),
        ("René Çelik", ["René Çelik"]),
        ("Çigdem en Zeynep", ["Zeynep"]),
    ],
)
def test_names_of_people(text, names):
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Balie",
        "Dienstverlening",
        "Raad van Bestuur",
        "Raad van Toezicht",
        "Hoofd van Dienst",
        "College van Burgemeester en Wethouders",
        "Huis van de Wijk",
        "Dag van de Arbeid",
        "Wijkteam De Hoogte",
        "hotel Van der Valk",
        "Bureau de Helling",
        "Van de Balie hoorden we niets",
        "Van Directie naar Balie",
        "Front Office",
        "Customer Service",
        "Human Resources",
        "Board and staff",
        "de woordvoerder",
        "Als er iets verandert, dan bellen we de balie dezelfde dag",
        "Wil de balie dat?",
        "Mark the date",
        "Max 20 mensen",
        "Jack in the box",
        "Gemeente Den Haag",
        "De Bilt en Den Bosch",
        "ICT en HR",
        "WMO",
        "mr. en mevr.",
    ],
)
def test_roles_and_places_are_none(text):
    assert named(text) == []


def test_labels_of_the_map_are_no_people():
    assert named("Posthof van Brugwacht") == ["Posthof van Brugwacht"]
    assert named("Posthof van Brugwacht", labels=["Posthof", "Brugwacht"]) == []
    assert named("Roos Vera", labels=["Vera"]) == []


@given(st.text())
def test_any_text_is_taken(text):
    found = named(text)
    assert len(found) <= MOST
    assert all(name.strip() for name in found)
