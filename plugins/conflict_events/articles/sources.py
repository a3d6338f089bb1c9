"""Reads include/sources.yaml: which feeds and folders to read, and what is known of each outlet.

Errors name file, line and key, all of them at once, so that a desk can mend its list without reading code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from conflict_events.arabic.vocabulary import lexicon_folder

__all__ = ["Outlet", "Source", "Sources", "SourcesError", "default_sources_path", "load_sources"]

KINDS = ("folder", "jsonl", "warc", "feed", "sitemap", "listing")
_LOCAL = ("folder", "jsonl", "warc")
_OUTLET_KEYS = {"id", "name", "domains", "aliases", "country", "timezone", "language", "camp", "licence"}
_SOURCE_KEYS = {"id", "kind", "outlet", "path", "url", "expected_per_day", "crawl_delay_seconds", "enabled"}
_TOP_KEYS = {"version", "defaults", "outlets", "sources"}
_DEFAULT_KEYS = {"timezone", "language", "crawl_delay_seconds"}


class SourcesError(ValueError):
    """The sources file is wrong; the message has one line per mistake, with file, line and key."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """What is known of a publisher. `timezone` is an IANA name, `country` ISO-2, `language` ISO 639-1."""

    id: str
    name: str
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    country: str | None = None
    timezone: str = "Asia/Damascus"
    language: str = "ar"
    camp: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a local path (folder, jsonl, warc) or a URL (feed, sitemap, listing)."""

    id: str
    kind: str
    outlet: str | None = None
    path: Path | None = None
    url: str | None = None
    expected_per_day: float | None = None
    crawl_delay_seconds: float = 2.0
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Sources:
    """The whole file. `timezone` and `language` hold for outlets that are not listed."""

    outlets: tuple[Outlet, ...] = ()
    sources: tuple[Source, ...] = ()
    timezone: str = "Asia/Damascus"
    language: str = "ar"
    _by_name: Mapping[str, Outlet] = field(default_factory=dict, repr=False)

    @property
    def hosts(self) -> frozenset[str]:
        """Every host that may be fetched: those of the sources' URLs and the outlets' domains."""
        urls = (urlsplit(source.url).hostname for source in self.sources if source.url)
        return frozenset({host for host in urls if host} | {d for outlet in self.outlets for d in outlet.domains})

    def outlet_of(self, publisher: str | None = None, url: str | None = None) -> Outlet | None:
        """The outlet of a publisher name, a domain (sub-domains too) or a page's URL, or None."""
        host = urlsplit(url).hostname if url else None
        for name in (publisher, host):
            parts = (name or "").casefold().removeprefix("www.").split(".")
            for first in range(max(1, len(parts) - 1)):
                outlet = self._by_name.get(".".join(parts[first:]))
                if outlet is not None:
                    return outlet
        return None

    def timezone_of(self, publisher: str | None = None, url: str | None = None) -> str:
        """IANA zone in which the outlet's days are meant."""
        outlet = self.outlet_of(publisher, url)
        return outlet.timezone if outlet else self.timezone


def default_sources_path() -> Path:
    """`include/sources.yaml` of the project (`CONFLICT_EVENTS_INCLUDE` overrides `include`)."""
    return lexicon_folder().parent / "sources.yaml"


def load_sources(path: Path | str | None = None) -> Sources:
    """Read and check a sources file.

    Args:
        path: The YAML file; the project's own by default. Relative paths in it start at the file's folder.

    Raises:
        SourcesError: Anything in it is wrong; every mistake is listed.
        FileNotFoundError: There is no such file.
    """
    import yaml  # only the commands that read settings should pay for it

    file = Path(path) if path is not None else default_sources_path()
    if not file.is_file():
        raise FileNotFoundError(f"No sources file at {file}. Copy include/sources.yaml or name one that exists.")
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise SourcesError(f"{file.name}: not UTF-8 text ({error})") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise SourcesError(f"{file.name}{line}: not valid YAML: {getattr(error, 'problem', error)}") from None
    lines: dict[str, int] = {}
    problems: list[tuple[int, str]] = []
    document = _plain(root, "", lines, problems) if root is not None else {}
    check = _Check(file, lines, problems)
    return check.sources(document)


