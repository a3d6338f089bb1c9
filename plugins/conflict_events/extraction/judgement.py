"""Judges whether a frame tells of one occurrence or only speaks of violence.

"قتل ثلاثة مدنيين بقصف على إدلب" tells of one, "جرائم القتل والخطف التي يرتكبها الاحتلال" speaks of many and of none.
What must be exact (negation, denial, future) is decided by `assertion`; the rest is weighed: a logistic regression over
the signs of `signs`, trained by `scripts/train_judgement.py`, its weights in `include/models/judgement.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from conflict_events.extraction.frames import Frame
from conflict_events.extraction.reading import Sentence
from conflict_events.extraction.signs import (
    SOURCE_SIGNS,
    counts_the_dead_of,
    is_figure,
    is_of_crime,
    is_of_mishap,
    is_plain,
    page_of,
    signs_of,
)
from conflict_events.lexicon.paths import include_dir

__all__ = ["Judgement", "load_judgement"]

_ROUNDING = 1e-9
_FILE = Path("models", "judgement.json")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A weighed decision.

    Attributes:
        intercept: Log-odds of a frame without any sign.
        weights: What each sign adds to the log-odds; unknown signs add nothing.
        threshold: Probability from which a frame counts as told.
        thresholds: Thresholds of single actions, and of what is said outright ("plain"), where they differ.
    """

    intercept: float
    weights: Mapping[str, float]
    threshold: float
    thresholds: Mapping[str, float] = field(default_factory=dict)

    def probability(self, signs: Mapping[str, float]) -> float:
        """How likely a frame with these signs tells of an occurrence, 0 to 1."""
        odds = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))

    def told(self, frames: list[Frame], sentences: list[Sentence], published: date | None) -> list[Frame]:
        """The frames of a page that tell of an occurrence, in their order, each with its `probability`.

        Args:
            frames: All frames of the page.
            sentences: Its sentences.
            published: Publication day.
        """
        page = page_of(frames, sentences, published)
        for frame in frames:
            frame.probability = self.probability(signs_of(frame, page))
        told: list[Frame] = []
        for frame in frames:
            if is_figure(frame, page) or is_of_mishap(frame, page) or is_of_crime(frame, page):
                continue
            needed = self._needed(frame)
            if told and counts_the_dead_of(frame, told[-1]):
                needed = min(needed, self.thresholds.get("plain", needed))
            if frame.probability >= needed:
                told.append(frame)
        return told

    def may_tell(self, frames: list[Frame], sentences: list[Sentence], published: date | None) -> bool:
        """Whether any of the frames can be told once their sources are known.

        To find out who says so is dear, and most pages hold no frame that it could lift over its threshold.

        Args:
            frames: All frames of the page, without their sources.
            sentences: Its sentences.
            published: Publication day.
        """
        page = page_of(frames, sentences, published)
        for frame in frames:
            signs = signs_of(frame, page)
            gain = sum(max(0.0, self.weights.get(name, 0.0)) for name in SOURCE_SIGNS if name not in signs)  # at most
            odds = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signs.items()) + gain
            if 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds)))) >= self._needed(frame) - _ROUNDING:
                return True
        return False

    def _needed(self, frame: Frame) -> float:
        """The probability that a frame needs."""
        needed = self.thresholds.get(frame.action, self.threshold)
        return min(needed, self.thresholds.get("plain", needed)) if is_plain(frame) else needed


@lru_cache(maxsize=2)
def load_judgement(path: Path | None = None) -> Judgement:
    """The committed weights.

    Args:
        path: A model file; the project's own by default.

    Raises:
        FileNotFoundError: It isn't there.
        ValueError: It holds no weights.
    """
    path = path or include_dir() / _FILE
    if not path.is_file():
        raise FileNotFoundError(f"No {path}; set CONFLICT_EVENTS_INCLUDE to the project's include folder, or train it.")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        weights = {str(name): float(weight) for name, weight in data["weights"].items()}
        thresholds = {str(action): float(at) for action, at in data.get("thresholds", {}).items()}
        return Judgement(float(data["intercept"]), weights, float(data["threshold"]), thresholds)
    except (KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: no judgement model ({error}); train it with scripts/train_judgement.py") from error
