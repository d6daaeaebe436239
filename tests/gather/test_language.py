"""The language of a text, or nothing when unsure."""

from __future__ import annotations

import pytest

from variorum.gather import language
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


OTHERS = {
    "pl": "Trzy osoby zginęły, gdy stary most w mieście runął do rzeki przed świtem we wtorek, powiedział "
    "burmistrz. Nurkowie przeszukiwali wodę pod filarami do",
    "cs": "Tři lidé zahynuli, když se starý most ve městě v úterý před svítáním zřítil do řeky, řekl "
    "starosta. Potápěči prohledávali vodu pod pilíři až do",
    "nl": "Drie mensen kwamen om het leven toen de oude brug van de stad dinsdag voor zonsopgang in de "
    "rivier stortte, zei de burgemeester. Duikers zochten tot",
    "sv": "Tre personer dog när den gamla bron i staden rasade ner i floden före gryningen på tisdagen, "
    "sade borgmästaren. Dykare letade i vattnet under pelarna",
    "da": "Tre mennesker døde, da den gamle bro i byen styrtede i floden før daggry tirsdag, sagde "
    "borgmesteren. Dykkere ledte i vandet under pillerne indtil",
    "fi": "Kolme ihmistä kuoli, kun kaupungin vanha silta romahti jokeen ennen aamunkoittoa tiistaina, "
    "sanoi kaupunginjohtaja. Sukeltajat etsivät vedestä",
    "hu": "Három ember meghalt, amikor a város régi hídja kedden hajnal előtt a folyóba zuhant, mondta a "
    "polgármester. A búvárok délig kutattak a pillérek",
    "ro": "Trei persoane au murit când podul vechi al orașului s-a prăbușit în râu înainte de zori, "
    "marți, a spus primarul. Scafandrii au căutat în apă sub",
    "el": "Τρεις άνθρωποι σκοτώθηκαν όταν η παλιά γέφυρα της πόλης έπεσε στο ποτάμι πριν από την αυγή της "
    "Τρίτης, είπε ο δήμαρχος. Δύτες έψαξαν στο νερό κάτω",
    "bg": "Трима души загинаха, когато старият мост в града се срути в реката преди зазоряване във "
    "вторник, каза кметът. Водолази търсиха във водата под",
    "sr": "Троје људи је погинуло када се стари мост у граду срушио у реку пре зоре у уторак, рекао је "
    "градоначелник. Рониоци су до поднева претраживали воду",
    "sw": "Watu watatu walifariki wakati daraja la zamani la mji lilipoanguka mtoni kabla ya alfajiri "
    "siku ya Jumanne, meya alisema. Wapiga mbizi walitafuta",
    "zh": "市长说,周二黎明前,这座城市的旧桥倒塌坠入河中,造成三人死亡。潜水员在桥墩下的水",
    "ja": "市長によると、火曜日の夜明け前に市内の古い橋が崩落して川に落ち、三人が死亡した。",
    "ko": "시장은 화요일 새벽이 되기 전에 시내의 오래된 다리가 강으로 무너져 세 ",
    "he": "שלושה בני אדם נהרגו כאשר הגשר הישן של העיר קרס אל הנהר לפני עלות השחר ביום שלישי, אמר ראש "
    "העיר. צוללנים חיפשו במים מתחת לעמודים עד הצהריים ומצאו שתי",
    "hi": "महापौर ने कहा कि मंगलवार को भोर से पहले शहर का पुराना पुल नदी में गिर जाने से तीन लोगों की मौत "
    "हो गई। गोताखोरों ने दोपहर तक खंभों के नीचे पानी में",
    "ur": "میئر نے کہا کہ منگل کو فجر سے پہلے شہر کا پرانا پل دریا میں گرنے سے تین افراد ہلاک ہو گئے۔ "
    "غوطہ خوروں نے دوپہر تک ستونوں کے نیچے پانی میں تلاش کی اور",
    "bn": "মেয়র বলেছেন, মঙ্গলবার ভোরের আগে শহরের পুরোনো সেতু নদীতে ধসে পড়লে তিনজন নিহত হন। ডুবুরিরা "
    "দুপুর পর্যন্ত স্তম্ভের নিচে পানিতে খোঁজ করে দুটি গাড়ি",
    "vi": "Ba người thiệt mạng khi cây cầu cũ của thành phố sập xuống sông trước bình minh hôm thứ Ba, "
    "thị trưởng cho biết. Thợ lặn tìm kiếm dưới nước quanh các",
    "th": "นายกเทศมนตรีกล่าวว่า "
    "มีผู้เสียชีวิตสามคนเมื่อสะพานเก่าของเมืองพังลงในแม่น้ำก่อนรุ่งสางวันอังคาร นักประดาน้ำค้นหาใต้เสาจนถึงเที่ยงและพบรถยนต์สองคัน",
    "tl": "Tatlong tao ang namatay nang bumagsak sa ilog ang lumang tulay ng lungsod bago "
    "magbukang-liwayway noong Martes, sabi ng alkalde. Naghanap ang mga",
    "am": "ከንቲባው እንዳሉት ማክሰኞ ከንጋት በፊት የከተማው አሮጌ ድልድይ ወደ ወንዙ በመውደቁ ሦስት ሰዎች ሞቱ። ጠላቂዎች እስከ ቀትር ድረስ በውሃው ውስጥ "
    "ፈልገው ሁለት መኪኖችን አገኙ።",
    "so": "Saddex qof ayaa dhintay markii buundadii hore ee magaalada ay ku dhacday webiga waaberigii "
    "Talaadada, sidaas waxaa yiri duqa magaalada. Quusayaashu",
    "ha": "Mutane uku sun mutu lokacin da tsohuwar gadar birnin ta rushe cikin kogi kafin wayewar gari a "
    "ranar Talata, in ji magajin gari. Masu nutso sun",
    "ku": "Sê kes mirin dema pira kevn a bajêr berî berbangê roja sêşemê ket nav çem, şaredar got. "
    "Noqavan heta nîvro di nav avê de li binê stûnan geriyan û du",
    "ps": "ښاروال وویل چې د سه شنبې په ورځ له سهار مخکې د ښار زوړ پل سیند ته ولوید او درې کسان ووژل شول. "
    "لامبوزنو تر غرمې پورې د ستنو لاندې په اوبو کې لټون وکړ",
    "ca": "Tres persones van morir quan el vell pont de la ciutat va caure al riu abans de l'alba de "
    "dimarts, va dir l'alcalde. Els bussos van buscar a l'aigua",
}


