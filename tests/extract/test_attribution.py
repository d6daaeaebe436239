"""Attribution: who is responsible for which words."""

from __future__ import annotations

import pytest

from variorum.extract.attribution import Attribution, find_attributions, source_at, stance_at
from variorum.extract.sentences import split_sentences
from variorum.extract.speakers import is_source

MINISTRY = "Marenian defence ministry"
MONITOR = "Khabur Valley Monitor"


def read(text: str, title: str = "") -> list[Attribution]:
    return find_attributions(text, split_sentences(text, title))


def source_of(text: str, words: str) -> str:
    found = source_at(read(text), text.index(words))
    return found.source if found is not None else ""


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The Marenian Defence Ministry said that six boats sank.", "six", MINISTRY),
        ("The Marenian Defence Ministry said six boats sank.", "six", MINISTRY),
        ("Six boats sank, the Marenian Defence Ministry said on Monday.", "Six", MINISTRY),
        ("Six boats sank, the Marenian Defence Ministry said in a statement on Monday.", "Six", MINISTRY),
        ("Six boats sank Marenia's Defence Ministry said on Monday.", "Six", MINISTRY),
        ("Six boats sank, according to the Khabur Valley Monitor.", "Six", MONITOR),
        ("According to the Khabur Valley Monitor, six boats sank.", "six", MONITOR),
        ("The Khabur Valley Monitor, a Britain-based group, said six boats sank.", "six", MONITOR),
        ("“Six boats sank,” said the Khabur Valley Monitor.", "Six", MONITOR),
        ("'Six boats sank,' said Jane Marlow.", "Six", "Jane Marlow"),
        ("Jane Marlow told reporters six boats sank.", "six", "Jane Marlow"),
        ("A resident told AFP six boats sank.", "six", "resident"),
        ("Russia says it fired six rockets.", "six", "Russia"),
        ("The United States has said that six boats sank.", "six", "United States"),
        ("State television reported that six boats sank.", "six", "state television"),
        ("Local residents said six boats sank.", "six", "residents"),
        ("A local doctor said six people died.", "six", "doctor"),
        ("Activists said six people died.", "six", "activists"),
        ("A source on the ground said six people died.", "six", "source on the ground"),
        ("Six boats sank, a U.S. military spokesman said on Monday.", "Six", "US military spokesman"),
        ("Reuters reported that six boats sank, citing the Marenian Defence Ministry.", "six", MINISTRY),
        ("Six boats sank, Reuters reported, citing the Marenian Defence Ministry.", "Six", MINISTRY),
        ("SANA quoted a military source as saying that six boats sank.", "six", "military source"),
        ("A statement by the Khabur Valley Monitor said six boats sank.", "six", MONITOR),
        ("The Syrian army accused Israel of firing six rockets.", "six", "Syrian army"),
        ("Islamic State claimed responsibility for the blast.", "responsibility", "Islamic State"),
        ("Ray Dale, a spokesman for the US-led coalition, said six boats sank.", "six", "US-led coalition"),
        ("According to Khabur Valley Monitor head, Omar Tell, six boats sank.", "six", MONITOR),
        ("Jane Marlow, a driver who left in 2011, said Kest's six boats sank.", "six", "Jane Marlow"),
        ("On Monday, a fishmonger said six boats sank.", "six", "fishmonger"),
        ("A medical source in eastern Koro said six boats sank.", "six", "medical source in eastern Koro"),
        ("Jane Marlow (D-Koro) said six boats sank.", "six", "Jane Marlow"),
        ("But in recent days, officials say, six boats sank.", "six", "officials"),
        ("The army pulled back, warning that six boats sank.", "six", "army"),
        ("SELLA - The Tarn Guard said six boats sank.", "six", "Tarn Guard"),
        ("Six boats sank, Marenia's navy said.", "Six", "Marenian navy"),
        ("Katiba al-Rimal said six boats sank.", "six", "Katiba al-Rimal"),
        ("The Manglar Column said six boats sank.", "six", "Manglar Column"),
        ("The Tarn Guard's spokesman, Col. Jon Reeve, said six boats sank.", "six", "Tarn Guard"),
        ("Six boats sank, said the regional governor, Rana Sel.", "Six", "regional governor"),
        ("The regional governor, Rana Sel, said six boats sank.", "six", "Rana Sel"),
        ("Colonel Jon Reeve told the Koro Ledger six boats sank.", "six", "Jon Reeve"),
        ("Police commander Jon Reeve said six boats sank.", "six", "Jon Reeve"),
        ("The Cedar League, which brokered the deal, said it would send six boats.", "six", "Cedar League"),
        ("The Cedar League said it would send men to talk with any six boats.", "six", "Cedar League"),
        ("The movement, having proposed a pact with the communists, said six boats sank.", "six", "movement"),
        (
            "A security official, who was not named, blamed six militants of Katiba al-Rimal.",
            "six",
            "security official",
        ),
        ("Shells killed a number of civilians local sources said.", "Shells", "sources"),
        ("Six boats sank in the last five days Several sources said.", "Six", "sources"),
        ("Six boats sank in Koro local residents said.", "Six", "residents"),
        ("Six boats sank, social media users said.", "Six", "social media users"),
        ("Six boats sank, officials there said.", "Six", "officials"),
        ("Reuters quoted a medic as saying six boats sank.", "six", "medic"),
        ("A SANA reporter said six boats sank.", "six", "SANA"),
        ("Six boats sank, according to a statement issued by the Tarn Guard.", "Six", "Tarn Guard"),
        ("Six boats sank, said the imam of the old mosque, who saw it.", "Six", "imam of the old mosque"),
        ("Shells hurt six people said the Koro Monitor a group of volunteers.", "six", "Koro Monitor"),
        ("The Koro Monitor - a group that works in opposition areas - said six boats sank.", "six", "Koro Monitor"),
        ("Western states said six boats sank.", "six", "Western states"),
        ("“Six boats sank” said Omar Tell head of the harbour office.", "Six", "Omar Tell"),
        ("Six boats sank in the bay of Koro on Monday a fisherman told Sputnik.", "Six", "fisherman"),
        ("Six boats sank in the bay near Koro the army said using an old term.", "Six", "army"),
        ("A source at Koro police told reporters six boats sank.", "six", "source at Koro police"),
        ("The boats left, ending the siege by the Desert Guard, the military said.", "siege", "military"),
        ("Six boats of the Desert Guard sank, the army said.", "Six", "army"),
        ("Six boats of the Desert Guard sank, police said.", "Six", "police"),
        ("The Marenian army lost six boats, the military said.", "six", "Marenian army"),
        ("Six boats were sunk by the Desert Guard, the governor, said.", "Six", "governor"),
        ("The Desert Guard, the largest militia, said six boats sank.", "six", "Desert Guard"),
        ("Police and medics said six boats sank.", "six", "police and medics"),
        ("Six boats sank, police and medics said.", "Six", "police and medics"),
        ("Six boats sank, according to police and medics.", "Six", "police and medics"),
        ("Residents and local activists said six boats sank.", "six", "residents and activists"),
        ("Shells killed nine police and medics said six boats sank.", "six", "medics"),
        ("No group had claimed the six blasts by nightfall.", "six", ""),
        ("None of the groups has said that six boats sank.", "six", ""),
        ("Neither the army nor the Tarn Guard confirmed that six boats sank.", "six", ""),
        ("Six boats sank with reports of more to come.", "Six", ""),
        ("Six boats sank in the storm.", "Six", ""),
        ("Six men were said by nobody to be dead.", "Six", ""),
    ],
)
def test_a_statement_goes_to_its_source(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The Marenian Defence Ministry said six boats sank. It added that nine men died.", "nine", MINISTRY),
        ("The Marenian Defence Ministry said six boats sank. The ministry added nine men died.", "nine", MINISTRY),
        (
            "The Khabur Valley Monitor said six boats sank. The Britain-based monitor said nine men died.",
            "nine",
            MONITOR,
        ),
        ("The Khabur Valley Monitor said six boats sank. The group added that nine men died.", "nine", MONITOR),
        (
            "The Khabur Valley Monitor said six boats sank. The Marenian Defence Ministry denied it. "
            "The monitor said nine men died.",
            "nine",
            MONITOR,
        ),
        ("“Six boats sank,” Jane Marlow said. She said nine men died.", "nine", "Jane Marlow"),
        ("Jane Marlow said six boats sank. Marlow said nine men died.", "nine", "Jane Marlow"),
        (
            "Ray Dale, a spokesman for the US-led coalition, said six boats sank. Dale said nine men died.",
            "nine",
            "US-led coalition",
        ),
        ("“Six boats sank,” Jane Marlow said. “Nine men died there.”", "Nine", "Jane Marlow"),
        ("“Six boats sank. Nine men died. We left,” Jane Marlow said.", "Nine", "Jane Marlow"),
        ("The Khabur Valley Monitor said six boats sank. Nine men died.", "Nine", ""),
        (
            "The Khabur Valley Monitor said six boats sank. “Nine men died,” Monitor director Omar Tell said.",
            "Nine",
            MONITOR,
        ),
        (
            "The Khabur Valley Monitor said six boats sank. “Nine men died,” said Monitor director Omar Tell.",
            "Nine",
            MONITOR,
        ),
        (
            "The Eastern Command shelled Koro. A spokesman for the command said nine men died.",
            "nine",
            "Eastern Command",
        ),
        ("Shells hit the Wadai Front. The Front said nine men died.", "nine", "Wadai Front"),
        ("Shells hit the Tihama Brigades, and nine men died, the Brigades said.", "nine", "Tihama Brigades"),
        ("The Highland Rights Circle met. The circle said nine men died.", "nine", "Highland Rights Circle"),
        (
            "Envoys of the Lake Mission met. Nine men died, the mission's chief negotiator, Ambassador Rana Sel, said.",
            "Nine",
            "Lake Mission",
        ),
        (
            "The navy said six boats sank. The Tihama Observatory gave a lower figure. "
            "Its director, Salma Haddar, said at least nine men died.",
            "nine",
            "Tihama Observatory",
        ),
        ("The Tarn Guard denied it. “Nine men died,” said its spokesman, Jon Reeve.", "Nine", "Tarn Guard"),
        (
            "The Tarn Guard said six boats sank. “Nine men died,” said a spokesman, Major Jon Reeve.",
            "Nine",
            "Tarn Guard",
        ),
        ("The Khabur Valley Monitor issued a note. The statement said nine men died.", "nine", MONITOR),
        ("Six boats sank, said the Free Koro Front. The army said nine men died.", "nine", "army"),
        ("Marenian president Omar Tell said six boats sank. Tell said nine men died.", "nine", "Omar Tell"),
        ("Six boats sank in Syria the Khabur Valley Monitor said.", "Six", MONITOR),
        ("Shells killed three civilians local media said.", "Shells", "media"),
        ("Six boats sank, a monitor said. Nine men died, the Khabur Valley Monitor said.", "Six", MONITOR),
        (
            "Six boats sank, the defence ministry said. The Marenian Defence Ministry saw nine.",
            "Six",
            "defence ministry",
        ),
        (
            "The Marenian Defence Ministry said six boats sank. Nine men died, the defence ministry said.",
            "Nine",
            MINISTRY,
        ),
    ],
)
def test_a_source_is_carried_over(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("Six died, the Koro Monitor said, and another nine were hurt.", "nine", "Koro Monitor"),
        ("Six died, the Koro Monitor said on Monday, including nine children.", "nine", "Koro Monitor"),
        ("Six died, the Koro Monitor said, and nine were hurt, medics said.", "nine", "medics"),
        ("Six died, the Koro Monitor said, and nine were hurt, medics said.", "Six", "Koro Monitor"),
        ("Six died, the Koro Monitor said, while medics reported nine dead.", "nine", "medics"),
        ("Six died by mistake, the Koro Monitor said: a brother and nine sisters.", "nine", "Koro Monitor"),
        ("Six died by mistake, the Koro Monitor said: a brother and nine sisters.", "Six", "Koro Monitor"),
    ],
)
def test_a_report_goes_on_behind_an_inserted_source(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("The Marenian Defence Ministry lowered the number of dead from 23 to nine.", "nine", MINISTRY),
        ("The Marenian Defence Ministry put the toll at six on Monday and raised it to nine.", "nine", MINISTRY),
        ("The Koro Monitor counted four men killed and nine hurt.", "nine", "Koro Monitor"),
        ("The Koro Monitor gave a toll of nine dead.", "nine", "Koro Monitor"),
        ("Organisers put the crowd at nine hundred.", "nine", "organisers"),
        ("The mayor's office, however, spoke of nine dead.", "nine", "mayor's office"),
        ("Medics, for their part, spoke of at least nine dead.", "nine", "medics"),
        ("The governor put it at nine.", "nine", "governor"),
        ("The hospital reported nine dead.", "nine", "hospital"),
        ("The governor spoke of the nine o'clock boat.", "nine", ""),
        ("The blast raised the toll to nine.", "nine", ""),
        ("The governor raised a number of questions at nine.", "nine", ""),
    ],
)
def test_who_sets_a_figure_is_its_source(text: str, words: str, source: str) -> None:
    assert source_of(text, words) == source


