"""Codes that people read aloud and type, and how long one waits after wrong ones."""

from __future__ import annotations

import base64
import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshopkit.store import codes

TYPED = st.text(alphabet=codes.ALPHABET, min_size=8, max_size=12)


def test_no_two_letters_look_alike():
    assert not set(codes.ALPHABET) & set("01OIL")
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET)
    assert codes.ALPHABET.upper() == codes.ALPHABET


@pytest.mark.parametrize(
    ("make", "length", "bits"), [(codes.join_code, 8, 39), (codes.personal_code, 12, 59)], ids=["join", "own"]
)
def test_codes_have_their_length_and_use_the_whole_alphabet(make, length, bits):
    made = [make() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {len(code) for code in made} == {length}
    assert math.floor(length * math.log2(len(codes.ALPHABET))) == bits
    for place in range(length):
        assert {code[place] for code in made} == set(codes.ALPHABET), "every letter in every place"


def test_secrets_have_256_bits():
    made = [codes.secret() for _ in range(100)]
    assert len(set(made)) == 100
    assert {len(base64.urlsafe_b64decode(f"{secret}=")) for secret in made} == {32}


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ABCDEFGH", "ABCDEFGH"),
        ("abcdefgh", "ABCDEFGH"),
        (" abcd-efgh ", "ABCDEFGH"),
        ("AB CD\tEF\nGH", "ABCDEFGH"),
        ("abcd–efgh.", "ABCDEFGH"),
        ("“ABCDEFGH”", "ABCDEFGH"),
        ("ABCD\u00a0EFGH\u200b", "ABCDEFGH"),
        ("", ""),
        (" -- ", ""),
        ("'; drop table--", "DROPTABLE"),
        ("\ud83d\x00", ""),
    ],
)
def test_a_code_is_read_as_people_type_it(typed, code):
    assert codes.normalise(typed) == code


@given(code=TYPED, between=st.text(alphabet=" -–._/\t\n\u00a0", max_size=3), lower=st.booleans())
def test_case_and_what_stands_between_do_not_count(code, between, lower):
    typed = between.join(code.lower() if lower else code)[:64]
    assert code.startswith(codes.normalise(typed))
    assert codes.normalise(between + code[:4].lower() + between + code[4:]) == code


@given(typed=st.text(st.characters()))
def test_anything_typed_can_be_read(typed):
    read = codes.normalise(typed)
    assert read.isalnum() or read == ""


def test_a_very_long_code_is_cut_off():
    assert codes.normalise("A" * 10_000) == "A" * 64


def test_what_is_kept_of_a_secret_tells_nothing_and_is_always_the_same():
    assert codes.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert codes.sha256("\ud83d") != codes.sha256("\ud83e"), "half an emoji is a secret like another"


def test_five_tries_are_free_and_then_the_wait_doubles_up_to_a_minute():
    waits = [codes.wait_after(failures) for failures in range(14)]
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_wait_never_shrinks_and_never_overflows():
    waits = [codes.wait_after(failures) for failures in (*range(100), 10**6, 10**30)]
    assert all(later >= earlier for earlier, later in itertools.pairwise(waits))
    assert max(waits) == 60
