"""Finds what the words of a sentence name: triggers, people, places, actors, sources, dates, cues."""

from conflict_events.extraction.mentions.reader import MentionReader

__all__ = ["MentionReader"]