@pytest.mark.parametrize(
    ("text", "words", "rows"),
    [
        ("Shells fell. The Tarn Guard denied it.", "it.", [("Tarn Guard", "denies")]),
        ("Marenia again denied any role.", "any role", [("Marenia", "denies")]),
        ("Marenia and the Tarn Guard denied any role.", "any", [("Marenia", "denies"), ("Tarn Guard", "denies")]),
        ("The Tarn Guard rejected the accusation.", "the accusation", [("Tarn Guard", "denies")]),
        ("The Tarn Guard rejected a plea to halt flights.", "a plea", [("Tarn Guard", "asserts")]),
        ("The Tarn Guard denied entry to six doctors.", "six", []),
        ("The Tarn Guard denied that the town had fallen.", "the town", [("Tarn Guard", "denies")]),
        ("The Tarn Guard denied that it had agreed to leave.", "it had", [("Tarn Guard", "denies")]),
        ("The Tarn Guard denied reports that the town had fallen.", "the town", [("Tarn Guard", "denies")]),
        ("The Tarn Guard denied it shelled Koro, as the number of dead rose to 29.", "29", []),
        ("The Tarn Guard denied that it shelled Koro while the death toll reached 29.", "29", []),
        (
            "The Tarn Guard denied it shelled Koro, as the number of dead rose to 29.",
            "Koro",
            [("Tarn Guard", "denies")],
        ),
        ("The Tarn Guard denied it shelled Koro as rebels left in 29 boats.", "29", [("Tarn Guard", "denies")]),
    ],
)
def test_a_denial_needs_no_clause(text: str, words: str, rows: list[tuple[str, str]]) -> None:
    place = text.rindex(words)
    assert (
        sorted((row.source, row.stance) for row in read(text) if row.content_start <= place < row.content_end) == rows
    )