def test_a_language_beyond_those_of_the_small_words_is_named() -> None:
    assert {code: guess_language(text) for code, text in OTHERS.items()} == {code: code for code in OTHERS}


def test_english_is_told_without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_model", None)
    assert guess_language(TEXTS["en"]) == "en"
    assert guess_language("Nine hurt as the bridge of Osk falls; a search goes on near two boats, a dog, a ferry") == ""


@pytest.mark.parametrize(("code", "text"), TEXTS.items(), ids=TEXTS)
def test_running_text_is_recognised(code: str, text: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize(
    "text", ["", "12 34 56", "Osk Ardan Varda Tarran Lio", "👍", "Puente Osk 2031", "東京で橋が崩落した"]
)
def test_what_is_no_running_text_stays_unknown(text: str) -> None:
    assert guess_language(text) == ""


ENGLISH = [
    "Gunmen kill mayor of San Miguel del Monte, Juan de los Santos y de la Cruz, in Ciudad de los Reyes del Sur",
    "Gunmen kill mayor Juan de los Santos y de la Cruz near Ciudad de los Reyes del Sur",
    "“Los mataron a todos, no queda nadie en el pueblo, los soldados llegaron por la noche y los sacaron de las "
    "casas,” said Maria Lopez, 40. Mexico's army denied it.",
    "Names of victims:\n" + "\n".join(f"Ivan Petrović, {age}, Sarajevo" for age in range(20, 80)),
]


@pytest.mark.parametrize("text", ENGLISH, ids=["names", "names alone", "quote", "list"])
def test_english_with_names_or_a_quote_is_taken_for_no_other_language(text: str) -> None:
    assert guess_language(text) in ("", "en")
