"""A place as it is written to the parts of an address: known parts only, and never the wrong country."""

import pytest

from postwright.formats.where import areas_of, country_code, where_of


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Boston, MA", ("Boston", "MA", "US")),
        ("Washington DC", ("Washington", "DC", "US")),
        ("Washington, D.C.", ("Washington", "DC", "US")),
        ("St. Louis, Missouri (Hybrid 3 days/week)", ("St. Louis", "Missouri", "US")),
        ("San Francisco, CA", ("San Francisco", "CA", "US")),
        ("Edinburgh, GB", ("Edinburgh", None, "GB")),
        ("Brooklyn, US - Remote OK", ("Brooklyn", None, "US")),
        ("San Francisco, California, United States", ("San Francisco", "California", "US")),
        ("Toronto, ON", ("Toronto", "ON", "CA")),
        ("USA DC Washington", ("Washington", "DC", "US")),
        ("Kirkland WA", ("Kirkland", "WA", "US")),
        ("Boston, MA 02115", ("Boston", "MA", "US")),
        ("London", ("London", None, None)),
        ("Berlin, DE", ("Berlin", None, "DE")),
        ("Tbilisi, Georgia", ("Tbilisi", "Georgia", None)),
        ("Atlanta, Georgia", ("Atlanta", "Georgia", "US")),
        ("Reading, Berkshire, England", ("Reading", "Berkshire", "GB")),
    ],
)
def test_a_place_has_the_parts_it_is_written_in(written: str, parts: tuple[str | None, ...]) -> None:
    (place,) = where_of(written).places
    address = place["address"]
    assert isinstance(address, dict)
    found = tuple(address.get(name) for name in ("addressLocality", "addressRegion", "addressCountry"))
    assert found == parts


def test_a_street_stays_a_street() -> None:
    (place,) = where_of("330 C St SW, Washington, DC, USA").places
    assert place["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "330 C St SW",
        "addressLocality": "Washington",
        "addressRegion": "DC",
        "addressCountry": "US",
    }


@pytest.mark.parametrize("written", ["SF, NYC, SEA, CHI", "Boston or Denver", "TBD", "Various locations", ""])
def test_what_names_several_places_or_none_is_no_address(written: str) -> None:
    assert where_of(written).places == ()


def test_places_in_a_list_are_places_each() -> None:
    assert len(where_of("Washington, DC; San Francisco, CA; Virtual (100% Remote)").places) == 2


@pytest.mark.parametrize(
    ("written", "area"),
    [
        ("Remote (US)", "US"),
        ("Remote, US", "US"),
        ("Anywhere in the U.S. (remote)", "US"),
        ("Fully remote within Canada", "CA"),
        ("Remote - Texas", "Texas"),
    ],
)
def test_wholly_remote_work_names_where_it_may_be_done_from(written: str, area: str) -> None:
    found = where_of(written)
    assert found.remote
    assert [place["name"] for place in found.areas] == [area]


def test_remote_work_from_nowhere_named_is_of_the_employers_country_or_of_none() -> None:
    assert where_of("Virtual (100% Remote)").areas == ()
    assert where_of("Virtual (100% Remote)", "US").areas == ({"@type": "Country", "name": "US"},)


@pytest.mark.parametrize("written", ["Boston, MA or remote", "Remote; Boston, MA", "Boston, MA - Remote OK", "Hybrid"])
def test_a_place_beside_remote_work_is_not_wholly_remote(written: str) -> None:
    assert not where_of(written).remote


def test_a_city_that_the_employer_has_once_is_known_in_full() -> None:
    (place,) = where_of("London", known=("London, GB", "Leeds, GB")).places
    assert place["address"] == {"@type": "PostalAddress", "addressLocality": "London", "addressCountry": "GB"}
    (unknown,) = where_of("London", known=("London, GB", "London, ON")).places
    assert unknown["address"] == {"@type": "PostalAddress", "addressLocality": "London"}


def test_areas_with_one_unknown_name_are_none() -> None:
    assert areas_of("USA, Canada") == ({"@type": "Country", "name": "US"}, {"@type": "Country", "name": "CA"})
    assert areas_of("USA, Worldwide") == ()


@pytest.mark.parametrize(("name", "code"), [("the United Kingdom", "GB"), ("UK", "GB"), ("Scotland", "GB"), ("us", "")])
def test_a_country_is_known_by_name_and_by_code_in_capitals(name: str, code: str) -> None:
    assert country_code(name) == code
