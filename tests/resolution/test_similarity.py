"""What makes two claims one occurrence, and what forbids it."""

from collections.abc import Callable
from datetime import date

import pytest

from conflict_events.records import Claim, Count
from conflict_events.resolution.likeness import load_likeness
from conflict_events.resolution.profiles import profile
from conflict_events.resolution.similarity import JOIN, can_not_be_one, similarity

Make = Callable[..., Claim]


def _score(a: Claim, b: Claim) -> float:
    return similarity(profile(a), profile(b), load_likeness())


def _forbidden(a: Claim, b: Claim) -> bool:
    return can_not_be_one(profile(a), profile(b), load_likeness())


def test_same_slots_from_two_outlets_are_one(claim: Make) -> None:
    assert _score(claim("a", killed=3), claim("b", killed=3)) > 0.85


def test_similarity_is_symmetric(claim: Make) -> None:
    a, b = claim("a", killed=3), claim("b", place="ريف إدلب", killed=4, action="shelling")
    assert _score(a, b) == pytest.approx(_score(b, a))


def test_wider_place_may_be_the_named_one(claim: Make) -> None:
    assert _score(claim("a", killed=7, injured=9), claim("b", place="ريف إدلب", killed=7, injured=9)) >= JOIN
    assert _score(claim("a", killed=3), claim("b", place="محيط أريحا", killed=3)) >= JOIN


def test_wider_place_without_anything_that_singles_it_out_is_not_joined(claim: Make) -> None:
    assert _score(claim("a"), claim("b", place="ريف إدلب")) < JOIN


def test_two_named_villages_eight_km_apart_are_two(claim: Make) -> None:
    sarmin = claim("b", place="سرمين", killed=3)
    assert _forbidden(claim("a", killed=3), sarmin)


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("air_strike", "drone_strike", True),
        ("air_strike", "shelling", True),
        ("air_strike", "explosion", True),
        ("attack_on_civilians", "assassination", True),
        ("air_strike", "protest", False),
        ("arrest", "shelling", False),
        ("explosive_device", "abduction", False),
    ],
)
def test_families_of_actions(claim: Make, first: str, second: str, one: bool) -> None:
    score = _score(claim("a", action=first, killed=3), claim("b", action=second, killed=3, injured=2))
    assert (score >= JOIN) is one


def test_weakly_related_actions_need_the_same_toll(claim: Make) -> None:
    shelling = claim("a", action="shelling", killed=5)
    assert _score(shelling, claim("b", action="attack_on_civilians", killed=5)) >= JOIN
    assert _score(shelling, claim("b", action="attack_on_civilians")) < JOIN


def test_raid_and_what_happened_in_it_need_the_same_side(claim: Make) -> None:
    arrests = claim("a", action="arrest", actor1=("SDF",))
    assert _score(arrests, claim("b", action="attack_on_civilians", actor1=("SDF",), killed=1)) >= JOIN
    assert _score(arrests, claim("b", action="attack_on_civilians", actor1=(), killed=1)) < JOIN


def test_an_operation_and_what_happened_in_it_need_the_same_side_or_its_ally(claim: Make) -> None:
    landing = claim("a", action="other", actor1=("COALITION",))
    assert _score(landing, claim("b", action="air_strike", actor1=("USA",), killed=6)) >= JOIN
    assert _score(landing, claim("b", action="air_strike", actor1=("TUR",), killed=6)) < JOIN
    assert _score(landing, claim("b", action="agreement", actor1=("COALITION",))) < JOIN


def test_enough_equal_dead_tie_two_kinds_whatever_the_injured(claim: Make) -> None:
    rockets = claim("a", action="shelling", killed=3, injured=7)
    assert _score(rockets, claim("b", action="explosive_device", killed=3, injured=16)) >= JOIN
    assert _score(rockets, claim("b", action="explosive_device", killed=2, injured=16)) < JOIN


def test_countryside_of_a_town_is_the_town_where_one_is_vague(claim: Make) -> None:
    far = {"lat": 33.51, "geo_precision": 3, "admin1_en": "Rural Damascus"}
    town = claim(
        "a", place="دمشق", lat=33.5, lon=36.3, geo_precision=2, admin1_en="Damascus", action="weapons_disrupted"
    )
    assert _score(town, claim("b", place="ريف دمشق", lon=36.5, action="weapons_disrupted", **far)) >= JOIN
    assert _score(town, claim("b", place="ريف درعا", lon=36.5, action="weapons_disrupted", **far)) < JOIN


