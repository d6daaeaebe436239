"""Raw bytes to text: what is read is right, what is not certain is refused."""

from __future__ import annotations

import codecs

import pytest

from variorum.errors import UnreadableError
from variorum.gather.decode import decode_text, looks_read

SAMPLES = {
    "cp1252": "Trois personnes ont été tuées près de l’hôpital de Valbrune, a déclaré le maire. “C’était très tôt”, "
    "a-t-il ajouté. Les blessés ont été emmenés à l’école, où des médecins étrangers les soignent depuis février.",
    "cp1251": "Три человека погибли при обстреле деревни, сообщили местные власти. По словам главы района, снаряды "
    "попали в школу и рынок. Раненых доставили в больницу, их состояние врачи называют тяжёлым.",
    "koi8_r": "Три человека погибли при обстреле деревни, сообщили местные власти. По словам главы района, снаряды "
    "попали в школу и рынок. Раненых доставили в больницу, их состояние врачи называют тяжёлым.",
    "cp1256": "قتل ثلاثة أشخاص في قصف استهدف القرية صباح اليوم وقال رئيس البلدية إن القذائف سقطت على السوق والمدرسة "
    "وأضاف أن الجرحى نقلوا إلى المستشفى القريب وأن حالة بعضهم خطيرة جدا",
    "cp1254": "Köye düzenlenen saldırıda üç kişi öldü, çok sayıda kişi yaralandı. Belediye başkanı, mermilerin okula "
    "ve pazara düştüğünü söyledi. Yaralılar şehirdeki hastaneye götürüldü, durumlarının ağır olduğu açıklandı.",
}


@pytest.mark.parametrize(("encoding", "text"), SAMPLES.items(), ids=SAMPLES)
def test_an_old_encoding_is_recognised(encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding)) == text


MARKED = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
]


@pytest.mark.parametrize(("mark", "encoding"), MARKED)
def test_a_byte_order_mark_decides_and_is_removed(mark: bytes, encoding: str) -> None:
    assert decode_text(mark + "Zoë, 東京, 👍".encode(encoding)) == "Zoë, 東京, 👍"


def test_utf8_goes_before_what_the_content_declares() -> None:
    assert decode_text("Zoë".encode(), declared=["cp1252"]) == "Zoë"


def test_a_declared_encoding_goes_before_a_guess() -> None:
    assert decode_text("Żółw, Łódź".encode("iso8859_2"), declared=["iso8859_2"]) == "Żółw, Łódź"


def test_a_stray_byte_in_utf8_is_one_lost_character_and_not_another_encoding() -> None:
    text = "The mayor’s office said the bridge “could not hold”. It’s closed."
    assert decode_text(text.encode() + b"\xe2\x80") == text + "\ufffd"
    assert decode_text(b"\x96" + text.encode(), declared=["cp1252"]) == "\ufffd" + text


def test_utf8_with_much_of_it_lost_is_refused() -> None:
    with pytest.raises(UnreadableError, match="damaged") as refused:
        decode_text("“Ünïcödé, çà et là”".encode() * 20 + b"\xff \xff \xff")
    assert refused.value.code == "encoding"


REFUSED = [
    (b"%PDF-1.7\n...", "binary"),
    (b"one\x00two", "binary"),
    (b"\x01\x02\x03\x04\x05 text", "binary"),
    (codecs.BOM_UTF8 + b"abc\xff", "encoding"),
    (b"\xff\xfe\x00", "encoding"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        decode_text(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Zoë est là", True), ("Три человека", True), ("cafÃ‰ ÐŸÑ€Ð¸", False), ("Tрaва Wмол", False), ("a\x85b", False)],
)
def test_a_wrong_reading_is_noticed(text: str, expected: bool) -> None:
    assert looks_read(text) is expected