def test_a_signed_quotation_is_the_signer_s() -> None:
    assert source_of("Two letters came.\n“Six boats sank here in May.”\n— Omar Tell, fisherman", "Six") == "Omar Tell"


def test_a_quotation_can_be_signed_on_its_own_line() -> None:
    assert source_of("Two letters came.\n“Six boats sank here in May.” — Omar Tell, fisherman", "Six") == "Omar Tell"


def test_who_is_told_is_no_content() -> None:
    (row,) = read("“Six boats sank,” a schoolteacher told the group.")
    assert row.content_start == 0


def test_a_source_is_not_carried_into_another_story() -> None:
    text = (
        "The Khabur Valley Monitor said six boats sank. Two men died. Police came.\n"
        "SELLA (Agency) - A bomb hit a bus. It said nine men died."
    )
    assert source_of(text, "nine") == ""


def test_furniture_has_no_source() -> None:
    text = "Six boats sank.\nMore news: Police said nine men died\nTwo men left."
    assert read(text) == []


def test_a_person_who_speaks_for_a_body_is_kept_as_speaker() -> None:
    (row,) = read("Ray Dale, a spokesman for the US-led coalition, said six boats sank.")
    assert (row.source, row.speaker) == ("US-led coalition", "Ray Dale")


def test_spans_are_offsets_of_the_article_behind_emoji_and_arabic() -> None:
    text = "صاروخ 💥 في البحر.\n“Six boats sank,” the Khabur Valley Monitor said."
    (row,) = read(text)
    assert text[row.source_start : row.source_end] == "the Khabur Valley Monitor"
    assert text[row.cue_start : row.cue_end] == "said"
    assert text[row.content_start : row.content_end] == "“Six boats sank,”"


