"""Which addresses a model may call: the house, its neighbours and their disguises in IPv6 are refused."""

import ipaddress

import pytest

from engine.connectors.address import Refused, Target, check, is_public

NONE: frozenset[str] = frozenset()
INSIDE = [
    "127.0.0.1",
    "127.255.255.254",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",  # the metadata service of most clouds
    "100.64.0.1",  # shared by a provider's customers (RFC 6598)
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "::ffff:10.0.0.1",  # mapped
    "::127.0.0.1",  # compatible (RFC 4291, 2.5.5.1)
    "::ffff:0:127.0.0.1",  # translated (RFC 2765)
    "64:ff9b::127.0.0.1",  # NAT64 (RFC 6052)
    "64:ff9b:1::127.0.0.1",  # NAT64 of a house (RFC 8215)
    "2002:7f00:1::",  # 6to4 of 127.0.0.1
    "2002:c0a8:101::1",  # 6to4 of 192.168.1.1
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo of 127.0.0.1
]
OUTSIDE = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]


@pytest.mark.parametrize("address", INSIDE)
def test_the_house_is_refused_in_every_disguise(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    name = f"[{address}]" if ":" in address else address
    with pytest.raises(Refused, match="inside the house; add .* to PLUS1_HTTP_ALLOW"):
        check(f"https://{name}/", NONE)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_may_be_called(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    name = f"[{address}]" if ":" in address else address
    found = check(f"https://{name}/x?y=1#z", NONE)
    assert (found.host, found.port, found.path) == (str(address), 443, "/x?y=1")
    assert ipaddress.ip_address(found.address) == ipaddress.ip_address(address)


@pytest.mark.parametrize("name", ["2130706433", "0x7f.1", "127.1", "017700000001", "localhost", "LOCALHOST"])
def test_other_spellings_of_this_machine_are_refused(name: str) -> None:
    with pytest.raises(Refused, match="inside the house"):
        check(f"https://{name}/", NONE)


@pytest.mark.parametrize("url", ["https://8.8.8.8@127.0.0.1/", "https://8.8.8.8\\@127.0.0.1/", "https://a:b@127.0.0.1"])
def test_what_stands_before_an_at_sign_is_no_host(url: str) -> None:
    with pytest.raises(Refused, match="127.0.0.1 is an address inside"):
        check(url, NONE)


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "//8.8.8.8", "ftp://8.8.8.8", "file:///etc/passwd", "javascript:alert(1)", "https://", "https:///x",
        "https://:443/", "https://8.8.8.8:99999/", "https://8.8.8.8:x/", "https://[::1", "https://[8.8.8.8]x/",
        f"https://{'a' * 64}.nl/", "https://a..nl/", "https://.nl", "https://\u2028.nl/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_reason(url: str) -> None:
    with pytest.raises(Refused, match="is not an http or https address|has no valid name or port"):
        check(url, NONE)


def test_a_name_that_does_not_resolve_is_refused() -> None:
    with pytest.raises(Refused, match="the name bestaat-niet.invalid is not known"):
        check("https://bestaat-niet.invalid/", NONE)


def test_without_tls_only_what_the_administrator_opened() -> None:
    with pytest.raises(Refused, match="without TLS; use https, or add 8.8.8.8:80 to PLUS1_HTTP_ALLOW"):
        check("http://8.8.8.8/", NONE)
    assert check("http://8.8.8.8/", frozenset({"8.8.8.8"})) == Target("http", "8.8.8.8", 80, "8.8.8.8", "/")


def test_an_opened_port_opens_no_other() -> None:
    opened = frozenset({"127.0.0.1:8080"})
    assert check("http://127.0.0.1:8080/hook", opened) == Target("http", "127.0.0.1", 8080, "127.0.0.1", "/hook")
    with pytest.raises(Refused):
        check("http://127.0.0.1:8081/hook", opened)
    with pytest.raises(Refused):
        check("https://127.0.0.1/hook", opened)
    assert check("https://127.0.0.1:8443/", frozenset({"127.0.0.1"})).port == 8443


def test_a_name_is_written_as_the_other_side_reads_it() -> None:
    assert check("https://８.８.８.８/", NONE).host == "8.8.8.8"
