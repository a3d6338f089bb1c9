"""ACLED event types of the codebook's actions."""

from __future__ import annotations

__all__ = ["FAMILIES", "VIOLENT", "family"]

FAMILIES = {
    "Explosions/Remote violence": (
        "air_strike drone_strike shelling explosive_device landmine explosion suicide_bomb grenade chemical_attack"
    ),
    "Battles": "armed_clash territory_captured",
    "Violence against civilians": "attack_on_civilians execution torture sexual_violence abduction assassination",
    "Protests": "protest",
    "Riots": "riot",
    "Strategic developments": (
        "arrest defection troop_movement recruitment base_established territory_transfer agreement "
        "weapons_disrupted looting_destruction "
        "body_transfer other"
    ),
    "Toll": "casualty_toll",
}
_FAMILY = {action: name for name, actions in FAMILIES.items() for action in actions.split()}

VIOLENT = frozenset({"Explosions/Remote violence", "Battles", "Violence against civilians"})
"""ACLED event types of what kills."""


def family(action: str) -> str:
    """ACLED event type of an action ("Toll" for a casualty toll)."""
    return _FAMILY[action]
