"""The language of a text, or nothing when unsure."""

from __future__ import annotations

import pytest

from variorum.gather.language import guess_language

TEXTS = {
    "en": "Three people were killed when the bridge fell, said the mayor of the town, and others have been hurt.",
    "fr": "Trois personnes ont été tuées dans la chute du pont, selon le maire, mais les secours sont sur place.",
    "es": "Tres personas han muerto por la caída del puente, según el alcalde, pero los equipos han llegado este día.",
    "de": "Drei Menschen sind bei dem Einsturz der Brücke gestorben, und nach Angaben der Stadt wurden viele verletzt.",
    "it": "Tre persone sono morte nel crollo del ponte, ma gli aiuti che il sindaco ha chiesto sono della regione.",
    "pt": "Três pessoas morreram e não foi possível salvar mais ninguém, segundo os bombeiros, após a queda.",
    "tr": "Köprünün çökmesi sonucu üç kişi öldü ve bir kişi yaralandı, belediye için çok zor bir gün olarak anıldı.",
    "ar": "قتل ثلاثة أشخاص في انهيار الجسر على النهر بعد الفيضان وقال رئيس البلدية إن ما حدث كان من التقصير",
    "fa": "سه نفر در فرو ریختن پل کشته شدند و شهردار گفت که این پل را از سال گذشته برای کامیون ها بسته بود",
    "ru": "Три человека погибли при обрушении моста, и как сообщили власти, это было не в первый раз после паводка.",
    "uk": "Троє людей загинули після обвалу мосту, і як повідомили у місті, це було не вперше, що він та дорога.",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items(), ids=TEXTS)
def test_running_text_is_recognised(code: str, text: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize(
    "text", ["", "12 34 56", "Osk Ardan Varda Tarran Lio", "👍", "Puente Osk 2031", "東京で橋が崩落した"]
)
def test_what_is_no_running_text_stays_unknown(text: str) -> None:
    assert guess_language(text) == ""
