"""Encodings are told by letters, not by what a page claims."""

import pytest

from conflict_events.articles.decoding import arabic_share, decode
from conflict_events.articles.rejected import RejectionError

NEWS = "أفادت مصادر محلية بأن طائرة مسيّرة استهدفت سيارة على طريق ظفار في ريف الطبقة، ما أدى إلى إصابة شخصين."


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6"])
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "no-such-encoding"])
def test_arabic_tables_whatever_the_page_declares(encoding: str, declared: str | None) -> None:
    text = NEWS.replace("ّ", "")
    assert decode(text.encode(encoding), declared) == text


IMPOSSIBLE = "undefined idna punycode unicode_escape raw_unicode_escape zlib base64 rot13 charmap none-such".split()


@pytest.mark.parametrize("declared", IMPOSSIBLE)
def test_an_encoding_that_decodes_no_text_is_passed_over(declared: str) -> None:
    text = "قصف مدفعي على بلدة في ريف إدلب من الشمال"
    assert decode(text.encode("cp1256"), declared) == text


def test_bytes_of_no_encoding() -> None:
    with pytest.raises(RejectionError) as caught:
        decode(bytes([0x80, 0x81, 0x9F, 0x8D, 0x90] * 200))
    assert caught.value.reason == "undecodable"


def test_one_wrong_byte_in_a_long_page_is_let_pass_and_in_a_short_one_not() -> None:
    data = NEWS.encode() + b"\xff" + (NEWS * 20).encode()
    assert decode(data) == NEWS + "\ufffd" + NEWS * 20
    with pytest.raises(RejectionError):
        decode(NEWS.encode() + b"\xff")


def test_a_mark_that_lies() -> None:
    with pytest.raises(RejectionError, match="byte-order mark"):
        decode(b"\xef\xbb\xbf" + NEWS.encode("cp1256", "ignore"))


def test_other_languages_of_the_script_are_not_arabic() -> None:
    persian = "گزارش‌ها از چندین انفجار در شهر حکایت دارد و پلیس گفت که پنج نفر زخمی شده‌اند و چهار خانه ویران گردید " * 3
    assert arabic_share(persian) == 0.0
    assert arabic_share(NEWS) > 0.99
    assert arabic_share("123 ... !") == 0.0
