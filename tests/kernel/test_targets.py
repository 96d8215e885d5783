"""Addresses of what is asked: those of the declared origin, whatever an answer named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatelet.kernel.targets import exact, joined

BASE = "https://cloud.example:8443/remote.php/dav"


@given(st.text(max_size=60))
def test_no_text_leads_to_another_origin(text: str) -> None:
    for made in (exact, joined):
        for path in (text, f"/{text}"):
            try:
                address = made(BASE, path)
            except ValueError:
                continue
            assert str(address.origin()) == "https://cloud.example:8443"
            assert not {".", ".."} & set(address.path.split("/"))


@pytest.mark.parametrize("target", ["/", "/a%20b/c", "/a?b=c&d=%C3%A9", "/a..b", "/a@b", "/a%2Fb", "/x//y", "/a?b/c?d"])
def test_a_target_is_sent_as_it_is_written(target: str) -> None:
    assert exact(BASE, target).raw_path_qs == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "a",
        "//evil.example/",
        "/../a",
        "/a/%2e%2e/b",
        "/a\\..\\b",
        "/a%5c..%5cb",
        "/é",
        "/a b",
        "/a#b",
        "/%zz",
        "/a\r\nb",
        "http://x/",
    ],
)
def test_what_is_not_a_target(target: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        exact(BASE, target)