def test_two_days_without_a_toll_are_left_to_other_reports(claim: Make) -> None:
    today, tomorrow = claim("a"), claim("b", date_start=date(2023, 7, 2))
    assert not _forbidden(today, tomorrow)
    assert _score(today, tomorrow) < JOIN


def test_claims_of_one_article_that_differ_in_vagueness_are_left_to_other_reports(claim: Make) -> None:
    village = claim("a", "page", killed=3)
    around = claim("b", "page", place="الجبل", lat=35.86, lon=36.9, geo_precision=2, other_places=("أريحا",))
    assert not _forbidden(village, around)
    assert _score(village, around) < JOIN


def test_next_day_is_another_event_unless_the_toll_is_the_same(claim: Make) -> None:
    today, tomorrow = claim("a", killed=3), claim("b", date_start=date(2023, 7, 2), killed=1)
    assert _forbidden(today, tomorrow)
    assert not _forbidden(today, claim("b", date_start=date(2023, 7, 2), killed=3))
    assert _forbidden(today, claim("b", date_start=date(2023, 7, 5), killed=3))


def test_a_day_assumed_from_the_publication_may_be_one_off(claim: Make) -> None:
    assumed = claim("b", date_start=date(2023, 7, 2), date_source="publication", killed=3)
    assert _score(claim("a", killed=3), assumed) >= JOIN


def test_a_night_is_its_two_days(claim: Make) -> None:
    night = claim("b", date_end=date(2023, 7, 2), killed=3)
    assert _score(claim("a", date_start=date(2023, 7, 2), killed=3), night) >= JOIN


def test_vague_week_holds_the_day(claim: Make) -> None:
    week = claim("b", date_start=date(2023, 6, 27), date_end=date(2023, 7, 3), time_precision=2, killed=3, injured=4)
    assert _score(claim("a", killed=3, injured=4), week) >= JOIN


def test_undated_claim_can_not_tell_what_came_after_it(claim: Make) -> None:
    undated = claim("b", date_start=None, killed=3, published_at=date(2023, 6, 1))
    assert _forbidden(claim("a", killed=3), undated)


def test_undated_claims_tell_of_the_month_before_their_articles(claim: Make) -> None:
    def undated(published: date) -> Claim:
        return claim(str(published), date_start=None, killed=30, published_at=published)

    march, april, may = (undated(date(2024, month, 15)) for month in (3, 4, 5))
    assert not _forbidden(march, april) and not _forbidden(april, may)
    assert _forbidden(march, may), "or one event would go on for ever, from month to month"
    dated = claim("d", date_start=date(2024, 3, 10), killed=30)
    assert not _forbidden(dated, march) and _forbidden(dated, may)


def test_tolls_far_apart_keep_two_events_apart(claim: Make) -> None:
    assert _score(claim("a", killed=5, injured=3), claim("b", killed=21, injured=90)) < JOIN
    assert _forbidden(claim("a", killed=2), claim("b", killed=2600))
    assert not _forbidden(claim("a", counts=(Count("killed", 2, 2, None, "at_least"),)), claim("b", killed=40))


def test_rising_toll_is_the_same_event(claim: Make) -> None:
    early = claim("a", counts=(Count("killed", 5, 5, None, "at_least"),))
    assert _score(early, claim("b", killed=9)) >= JOIN


def test_battle_has_no_first_side(claim: Make) -> None:
    a = claim("a", action="armed_clash", actor1=("SDF",), actor2=("SNA",))
    b = claim("b", action="armed_clash", actor1=("SNA",), actor2=("SDF",))
    strangers = claim("b", action="armed_clash", actor1=("HOUTHI",), actor2=("YEM_GOV",))
    assert _score(a, b) >= JOIN > _score(a, strangers)


def test_aggregates_join_nothing(claim: Make) -> None:
    toll = claim("a", action="casualty_toll", is_aggregate=True, killed=208)
    assert _forbidden(toll, claim("b", action="casualty_toll", is_aggregate=True, killed=208))


