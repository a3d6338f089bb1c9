"""Which addresses may be asked: https, hosts of the list, and names that resolve to public addresses only.

The address that was checked is the one that is connected to: a name that resolves otherwise a moment later (DNS
rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from conflict_events.fetching.failure import FetchError

__all__ = ["Reach", "host_is_among", "is_public", "resolve"]

Endpoint = tuple[str, int]
"""IP address and port."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public Internet; IPv4 inside IPv6 is looked at as what it is.

    Example:
        >>> [is_public(one) for one in ("93.184.216.34", "10.0.0.7", "::ffff:127.0.0.1", "64:ff9b::7f00:1")]
        [True, False, False, False]
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def resolve(host: str, port: int) -> tuple[Endpoint, ...]:
    """Every address of a host name.

    Raises:
        FetchError: `network`, where the name has none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("network", f"{host}: the name does not resolve ({error})") from None
    return tuple(dict.fromkeys((str(where[0]), int(where[1])) for *_, where in found))


def host_is_among(host: str, allowed: frozenset[str]) -> bool:
    """Whether a host, or a domain that it lies in, is among those allowed."""
    labels = host.split(".")
    return any(".".join(labels[first:]) in allowed for first in range(len(labels)))


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be asked.

    Attributes:
        hosts: Allowed hosts; their sub-domains are, too.
        resolve: Gives every address of a host and port.
        permits: Says of an address whether it may be connected to.
    """

    hosts: frozenset[str]
    resolve: Callable[[str, int], tuple[Endpoint, ...]] = resolve
    permits: Callable[[str], bool] = is_public

    def checked(self, url: str) -> SplitResult:
        """The parts of a URL that may be asked.

        Raises:
            FetchError: `not_https` or `host_not_allowed`.
        """
        try:
            parts = urlsplit(url)
            plain = parts.scheme == "https" and parts.port in (None, 443) and parts.username is None
        except ValueError:
            raise FetchError("not_https", f"{url!r} is no address") from None
        if not plain or not parts.hostname:
            raise FetchError("not_https", f"{url} is not https on its usual port")
        if not host_is_among(parts.hostname, self.hosts):
            raise FetchError("host_not_allowed", f"{parts.hostname} is not among {', '.join(sorted(self.hosts))}")
        return parts

    def endpoints(self, host: str, port: int) -> tuple[Endpoint, ...]:
        """Addresses of a host, all of them permitted.

        Raises:
            FetchError: `private_address` where one of them is not, `network` where there is none.
        """
        found = self.resolve(host, port)
        for address, _ in found:
            if not self.permits(address):
                raise FetchError("private_address", f"{host} resolves to {address}, which is not public")
        if not found:
            raise FetchError("network", f"{host}: the name has no address")
        return found
