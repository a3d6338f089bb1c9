"""Closed lists of values that columns may hold (codebook, section 3)."""

from __future__ import annotations

__all__ = [
    "CLAIM_CHANGES",
    "DATE_SOURCES",
    "DISORDER_TYPES",
    "EVENT_CHANGES",
    "EVENT_TYPES",
    "INTER_CLASSES",
    "MEASURES",
    "PLOVER_EVENTS",
    "PUBLISHED_SOURCES",
    "QUALIFIERS",
    "ROLES",
    "SOURCE_TYPES",
    "STANCES",
    "SUB_EVENT_TYPES",
]

MEASURES = (
    "killed", "injured", "missing", "detained", "abducted", "defected", "deployed", "displaced", "bodies", "strikes",
    "munitions", "vehicles", "other",
)  # fmt: skip
QUALIFIERS = ("exact", "at_least", "at_most", "about", "range", "vague")
DATE_SOURCES = ("explicit", "relative", "publication")
PUBLISHED_SOURCES = ("record", "sidecar", "metadata", "feed", "dateline", "url")
STANCES = ("states", "accuses", "denies", "claims_responsibility")
SOURCE_TYPES = (
    "observatory", "agency", "local_network", "media", "government", "armed_group", "medical", "civil_defence", "ngo",
    "activist", "witness", "research", "unnamed",
)  # fmt: skip
EVENT_CHANGES = ("new", "revised", "merged", "retracted")
CLAIM_CHANGES = ("new", "reassigned", "withdrawn")
ROLES = ("actor1", "actor2")

EVENT_TYPES = (
    "Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots",
    "Strategic developments",
)  # fmt: skip
SUB_EVENT_TYPES = (
    "Government regains territory", "Non-state actor overtakes territory", "Armed clash", "Chemical weapon",
    "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Grenade",
    "Sexual violence", "Attack", "Abduction/forced disappearance", "Excessive force against protesters",
    "Protest with intervention", "Peaceful protest", "Violent demonstration", "Mob violence", "Agreement", "Arrests",
    "Change to group/activity", "Disrupted weapons use", "Headquarters or base established",
    "Looting/property destruction", "Non-violent transfer of territory", "Other",
)  # fmt: skip
DISORDER_TYPES = (
    "Political violence", "Demonstrations", "Political violence; Demonstrations", "Strategic developments",
)  # fmt: skip
INTER_CLASSES = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
)  # fmt: skip
PLOVER_EVENTS = ("ASSAULT", "PROTEST", "COERCE", "RETREAT", "MOBILIZE", "AGREE")
