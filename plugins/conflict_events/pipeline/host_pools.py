"""Pools of Airflow, one a host, made by the set-up from the sources file: no host is asked by two tasks at once.

The file is what `airflow pools import` reads; under `sources`, which Airflow leaves alone, stands what is fetched in
each. The DAG reads that file when it is parsed, so that it names no pool that was not made.
"""

from __future__ import annotations

import re
from typing import TypedDict
from urllib.parse import urlsplit

from conflict_events.articles.sources import Sources

__all__ = ["HostPool", "host_pools"]

_NO_NAME = re.compile(r"[^A-Za-z0-9_.-]")


class HostPool(TypedDict):
    """One pool: how many tasks at once, what people read beside it, ids of the sources that are fetched in it."""

    slots: int
    description: str
    sources: list[str]


def host_pools(sources: Sources) -> dict[str, HostPool]:
    """The pools of the hosts of the enabled sources of the web, by name.

    Example:
        >>> from conflict_events.articles.sources import Source
        >>> feeds = [Source(name, "feed", url=f"https://nakhil.example/{name}") for name in ("news", "world")]
        >>> host_pools(Sources(sources=tuple(feeds)))["host_nakhil.example"]["sources"]
        ['news', 'world']
    """
    pools: dict[str, HostPool] = {}
    for source in sources.sources:
        if source.is_local or not source.enabled:
            continue
        host = urlsplit(source.url or "").hostname or ""
        name = f"host_{_NO_NAME.sub('_', host)}"  # what task ids and the names of metrics allow
        told = f"Sources on {host}; one is fetched at a time."
        pools.setdefault(name, {"slots": 1, "description": told, "sources": []})["sources"].append(source.id)
    return pools