def test_claims_of_one_article_are_two_where_the_codebook_says_so(claim: Make) -> None:
    """Another place, day, side, kind of action, or tolls far apart: two. Else it was folded too little."""
    first = claim("a", "page", killed=3)
    for other in (
        claim("b", "page", killed=20),
        claim("b", "page", killed=3, place="كفرلاتة"),
        claim("b", "page", killed=3, actor1=("TUR",), actor2=("SDF",)),
        claim("b", "page", killed=3, date_start=date(2023, 7, 2)),
        claim("b", "page", killed=3, action="attack_on_civilians"),
    ):
        assert _forbidden(first, other)
    assert not _forbidden(first, claim("b", "page", killed=3))
    assert not _forbidden(first, claim("b", "page", killed=4))


def test_one_article_that_names_a_strike_in_two_ways_tells_its_dead_once(claim: Make) -> None:
    strike = {"action": "drone_strike", "article_id": "a", "killed": 8}
    assert not _forbidden(claim("a1", **strike), claim("a2", **(strike | {"action": "attack_on_civilians"})))
    few = strike | {"killed": 1}
    assert _forbidden(claim("a1", **few), claim("a2", **(few | {"action": "attack_on_civilians"}))), (
        "one dead says little"
    )


FAR = {"lat": 35.45, "lon": 36.40, "geo_precision": 1}
"""About 45 km from Ariha."""


@pytest.mark.parametrize(
    ("others", "one"),
    [(("إدلب",), False), (("ريف إدلب الجنوبي",), False), (("سوريا",), False), (("كفرلاتة",), True)],
    ids=["governorate", "part of a governorate", "country", "village"],
)
def test_the_governorate_that_both_add_ties_no_two_villages(claim: Make, others: tuple[str, ...], one: bool) -> None:
    """Both raids are told with one further place; only one that lies near ties them."""
    first, second = claim("a", other_places=others), claim("b", place="سرمين", other_places=others)
    assert (_score(first, second) >= JOIN) is one
    assert _forbidden(claim("a", other_places=others), claim("b", place="خان السبل", other_places=others, **FAR))


def test_a_name_that_holds_the_name_of_a_city_is_another_place(claim: Make) -> None:
    dormitory = claim("a", place="جامعة حلب", killed=3, lat=36.2, lon=37.1, geo_precision=1, admin1_en="Aleppo")
    village = {"place": "كفرنوران", "lat": 36.0, "lon": 36.8, "geo_precision": 1, "admin1_en": "Aleppo"}
    assert _forbidden(dormitory, claim("b", killed=7, other_places=("حلب",), **village))


def test_a_village_that_a_text_names_further_on_is_the_same_wherever_its_point_lies(claim: Make) -> None:
    assert (
        _score(claim("a", other_places=("خان السبل",), killed=3), claim("b", place="خان السبل", killed=3, **FAR))
        >= JOIN
    )


def test_a_clash_beside_a_town_is_not_the_attack_on_its_people(claim: Make) -> None:
    clash = claim("a", place="محيط أريحا", action="armed_clash", actor1=("SNA",), actor2=("SDF",))
    attack = claim("b", place="محيط أريحا", action="attack_on_civilians", actor1=(), lat=35.80, lon=36.65, injured=10)
    assert _score(clash, attack) < JOIN
    told_alike = claim("c", place="محيط أريحا", action="attack_on_civilians", actor1=("SNA",), actor2=("SDF",))
    assert _score(clash, told_alike) >= JOIN


def test_a_telling_number_in_one_village_outweighs_a_day_misread(claim: Make) -> None:
    late = {"date_start": date(2023, 7, 3), "published_at": date(2023, 7, 3)}
    massacre = claim("a", killed=12)
    assert _score(massacre, claim("b", killed=12, action="drone_strike", **late)) >= JOIN
    assert _forbidden(claim("a", killed=2), claim("b", killed=2, **late)), "two dead are everywhere"
    assert _forbidden(massacre, claim("b", killed=12, place="محيط أريحا", **late)), "a place nearby"
    assert _forbidden(massacre, claim("b", killed=12, date_start=date(2023, 7, 4)))
