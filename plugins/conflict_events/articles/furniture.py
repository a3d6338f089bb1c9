"""Cuts everything from a page that is not the report: menus, labels, other stories' headlines, tags, buttons, captions.

A page is read as a column of lines. The paragraphs of the report are found first: long, or closed by a stop. What
stands before, between and after them is judged line by line: by what the line looks like (length, stop, repetition, the
way it begins), by what it shares with the headline, by the label it stands under, and by the habit of this page: where
its paragraphs end in stops, a short line without one is a headline of another story; where they never do, it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from conflict_events.articles.headline import headline_span
from conflict_events.articles.lines import LINE_TAIL, Line, content_words, label_after_stop, read_lines
from conflict_events.articles.phrases import Phrases, line_key, load_phrases
from conflict_events.articles.publication_day import day_in
from conflict_events.records import Article, CleanArticle, Segment

__all__ = ["clean"]

# Lengths in words, from Arabic news pages: related headlines run to some 16 words, paragraphs start at about 12.
LONG = 22
PARAGRAPH = 12
HEADLINE = 16
RESUMING = 25
HEADING = 6
NAME = 9
DATE_LINE = 14
DATE_WORDS = 4  # weekday and a month under up to three names
SAME_TITLE = 0.8

_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_DAY = re.compile(r"\d{1,4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{2,4}|(?<!\d)(?:19|20)\d{2}(?!\d)")
_TAIL_LINK = re.compile(r"(?<!\S)(?:(?:pic\.twitter\.com|https?:)\S*\s*)+$")
_SEPARATED = re.compile(r"\s*[-–—/|]\s*|\s*\(")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def clean(article: Article) -> CleanArticle:
    """Find the segments of an article that extraction may read.

    Args:
        article: The page as received.

    Returns:
        The article with its segments in text order: the headline once, date lines, captions and the report's
        paragraphs. Offsets are exact slices of `Article.full_text`. A page on which nothing looks like a report keeps
        what is not furniture by name, so that a text of one sentence is kept whole.
    """
    phrases = load_phrases()
    lines = read_lines(article.text, phrases)
    first, last = headline_span(article.title, [line.key for line in lines[:40]], phrases)
    segments = [Segment(first, last, "title")] if last > first else []
    shift = len(article.title) + 1
    page = _Page(lines, article.title[first:last], phrases)
    segments += [Segment(shift + start, shift + end, kind) for start, end, kind in page.segments()]
    return CleanArticle(article, tuple(segments))


class _Page:
    """The judgement of one page's lines."""

    def __init__(self, lines: list[Line], headline: str, phrases: Phrases) -> None:
        self.lines = lines
        self.phrases = phrases
        self.headline_key = line_key(headline)
        self.titled = bool(self.headline_key)
        self.topic = content_words(self.headline_key, phrases)
        self.kinds: list[str] = [""] * len(lines)
        self.shadowed = self._under_labels()
        self.strong = [self._is_strong(index) for index in range(len(lines))]
        self.habit = self._stop_habit()
        self.following = self._following()

    def segments(self) -> Iterator[tuple[int, int, str]]:
        """Kept stretches of the text with their kinds."""
        places = [index for index, strong in enumerate(self.strong) if strong]
        if places:
            if not self.titled:
                self._find_headline(places[0])
            self.topic |= content_words(self.lines[places[0]].key, self.phrases)
            self._judge_head(places[0])
            self._judge_body(places[0], places[-1])
            self._judge_tail(places[-1])
        else:
            self._judge_short()
        for line, kind in zip(self.lines, self.kinds, strict=True):
            if kind:
                start, end = self._trimmed(line, kind)
                if end > start:
                    yield start, end, kind

    def _under_labels(self) -> list[bool]:
        """Which lines stand in a list of other stories, from its label to where the report goes on."""
        shadow = [False] * len(self.lines)
        inside = ended = begun = False
        for index, line in enumerate(self.lines):
            if line.label in ("block", "end"):
                inside, ended = True, ended or line.label == "end"
            elif inside and line.label == "close":
                inside = ended
            elif inside and not ended and (self._resumes(line) or (not begun and self._begins(line))):
                inside = False
            shadow[index] = inside or line.label != ""
            begun = begun or (not shadow[index] and line.words >= PARAGRAPH and (line.ends_sentence or line.opens))
        return shadow

    def _resumes(self, line: Line) -> bool:
        """Whether the report goes on with this line after a list of other stories."""
        if line.tweet:
            return not line.repeats
        if line.copies > 1 or line.label:
            return False
        if line.ends_sentence and line.words >= RESUMING:
            return True
        return line.opens and (line.words >= LONG or (line.ends_sentence and line.words >= 5))

    def _begins(self, line: Line) -> bool:
        """Whether the report starts here, below a menu or a list that stands above it: its title, or its subject."""
        if self._says_title(line):
            return True
        if line.copies > 1 or line.words < PARAGRAPH or not line.ends_sentence:
            return False
        return len(content_words(line.key, self.phrases) & self.topic) >= 2

    def _is_strong(self, index: int) -> bool:
        line = self.lines[index]
        if self.shadowed[index] or line.repeats or line.tweet or self._says_title(line):
            return False
        if line.words >= LONG:
            return True
        if line.item:
            return False
        # A question of that length is a headline as often as a sentence.
        return line.words >= PARAGRAPH and (line.stop in (".", "!", "؛", "،", ":") or line.opens)

    def _following(self) -> list[Line | None]:
        """For each line the next one of a paragraph's length."""
        found: list[Line | None] = [None] * len(self.lines)
        for index in range(len(self.lines) - 2, -1, -1):
            after = self.lines[index + 1]
            found[index] = after if after.words >= PARAGRAPH else found[index + 1]
        return found

    def _stop_habit(self) -> float:
        """Share of the report's paragraphs that end in a stop; None of them counts as a habit of none."""
        paragraphs = [line for line, strong in zip(self.lines, self.strong, strict=True) if strong]
        long = [line for line in paragraphs if line.words >= LONG]
        if not paragraphs:
            return 0.0
        judged = long or paragraphs
        return sum(line.ends_sentence or line.stop == ":" for line in judged) / len(judged)

    def _says_title(self, line: Line) -> bool:
        """Whether the line is the title again, perhaps with a word more or less ("... | فيديو")."""
        title = self.headline_key
        if not title or not line.key:
            return False
        if line.key == title:
            return True
        if line.words < 4 or line.ends_sentence:
            return False
        shorter, longer = sorted((line.key, title), key=len)
        return shorter in longer and len(shorter) >= SAME_TITLE * len(longer)

    def _find_headline(self, before: int) -> None:
        """Where the record has no title: the last line before the report that looks like its headline."""
        for index in range(before - 1, -1, -1):
            line = self.lines[index]
            if self.shadowed[index] or line.ends_sentence or line.item or line.words < 4 or line.words > LONG:
                continue
            if line.repeats:
                index = next(i for i, other in enumerate(self.lines) if other.key == line.key)
            topic = content_words(self.lines[before].key, self.phrases)
            if len(content_words(line.key, self.phrases) & topic) >= 2:
                self.kinds[index] = "title"
                self.headline_key = line.key
                self.topic = content_words(line.key, self.phrases)
                return

    def _judge_head(self, first: int) -> None:
        """Lines before the first paragraph."""
        title = self._title_index()
        dated = False
        for index in range(first):
            line = self.lines[index]
            if self.kinds[index] or self._says_title(line) or line.repeats:
                continue
            if self._is_date_line(line):
                repeated = dated and self.phrases.date_words.search(line.key) is not None
                self.kinds[index] = "dateline" if index >= title and not repeated else ""
                dated = dated or bool(self.kinds[index])
            elif self.shadowed[index]:
                if index == first - 1 and not line.label and self._is_dateline(line):
                    self.kinds[index] = "dateline"
            elif self._is_sentence(line) or self._is_lead(line) or (line.stop == ":" and line.words >= 4):
                self.kinds[index] = "paragraph"
            elif self._is_dateline(line) and index >= title:
                self.kinds[index] = "dateline"
            elif line.words >= 3 and self._is_caption(line):
                self.kinds[index] = "caption"
            elif line.item and line.words >= 4:
                self.kinds[index] = "paragraph"

    def _judge_body(self, first: int, last: int) -> None:
        """The paragraphs and what stands between them."""
        listing = False
        for index in range(first, last + 1):
            line = self.lines[index]
            if self.strong[index]:
                self.kinds[index] = "paragraph"
                listing = line.stop == ":"
                continue
            if self.shadowed[index] or self._says_title(line) or (line.repeats and line.words >= 3):
                continue
            if line.tweet:
                self.kinds[index] = "paragraph" if line.tweet == "text" and line.words >= 4 else ""
                continue
            kind = self._body_kind(line, index, listing)
            self.kinds[index] = kind
            listing = line.stop == ":" or (bool(kind) and (listing or line.item))

    def _body_kind(self, line: Line, index: int, listing: bool) -> str:
        if line.item or (listing and line.words <= NAME) or self._is_sentence(line) or line.stop in ("،", ":"):
            return "paragraph"
        if line.words > HEADLINE:
            return "paragraph"
        follows = self.following[index]
        if self.habit < 0.6 and line.words >= NAME:
            # Without stops to go by, a line stays where it speaks of what the report or its next paragraph speaks of.
            near = self.topic | (content_words(follows.key, self.phrases) if follows else frozenset())
            if content_words(line.key, self.phrases) & near:
                return "paragraph"
        if line.words <= HEADING and follows is not None and line.words >= 2:
            words = content_words(line.key, self.phrases)
            if words and len(words & content_words(follows.key, self.phrases)) * 2 >= len(words):
                return "heading"
        return ""

    def _judge_tail(self, last: int) -> None:
        """Lines after the last paragraph: the rest of a list, a short closing sentence, or furniture."""
        listing = self.lines[last].stop == ":"
        cut = 0
        for index in range(last + 1, len(self.lines)):
            line = self.lines[index]
            if self.shadowed[index] or self._says_title(line) or (line.repeats and line.words >= 3):
                cut += 1
                listing = False
                continue
            if line.tweet:
                self.kinds[index] = "paragraph" if line.tweet == "text" and line.words >= 4 else ""
                continue
            if (line.item and line.words >= 2) or (listing and line.words <= NAME):
                kept = cut == 0 or (line.item and line.ends_sentence and line.words >= PARAGRAPH)
                listing = kept
            elif line.ends_sentence or line.stop == ":":
                kept = (cut == 0 and line.words >= (2 if line.stop == ":" else 4)) or (line.opens and line.words >= 5)
                listing = kept and line.stop == ":"
            else:
                kept = line.opens and line.words >= 7 and cut == 0
            if kept:
                self.kinds[index] = "paragraph"
            else:
                cut += 1

    def _judge_short(self) -> None:
        """A page without one long paragraph: a sentence, a list, a title alone."""
        free = [
            index
            for index, line in enumerate(self.lines)
            if not self.shadowed[index] and not line.repeats and not self._says_title(line) and line.key
        ]
        for index in free:
            line = self.lines[index]
            if line.tweet:
                self.kinds[index] = "paragraph" if line.tweet == "text" else ""
            elif len(free) > 1 and (self._is_date_line(line) or self._is_dateline(line)):
                self.kinds[index] = "dateline"
            elif self._is_sentence(line) or line.stop == ":" or (line.item and line.words >= 3):
                self.kinds[index] = "paragraph"
            elif self._is_caption(line) and self.titled and line.words >= 3:
                self.kinds[index] = "caption"
            elif len(free) == 1 or (len(free) <= 4 and not (self.titled and line.words <= 2)):
                self.kinds[index] = "paragraph"
        if not any(kind in ("paragraph", "title") for kind in self.kinds):
            wanted = [index for index in free if self.lines[index].words >= 4] if self.titled else free
            if not wanted and not self.titled:
                wanted = [index for index, line in enumerate(self.lines) if line.key]
            if not self.titled or len(wanted) <= 4:
                for index in wanted:
                    self.kinds[index] = "paragraph"

    def _is_sentence(self, line: Line) -> bool:
        return (line.ends_sentence and line.words >= 4) or (line.opens and line.words >= 5)

    def _is_lead(self, line: Line) -> bool:
        """A first paragraph that lacks its stop: long, about the same matter, and no picture's caption."""
        if line.words < PARAGRAPH or line.text.endswith(")") or self.phrases.captions.search(line.key):
            return False
        return len(content_words(line.key, self.phrases) & self.topic) >= 2

    def _title_index(self) -> int:
        """Index of the line that repeats the title, or -1: a date above it is the site's clock."""
        return next((index for index, line in enumerate(self.lines) if self._says_title(line)), -1)

    def _is_date_line(self, line: Line) -> bool:
        if line.words > DATE_LINE or line.ends_sentence or self.phrases.captions.search(line.key):
            return False
        plain = line.text.translate(_EASTERN)
        if not _DAY.search(plain) or day_in(plain) is None:
            return False
        if _CLOCK.search(plain) or self.phrases.date_words.search(line.key) or _SEPARATED.search(_DAY.sub("", plain)):
            return True
        return sum(not word.isdigit() for word in line.key.split()) <= DATE_WORDS

    def _is_dateline(self, line: Line) -> bool:
        """Place and outlet: "إدلب – نورث برس", "هطاي/ سالم طاش/ الأناضول", "مركز الأخبار"."""
        if line.words > 7 or line.ends_sentence or line.item:
            return False
        if self.phrases.agencies.search(line.key):
            return True
        return (
            line.words <= 5 and _SEPARATED.search(line.text) is not None and not self.phrases.captions.search(line.key)
        )

    def _is_caption(self, line: Line) -> bool:
        if self.phrases.captions.search(line.key):
            return True
        return line.words >= 5 and len(content_words(line.key, self.phrases) & self.topic) >= 2

    def _trimmed(self, line: Line, kind: str) -> tuple[int, int]:
        """The part of the line that is text: without the links of an embedded post, or around the printed day."""
        if kind == "dateline" and self._is_date_line(line):
            plain = line.text.translate(_EASTERN)
            clock = _CLOCK.search(plain)
            day = _DAY.search(plain)
            end = max(clock.end() if clock else 0, day.end() if day else 0)
            return line.start, line.start + (end or len(line.text))
        if kind != "paragraph":
            return line.start, line.end
        end = label_after_stop(line, self.phrases)
        tail = max(0, end - LINE_TAIL)
        link = _TAIL_LINK.search(line.text[tail:end])
        return line.start, line.start + len(line.text[: tail + link.start() if link else end].rstrip())
