"""Reads include/sources.yaml and checks it.

Errors name file, line and key, all of them at once, so that a desk can mend its list without reading code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from conflict_events.arabic.vocabulary import lexicon_folder
from conflict_events.articles.sources import KINDS, LOCAL, Outlet, Source, Sources

__all__ = ["SourcesError", "default_sources_path", "load_sources"]

_OUTLET_KEYS = {"id", "name", "domains", "aliases", "country", "timezone", "language", "camp", "licence"}
_WEB_KEYS = {"url", "crawl_delay_seconds", "pages_per_round", "links"}
_SOURCE_KEYS = {"id", "kind", "outlet", "path", "expected_per_day", "enabled", *_WEB_KEYS}
_TOP_KEYS = {"version", "defaults", "outlets", "sources"}
_DEFAULT_KEYS = {"timezone", "language", "crawl_delay_seconds", "pages_per_round"}
_LANGUAGE = re.compile(r"[a-z]{2,3}")
# Ids name files and folders of the archive.
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")


class SourcesError(ValueError):
    """The sources file is wrong; the message has one line per mistake, with file, line and key."""


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
        language = self.language(defaults, "defaults") or "ar"
        usual = Source("", "folder")
        delay = self.number(defaults, "defaults", "crawl_delay_seconds")
        pages = self.whole(defaults, "defaults", "pages_per_round")
        usual = replace(
            usual,
            crawl_delay_seconds=usual.crawl_delay_seconds if delay is None else delay,
            pages_per_round=pages or usual.pages_per_round,
        )
        outlets = [self.outlet(entry, key, zone, language) for key, entry in self.entries(document, "outlets")]
        names: dict[str, Outlet] = {}
        for index, outlet in enumerate(outlets):
            for name in {outlet.id, outlet.name, *outlet.domains, *outlet.aliases}:
                folded = name.casefold().removeprefix("www.")
                if names.setdefault(folded, outlet) is not outlet:
                    first = f"outlets[{outlets.index(names[folded])}] ({names[folded].id})"
                    self.wrong(f"outlets[{index}]", f"{name!r} already belongs to {first}")
        sources = [
            self.source(entry, key, usual, {outlet.id for outlet in outlets})
            for key, entry in self.entries(document, "sources")
        ]
        for name, values in (("id", [one.id for one in sources]), ("url", [one.url for one in sources])):
            for index, value in enumerate(values):
                if value and value in values[:index]:
                    self.wrong(f"sources[{index}].{name}", f"{value!r} stands twice")
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
        domains = self.texts(entry, key, "domains")
        for domain in domains:
            if not _DOMAIN.fullmatch(domain):
                self.wrong(f"{key}.domains", f"{domain!r} is no host name in small letters, such as sana.sy")
        return Outlet(
            id=name,
            name=self.text(entry, key, "name") or name,
            domains=domains,
            aliases=self.texts(entry, key, "aliases"),
            country=country,
            timezone=self.zone(entry, key) or zone,
            language=self.language(entry, key) or language,
            camp=self.text(entry, key, "camp"),
            licence=self.text(entry, key, "licence"),
        )

    def source(self, entry: dict[str, Any], key: str, usual: Source, outlets: set[str]) -> Source:
        self.known_keys(entry, key, _SOURCE_KEYS)
        name = self.text(entry, key, "id", required=True) or ""
        if name and not _ID.fullmatch(name):
            self.wrong(f"{key}.id", f"{name!r} must be of Latin letters, digits, _ . - (it names files)")
        kind = self.text(entry, key, "kind", required=True) or ""
        if kind and kind not in KINDS:
            self.wrong(f"{key}.kind", f"{kind!r} is none of {', '.join(KINDS)}")
        path, url = self.text(entry, key, "path"), self.text(entry, key, "url")
        outlet = self.text(entry, key, "outlet")
        if kind in LOCAL:
            self.local(entry, key, kind)
        elif kind in KINDS:
            self.web(entry, key, kind, url)
        if outlet is not None and outlet not in outlets:
            self.wrong(f"{key}.outlet", f"{outlet!r} is no id under `outlets`")
        enabled = entry.get("enabled", True)
        if not isinstance(enabled, bool):
            self.wrong(f"{key}.enabled", "must be true or false")
        delay = self.number(entry, key, "crawl_delay_seconds")
        return Source(
            id=name,
            kind=kind,
            outlet=outlet,
            path=self.file.parent / path if path else None,
            url=url,
            expected_per_day=self.number(entry, key, "expected_per_day"),
            crawl_delay_seconds=usual.crawl_delay_seconds if delay is None else delay,
            pages_per_round=self.whole(entry, key, "pages_per_round") or usual.pages_per_round,
            links=self.pattern(entry, key, "links"),
            enabled=bool(enabled),
        )

    def local(self, entry: Mapping[str, Any], key: str, kind: str) -> None:
        if entry.get("path") is None:
            self.wrong(key, f"a source of kind {kind} needs `path`")
        for name in sorted(_WEB_KEYS & set(entry)):
            self.wrong(f"{key}.{name}", f"a source of kind {kind} is read from `path`; nothing of it is fetched")

    def web(self, entry: Mapping[str, Any], key: str, kind: str, url: str | None) -> None:
        try:
            parts = urlsplit(url or "")
            fine = parts.scheme == "https" and parts.hostname and parts.port in (None, 443) and parts.username is None
        except ValueError:
            fine = False
        if not fine:
            text = f"a source of kind {kind} needs `url` starting with https:// and a host, without port and password"
            self.wrong(f"{key}.url" if url else key, text)
        if entry.get("outlet") is None:
            self.wrong(key, f"a source of kind {kind} needs `outlet`: its zone dates pages, its domains are allowed")
        if entry.get("path") is not None:
            self.wrong(f"{key}.path", f"a source of kind {kind} is fetched from `url`")
        if kind != "listing" and entry.get("links") is not None:
            self.wrong(f"{key}.links", "is for a source of kind listing only")

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
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            self.wrong(f"{key}.{name}", f"must be a number of at least 0, not {value!r}")
            return None
        return float(value)

    def whole(self, entry: Mapping[str, Any], key: str, name: str) -> int | None:
        value = entry.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            self.wrong(f"{key}.{name}", f"must be a whole number of at least 1, not {value!r}")
            return None
        return value

    def pattern(self, entry: Mapping[str, Any], key: str, name: str) -> str | None:
        text = self.text(entry, key, name)
        try:
            re.compile(text or "")
        except re.error as error:
            self.wrong(f"{key}.{name}", f"is no regular expression: {error}")
            return None
        return text

    def language(self, entry: Mapping[str, Any], key: str) -> str | None:
        code = self.text(entry, key, "language")
        if code is not None and not _LANGUAGE.fullmatch(code):
            self.wrong(f"{key}.language", f"{code!r} is not an ISO 639 code in small letters, such as ar")
        return code

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