@pytest.mark.parametrize(
    ("text", "words", "stance"),
    [
        ("Suspected Russian strikes killed six people.", "Russian", "hedges"),
        ("Suspected Russian strikes killed six people.", "six", "asserts"),
        ("Suspected Marenian and US-led raids near Koro killed six people.", "US-led", "hedges"),
        ("Six people were reportedly killed.", "Six", "hedges"),
        ("Six people died, while nine were reportedly hurt.", "Six", "asserts"),
        ("The army may have fired six rockets.", "six", "hedges"),
        ("The army denied firing six rockets.", "six", "denies"),
        ("The army said it did not fire six rockets.", "six", "denies"),
        ("There is no evidence that the army fired six rockets.", "six", "denies"),
        ("The army denies bombing a market as the toll climbs to six.", "six", "asserts"),
        ("The army denied that it bombed a market amid a toll of six.", "six", "asserts"),
        ("The army denied that the toll had climbed to six.", "six", "denies"),
        ("The army fired six rockets.", "six", "asserts"),
        ("Police gave no details. Six people died.", "Six", "asserts"),
    ],
)
def test_the_stance_depends_on_the_place(text: str, words: str, stance: str) -> None:
    sentences = split_sentences(text)
    offset = text.index(words)
    sentence = next(one for one in sentences if one.start <= offset < one.end)
    assert stance_at(sentence, offset, find_attributions(text, sentences)) == stance


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "The ministry dismissed reports that its jets had killed 30 civilians in Orun on Monday as fabricated.",
            [("ministry", "denies", "its jets had killed 30 civilians in Orun on Monday")],
        ),
        (
            "Officials rejected claims that 30 civilians were killed",
            [("officials", "denies", "30 civilians were killed")],
        ),
        ("Officials refuted allegations of 30 deaths in Orun.", [("officials", "denies", "30 deaths in Orun.")]),
        ("The army disputed accusations that 30 died.", [("army", "denies", "30 died.")]),
        ("The army denied the reports that 30 died.", [("army", "denies", "30 died.")]),
        ("The army dismissed as false claims that 30 died.", [("army", "denies", "30 died.")]),
        ("Residents dismissed the ministry's claims that two died.", [("residents", "denies", "two died.")]),
        (
            'The ministry denied that it had bombed the hospital, calling reports of 12 dead "lies".',
            [
                ("ministry", "denies", 'it had bombed the hospital, calling reports of 12 dead "lies".'),
                ("ministry", "denies", "12 dead"),
            ],
        ),
        (
            "The ministry said its jets hit a depot, calling reports of 12 dead fabricated.",
            [
                ("ministry", "asserts", "its jets hit a depot, calling reports of 12 dead fabricated."),
                ("ministry", "denies", "12 dead"),
            ],
        ),
        ("The ministry called reports of 12 dead in Orun fabrications.", [("ministry", "denies", "12 dead in Orun")]),
        (
            "The army denied the raid and called the reports of 12 dead “untrue”.",
            [
                ("army", "denies", "the raid and called the reports of 12 dead “untrue”."),
                ("army", "denies", "12 dead"),
            ],
        ),
        (
            "The Post reported, quoting two US officials, that a drone strike killed four",
            [("US officials", "asserts", "a drone strike killed four")],
        ),
        (
            "The Koro Post reported, citing two US officials, that a drone strike killed four.",
            [("US officials", "asserts", "a drone strike killed four.")],
        ),
    ],
)
def test_a_claim_that_is_named_and_denied_is_one_statement_of_who_denies_it(
    text: str, rows: list[tuple[str, str, str]]
) -> None:
    assert [(row.source, row.stance, text[row.content_start : row.content_end]) for row in read(text)] == rows


def test_a_call_to_stop_false_reports_denies_none_as_untrue() -> None:
    assert all(
        row.stance != "denies" for row in read("The ministry called on rebels to stop false reports of 12 dead.")
    )


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("ministry dismissed", False),
        ("officials rejected", False),
        ("ministry called", False),
        ("US officials", True),
        ("United States", True),
    ],
)
def test_a_source_holds_no_verb_of_saying(name: str, whole: bool) -> None:
    assert is_source(name) is whole


def test_a_figure_behind_said_is_what_an_introduced_person_said() -> None:
    text = "Its director, Samir Qadan, said five women and three children were among the dead."
    assert source_of(text, "five") == "Samir Qadan"
    assert source_of("Six boats sank, said two residents.", "Six") == "residents"
