"""Writes numbers in Modern Standard Arabic words, in every case and gender: the other half of the round-trip tests."""

from collections.abc import Callable

MASCULINE = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
FEMININE = ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
TENS = ["", "", "عشر", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"]
SCALES = [(1_000_000, "مليون", "مليونان", "مليونين", "ملايين"), (1_000, "ألف", "ألفان", "ألفين", "آلاف")]

Pick = Callable[[list[str]], str]


def write(number: int, pick: Pick) -> str:
    """`number` (1 to 999,999,999) in words; `pick` chooses among spellings, cases and genders."""
    parts = []
    for scale, one, dual, dual_oblique, plural in SCALES:
        count, number = divmod(number, scale)
        if count == 1:
            parts.append(one)
        elif count == 2:
            parts.append(pick([dual, dual_oblique]))
        elif count:
            parts.append(
                f"{below_thousand(count, pick)} {plural if 3 <= count % 100 <= 10 else pick([one, one + 'ا'])}"
            )
    if number:
        parts.append(below_thousand(number, pick))
    return " و".join(parts)


def below_thousand(number: int, pick: Pick) -> str:
    hundreds, rest = divmod(number, 100)
    parts = []
    hundred = pick(["مئة", "مائة"])
    if hundreds == 1:
        parts.append(hundred)
    elif hundreds == 2:
        parts.append(pick(["مئتان", "مئتين", "مائتان", "مائتين"]) if rest else pick(["مئتي", "مائتي", "مئتا"]))
    elif hundreds:
        parts.append(FEMININE[hundreds].rstrip("ي" if hundreds == 8 else "") + pick(["", " "]) + hundred)
    if rest:
        parts.append(below_hundred(rest, pick))
    return " و".join(parts)


def below_hundred(number: int, pick: Pick) -> str:
    if number <= 10:
        return pick([MASCULINE[number], FEMININE[number]])
    tens, unit = divmod(number, 10)
    if tens == 1:
        ten = pick(["عشر", "عشرة"])
        if unit == 1:
            return f"{pick(['أحد', 'إحدى'])} {ten}"
        if unit == 2:
            return f"{pick(['اثنا', 'اثني', 'اثنتا', 'اثنتي'])} {ten}"
        return f"{pick([MASCULINE[unit], FEMININE[unit]])} {ten}"
    word = TENS[tens] + pick(["ون", "ين"])
    return f"{pick([MASCULINE[unit], FEMININE[unit]])} و{word}" if unit else word
