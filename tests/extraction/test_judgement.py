"""The judgement: weights are read, odds are added up, and texts that only speak of violence give no claim."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path

import pytest

from conflict_events.extraction.judgement import Judgement, load_judgement
from conflict_events.records import Claim

_TALK = [
    "وقال المحلل إن سياسة الاغتيالات لن تحقق السلام ولا بد من الحوار لمواجهة ظاهرة العنف",
    "بدأت محكمة الجنايات جلسات القضية التي يواجه فيها المتهمون تهمة التخطيط لاغتيال مسؤولين",
    "يروي الفيلم قصة اغتيال زعيم سياسي في القرن الماضي",
    "نفى المتحدث قصف المستشفى",
    "ستقصف القوات مواقع المسلحين إذا استمرت الهجمات",
]
_TOLD = [
    "قتل ثلاثة مدنيين صباح اليوم بقصف مدفعي على بلدة تفتناز",
    "خطف مسلحون طبيبا في مدينة السويداء أمس",
    "وثقت الشبكة مقتل خمسين مدنيا منذ بداية العام في محافظة إدلب",
    "خرجت مظاهرة أمس في مدينة بنش تطالب بالإفراج عن المعتقلين",
]


@pytest.mark.parametrize("text", _TALK)
def test_talk_of_violence_is_no_claim(claims: Callable[..., list[Claim]], text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize("text", _TOLD)
def test_what_is_told_is_a_claim(claims: Callable[..., list[Claim]], text: str) -> None:
    assert len(claims(text)) == 1


def test_odds_are_the_sum_of_signs() -> None:
    judgement = Judgement(-1.0, {"site": 2.0, "court": -3.0}, 0.5)
    assert judgement.probability({"site": 1, "unheard": 5}) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert judgement.probability({"site": 0.5, "court": 1}) == pytest.approx(1 / (1 + math.exp(3.0)))
    assert 0.0 < judgement.probability({"court": 1e9}) < judgement.probability({"site": 1e9}) < 1.0


def test_the_committed_model_has_weights_and_figures_of_texts_it_did_not_see() -> None:
    judgement = load_judgement()
    assert judgement.weights["main_verb"] > 0 > judgement.weights["court:before"]
    assert 0.2 < judgement.thresholds["plain"] <= judgement.threshold < 0.8


def test_a_missing_model_says_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="CONFLICT_EVENTS_INCLUDE"):
        load_judgement(tmp_path / "none.json")


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"intercept": 0, "threshold": 0.5})])
def test_a_broken_model_says_how_to_make_one(tmp_path: Path, content: str) -> None:
    path = tmp_path / "judgement.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match="train_judgement"):
        load_judgement(path)


def test_the_toll_of_what_was_just_told_is_told_too(claims: Callable[..., list[Claim]]) -> None:
    text = "شنت طائرات إسرائيلية فجر أمس الأربعاء غارات قرب مدينة تدمر.\n\nوأسفر القصف عن مقتل 23 شخصاً."
    (claim,) = claims(text)
    assert [(c.measure, c.best) for c in claim.counts] == [("killed", 23)]