def _plain(node: Any, key: str, lines: dict[str, int], problems: list[tuple[int, str]]) -> Any:
    """A YAML node as plain Python, noting at which line each key stands."""
    import yaml

    lines[key] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for name_node, value_node in node.value:
            name = str(name_node.value)
            inner = f"{key}.{name}" if key else name
            if name in result:
                problems.append((name_node.start_mark.line + 1, f"{inner}: stands twice"))
            result[name] = _plain(value_node, inner, lines, problems)
            lines[inner] = name_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, f"{key}[{index}]", lines, problems) for index, item in enumerate(node.value)]
    return yaml.SafeLoader("").construct_object(node)


class _Check:
    """Turns the plain document into records and collects what is wrong with it."""

    def __init__(self, file: Path, lines: dict[str, int], problems: list[tuple[int, str]]) -> None:
        self.file = file
        self.lines = lines
        self.problems = problems

    def sources(self, document: Any) -> Sources:
        if not isinstance(document, dict):
            self.wrong("", "must be a mapping with `outlets` and `sources`")
            document = {}
        self.known_keys(document, "", _TOP_KEYS)
        if document.get("version", 1) != 1:
            self.wrong("version", f"is {document['version']!r}; this release reads version 1")
        defaults = document.get("defaults") or {}
        if not isinstance(defaults, dict):
            self.wrong("defaults", "must be a mapping")
            defaults = {}
        self.known_keys(defaults, "defaults", _DEFAULT_KEYS)
        zone = self.zone(defaults, "defaults") or "Asia/Damascus"
        language = self.text(defaults, "defaults", "language") or "ar"
        delay = self.number(defaults, "defaults", "crawl_delay_seconds")
        outlets = [self.outlet(entry, key, zone, language) for key, entry in self.entries(document, "outlets")]
        names: dict[str, Outlet] = {}
        for index, outlet in enumerate(outlets):
            for name in {outlet.id, outlet.name, *outlet.domains, *outlet.aliases}:
                folded = name.casefold().removeprefix("www.")
                if names.setdefault(folded, outlet) is not outlet:
                    self.wrong(f"outlets[{index}]", f"{name!r} already belongs to outlet {names[folded].id!r}")
        sources = [
            self.source(entry, key, 2.0 if delay is None else delay, {outlet.id for outlet in outlets})
            for key, entry in self.entries(document, "sources")
        ]
        seen: set[str] = set()
        for index, source in enumerate(sources):
            if source.id and source.id in seen:
                self.wrong(f"sources[{index}].id", f"{source.id!r} stands twice")
            seen.add(source.id)
        if self.problems:
            ordered = sorted(set(self.problems))
            raise SourcesError("\n".join(f"{self.file.name}:{line}: {text}" for line, text in ordered))
        return Sources(tuple(outlets), tuple(sources), zone, language, names)

    def outlet(self, entry: dict[str, Any], key: str, zone: str, language: str) -> Outlet:
        self.known_keys(entry, key, _OUTLET_KEYS)
        country = self.text(entry, key, "country")
        if country is not None and not (len(country) == 2 and country.isalpha() and country.isupper()):
            self.wrong(f"{key}.country", f"{country!r} is not an ISO 3166 code of two capitals, such as SY")
        name = self.text(entry, key, "id", required=True) or ""
        return Outlet(
            id=name,
            name=self.text(entry, key, "name") or name,
            domains=self.texts(entry, key, "domains"),
            aliases=self.texts(entry, key, "aliases"),
            country=country,
            timezone=self.zone(entry, key) or zone,
            language=self.text(entry, key, "language") or language,
            camp=self.text(entry, key, "camp"),
            licence=self.text(entry, key, "licence"),
        )

    def source(self, entry: dict[str, Any], key: str, delay: float, outlets: set[str]) -> Source:
        self.known_keys(entry, key, _SOURCE_KEYS)
        kind = self.text(entry, key, "kind", required=True) or ""
        if kind and kind not in KINDS:
            self.wrong(f"{key}.kind", f"{kind!r} is none of {', '.join(KINDS)}")
        path, url = self.text(entry, key, "path"), self.text(entry, key, "url")
        if kind in _LOCAL and not path:
            self.wrong(key, f"a source of kind {kind} needs `path`")
        elif kind in KINDS and kind not in _LOCAL:
            parts = urlsplit(url or "")
            if parts.scheme != "https" or not parts.hostname:
                self.wrong(f"{key}.url" if url else key, f"a source of kind {kind} needs `url` starting with https://")
        outlet = self.text(entry, key, "outlet")
        if outlet is not None and outlet not in outlets:
            self.wrong(f"{key}.outlet", f"{outlet!r} is no id under `outlets`")
        enabled = entry.get("enabled", True)
        if not isinstance(enabled, bool):
            self.wrong(f"{key}.enabled", "must be true or false")
        crawl_delay = self.number(entry, key, "crawl_delay_seconds")
        return Source(
            id=self.text(entry, key, "id", required=True) or "",
            kind=kind,
            outlet=outlet,
            path=self.file.parent / path if path else None,
            url=url,
            expected_per_day=self.number(entry, key, "expected_per_day"),
            crawl_delay_seconds=delay if crawl_delay is None else crawl_delay,
            enabled=bool(enabled),
        )

    def wrong(self, key: str, text: str) -> None:
        probe = key
        while probe not in self.lines and "." in probe:
            probe = probe.rpartition(".")[0]
        self.problems.append((self.lines.get(probe, 1), f"{key or 'the file'}: {text}"))

    def known_keys(self, entry: Mapping[str, Any], key: str, allowed: set[str]) -> None:
        for name in entry:
            if name not in allowed:
                full = f"{key}.{name}" if key else name
                self.wrong(full, f"unknown key; known here: {', '.join(sorted(allowed))}")

    def entries(self, document: Mapping[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
        value = document.get(key) or []
        if not isinstance(value, list):
            self.wrong(key, "must be a list")
            return
        for index, entry in enumerate(value):
            if isinstance(entry, dict):
                yield f"{key}[{index}]", entry
            else:
                self.wrong(f"{key}[{index}]", "must be a mapping")

    def text(self, entry: Mapping[str, Any], key: str, name: str, *, required: bool = False) -> str | None:
        value = entry.get(name)
        if value is None:
            if required:
                self.wrong(f"{key}.{name}", "is missing")
            return None
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"{key}.{name}", f"must be text, not {value!r} (put it in quotes)")
            return None
        return value.strip()

    def texts(self, entry: Mapping[str, Any], key: str, name: str) -> tuple[str, ...]:
        value = entry.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self.wrong(f"{key}.{name}", "must be a list of texts")
            return ()
        return tuple(value)

    def number(self, entry: Mapping[str, Any], key: str, name: str) -> float | None:
        value = entry.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            self.wrong(f"{key}.{name}", f"must be a number of at least 0, not {value!r}")
            return None
        return float(value)

    def zone(self, entry: Mapping[str, Any], key: str) -> str | None:
        name = self.text(entry, key, "timezone")
        if name is None:
            return None
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            near = sorted(z for z in available_timezones() if z.rpartition("/")[2][:3] == name.rpartition("/")[2][:3])
            hint = f"; near names: {', '.join(near[:3])}" if near else ""
            self.wrong(f"{key}.timezone", f"{name!r} is not an IANA time zone{hint}")
            return None
        return name
