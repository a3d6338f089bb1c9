"""The action table agrees with the codebook, and every case of it can be reached."""

from pathlib import Path

import pytest

from conflict_events.lexicon import load_lexicon
from conflict_events.records import Count
from conflict_events.snapshots.codes import (
    CodeListError,
    actor,
    actor_names,
    classify,
    disorder_type,
    load_actions,
    load_actors,
    load_countries,
)
from conflict_events.snapshots.enums import INTER_CLASSES, SUB_EVENT_TYPES

DOZENS = Count("killed", None, None, None, "vague")


def test_the_table_has_the_codebooks_31_actions() -> None:
    actions = load_actions()
    assert len(actions) == 31
    assert [code for code, action in actions.items() if action.event_type is None] == ["casualty_toll"]
    assert all(action.name_ar and action.name_en and action.meaning for action in actions.values())


@pytest.mark.parametrize(
    ("action", "actor1", "actor2", "counts", "expected"),
    [
        ("air_strike", [], [], [], ("Explosions/Remote violence", "Air/drone strike")),
        ("territory_captured", ["SYR_GOV"], ["IS"], [], ("Battles", "Government regains territory")),
        ("territory_captured", ["IS"], ["SYR_GOV"], [], ("Battles", "Non-state actor overtakes territory")),
        ("assassination", [], ["SDF"], [], ("Battles", "Armed clash")),
        ("assassination", [], ["CIVILIANS"], [], ("Violence against civilians", "Attack")),
        ("assassination", [], [], [], ("Violence against civilians", "Attack")),
        ("protest", ["PROTESTERS"], [], [], ("Protests", "Peaceful protest")),
        ("protest", [], [], [Count("detained", 4, 4, 4, "exact")], ("Protests", "Protest with intervention")),
        ("protest", [], [], [DOZENS], ("Protests", "Excessive force against protesters")),
        ("protest", [], [], [Count("killed", 0, 0, 0, "exact")], ("Protests", "Peaceful protest")),
        ("riot", [], ["CIVILIANS"], [], ("Riots", "Mob violence")),
        ("riot", [], [], [], ("Riots", "Violent demonstration")),
        ("casualty_toll", [], [], [], (None, None)),
    ],
)  # fmt: skip
def test_types_follow_the_sides_and_the_counts(action, actor1, actor2, counts, expected) -> None:
    assert classify(action, actor1, actor2, counts) == expected


def test_an_unknown_action_is_named_in_the_error() -> None:
    with pytest.raises(CodeListError, match="'bombing' is no action"):
        classify("bombing")


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("- {action: x, en: X}", "the key 'event_type' is missing"),
        ("- {action: x, en: X, ar: X, meaning: m, event_type: Wars, sub_event_type: Other, plover: null}", "Wars"),
        (
            "- {action: x, en: X, ar: X, meaning: m, event_type: Battles, sub_event_type: Armed clash, plover: null, "
            "cases: [{if: [moon], event_type: Battles, sub_event_type: Armed clash}]}",
            "no condition is called moon",
        ),
    ],
)
def test_mistakes_in_the_table_name_file_and_entry(tmp_path: Path, entry: str, message: str) -> None:
    file = tmp_path / "actions.yaml"
    file.write_text(entry, encoding="utf-8")
    with pytest.raises(CodeListError, match=f"actions.yaml, entry 1.*{message}"):
        load_actions(file)


def test_disorder_types() -> None:
    assert disorder_type("Riots", "Mob violence") == "Political violence"
    assert disorder_type("Riots", "Violent demonstration") == "Demonstrations"
    assert disorder_type("Strategic developments", "Arrests") == "Strategic developments"
    assert disorder_type(None, None) is None


def test_actors_have_classes_and_open_ids_their_own_words() -> None:
    assert {one.actor_class for one in load_actors().values()} <= set(INTER_CLASSES)
    assert actor("OTHER:regime remnants").name_ar == "فلول النظام"
    assert actor("OTHER:regime remnants").actor_class == "Political militia"
    assert actor("OTHER:shepherds").name_en == "shepherds"
    assert actor_names(["RUS", "OTHER:shepherds"], "ar") == "القوات الروسية; shepherds"
    assert actor_names([]) is None


def test_country_boxes_hold_a_known_town() -> None:
    boxes = {code: country.box for code, country in load_countries().items()}
    for code, lat, lon in (("SY", 35.93, 36.63), ("IQ", 33.31, 44.36), ("LB", 33.89, 35.50), ("YE", 15.35, 44.21)):
        low_lat, high_lat, low_lon, high_lon = boxes[code]
        assert low_lat < lat < high_lat
        assert low_lon < lon < high_lon


def test_sub_event_types_are_acleds_25() -> None:
    assert len(SUB_EVENT_TYPES) == 25


def test_every_actor_of_the_lexicon_has_both_names() -> None:
    for entry in load_lexicon().actors:
        found = actor(entry.id)
        assert found.name_en, entry.id
        assert found.name_ar, entry.id
