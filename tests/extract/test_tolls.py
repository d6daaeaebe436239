"""Counts of people in one sentence: sentence in, tolls out. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.extract.people import find_groups
from variorum.extract.peoplewords import load_cues, load_nouns, read_tokens
from variorum.extract.tolls import LONGEST, Toll, find_people, find_tolls, prop_told
from variorum.schema import load_schema

FLAGS = ("total", "cumulative_event", "part", "more", "each", "known", "named", "weak")


def row(toll: Toll) -> str:
    """Write a toll as the table does: "killed civilians 39.. part"."""
    flags = [name for name in FLAGS if getattr(toll, name)]
    stance = [] if toll.stance == "asserts" else [toll.stance]
    return " ".join([toll.prop, toll.scope, toll.value, *flags, *stance])


TOLLS = [
    # who and how many, in the active and the passive
    ("Air strikes killed at least 39 civilians in Orvale.", ["killed civilians 39.."]),
    ("39 people were killed and 12 wounded in the blast.", ["killed all 39", "injured all 12"]),
    ("The blast left seven dead and 12 injured.", ["killed all 7", "injured all 12"]),
    ("The attack claimed the lives of 12 people.", ["killed all 12"]),
    ("Shelling cost 12 lives in Port Sella.", ["killed all 12"]),
    ("Forty villagers lost their lives in the fire.", ["killed civilians 40"]),
    ("Three soldiers died and two perished later.", ["killed combatants 3", "killed combatants 2"]),
    ("Rescuers pulled the bodies of 20 people from the rubble.", ["killed all 20"]),
    ("Rescuers pulled 18 bodies from the rubble.", ["killed all 18"]),
    ("The raid led to the killing of 12 civilians.", ["killed civilians 12"]),
    ("The monitor recorded the deaths of 31 children.", ["killed children 31"]),
    ("12 dead, 30 wounded in market blast", ["killed all 12", "injured all 30"]),
    ("Blast kills 10 injures scores in Orvale", ["killed all 10", "injured all 40.."]),
    ("More than 100 civilians killed 700 injured in Orvale", ["killed civilians 100..", "injured all 700"]),
    ("A man with a vest killed 30 shoppers injured 90 in Orvale.", ["killed civilians 30", "injured all 90"]),
    ("The army has killed 12 rebels.", ["killed combatants 12"]),
    ("Twelve people have been killed in Orvale.", ["killed all 12"]),
    ("Some 40 people were reportedly killed in the raid.", ["killed all ~40 hedges"]),
    ("Up to 60 people are feared dead.", ["killed all ..60 hedges"]),
    ("As many as 200 people died.", ["killed all ..200"]),
    ("Dozens of people were killed.", ["killed all 24.."]),
    ("The shell killed six and wounded dozens more.", ["killed all 6", "injured all 24.. more"]),
    ("Another 7 were injured.", ["injured all 7 more"]),
    ("Three more died in hospital.", ["killed all 3 more"]),
    ("Another three people were killed in Lower Orvale.", ["killed all 3 more"]),
    ("The strike wounded 12 others.", ["injured all 12 more"]),
    # the toll of an event so far
    ("The death toll rose to 45 on Tuesday.", ["killed all 45 cumulative_event"]),
    ("The toll rose from 30 to 45.", ["killed all 45 cumulative_event"]),
    ("The monitor put the death toll at 58.", ["killed all 58 cumulative_event"]),
    ("The blast brought to 120 the number of people killed.", ["killed all 120 cumulative_event"]),
    (
        "Terrorist attacks left 12 dead, bringing the death toll to 30.",
        ["killed all 12", "killed all 30 cumulative_event"],
    ),
    ("The number of dead climbed to 77.", ["killed all 77 cumulative_event"]),
    ("The number of rebels killed in the ambush has risen to 39.", ["killed combatants 39 cumulative_event"]),
    # parts
    (
        "The raid killed 20 people, including five women and three children.",
        ["killed all 20", "killed women 5 part", "killed children 3 part"],
    ),
    (
        "At least 20 people including five women and three children were killed.",
        ["killed all 20..", "killed women 5 part", "killed children 3 part"],
    ),
    ("Seven children were among the dead.", ["killed children 7 part"]),
    ("Among the dead were two nurses and six children.", ["killed medics 2 part", "killed children 6 part"]),
    ("Ten people were killed, two of them children.", ["killed all 10", "killed children 2 part"]),
    ("Ten people were killed on Friday, among them 4 children.", ["killed all 10", "killed children 4 part"]),
    ("Five of the dead were women.", ["killed women 5 part"]),
    (
        "Eight civilians, including a boy, were among at least 31 dead in the raid.",
        ["killed civilians 8 part", "killed children 1 part", "killed all 31.."],
    ),
    ("Gunmen opened fire, killing 12, including 3 children.", ["killed all 12", "killed children 3 part"]),
    ("Six people, all civilians, were killed.", ["killed civilians 6"]),
    (
        "Five women and 13 rebels from two villages were among the dead.",
        ["killed women 5 part", "killed combatants 13 part"],
    ),
    ("Four villagers were identified among those killed.", ["killed civilians 4 part"]),
    (
        "The raid left 56 dead including 11 children and 20 more wounded.",
        ["killed all 56", "killed children 11 part", "injured all 20 more"],
    ),
    # several groups in one breath
    ("Nine rebels were killed along with six guards.", ["killed combatants 9", "killed police 6"]),
    ("The army killed a commander as well as five of his entourage.", ["killed combatants 1", "killed all 5"]),
    ("Raiders killed and crucified five villagers.", ["killed civilians 5"]),
    ("The band executed 70 of its own members.", ["killed combatants 70"]),
    ("The blast killed 47 leaders of Harab al-Nur.", ["killed combatants 47"]),
    ("A woman and her two sons were killed.", ["killed women 1", "killed children 2"]),
    ("Four rebel fighters and two civilians were killed.", ["killed combatants 4", "killed civilians 2"]),
    ("A father, his wife and three children died.", ["killed men 1", "killed women 1", "killed children 3"]),
    ("The band executed 15 men and beheaded two soldiers.", ["killed men 15", "killed combatants 2"]),
    ("The raid killed about 40 soldiers and civilians.", ["killed civilians+combatants ~40"]),
    ("The raid killed 40 women and children.", ["killed civilians 40"]),
    # one person, named or not
    ("A man was killed.", ["killed men 1"]),
    ("A 15-year-old boy was shot dead.", ["killed children 1"]),
    ("10-year-old shot in accident", ["injured children 1 weak"]),
    ("The man killed in Orvale was a farmer.", ["killed men 1 known"]),
    ("Man shot dead in Orvale", ["killed men 1"]),
    ("Jon Testley, 34, was killed.", ["killed all 1 named"]),
    ("Jon Testley 34 was shot and killed on Friday.", ["killed all 1 named"]),
    ("His father, a miner, died.", ["killed civilians 1"]),
    ("He was killed in 2015.", ["killed all 1 known"]),
    ("The gunman also died.", ["killed combatants 1 known"]),
    ("The attacker shot his wife and killed himself.", ["injured women 1 weak", "killed attackers 1 named"]),
    ("The gunman shot four people to death.", ["killed all 4"]),
    # one person by name, as an object, or told by the subject of the clause before
    ("Larn fired at Testley, killing him.", ["killed all 1 known"]),
    ("Larn shot and killed Jon Testley, 24, before he fled.", ["killed all 1 named"]),
    ("A guard fatally shot Ann Sneel and Seth Eastle.", ["killed all 1 named", "killed all 1 named"]),
    ("Jane Roe, 34, and Jon Doell, 35, were killed.", ["killed all 1 named", "killed all 1 named"]),
    ("Jane Roe of Orvale died in the raid.", ["killed all 1 named"]),
    ("Testley died at the scene.", ["killed all 1 known"]),
    ("He was charged in the death of 25-year-old Mary Testley.", ["killed all 1 named"]),
    ("Two men were charged in Jon Testley's death.", ["killed all 1 named"]),
    ("A boy is recovering after being shot in a park.", ["injured children 1 weak"]),
    ("Jane Roe, 34, is recovering after being shot.", ["injured all 1 named weak"]),
    ("A boy wounded on Friday died on Saturday.", ["killed children 1"]),
    ("A boy shot himself and his friend.", ["injured all 1 named weak", "injured civilians 1 weak"]),
    ("The man took his own life.", ["killed men 1 known"]),
    ("A boy shot and killed one of his friends.", ["killed civilians 1"]),
    ("The gunfire left one guard dead and another injured.", ["killed police 1", "injured all 1 more"]),
    ("Five people were shot, one of them fatally.", ["injured all 5 weak", "killed all 1"]),
    ("He killed three people and a fourth person was wounded.", ["killed all 3", "injured all 1 more"]),
    ("A mother and daughter were wounded.", ["injured women 1", "injured children 1"]),
    # how the hurt are
    ("Two men are in critical condition.", ["injured men 2 weak"]),
    ("The 17-year-old remains in stable condition.", ["injured children 1 known weak"]),
    ("A girl was hit in the ankle.", ["injured children 1 weak"]),
    ("Troops found a man with a gunshot wound.", ["injured men 1 weak"]),
    ("Three people were treated for gunshot wounds.", ["injured all 3 weak"]),
    ("Three people were hurt, two of the victims are men.", ["injured all 3", "injured men 2 part"]),
    # nobody
    ("No one was killed in the strike.", ["killed all 0"]),
    ("There were no casualties.", ["killed all 0", "injured all 0"]),
    ("No deaths were reported.", ["killed all 0"]),
    ("The raid caused no civilian casualties.", ["killed civilians 0", "injured civilians 0"]),
    # scopes
    ("Two Harbour Committee members were wounded.", ["injured civilians 2"]),
    ("A 19-year-old German student was murdered.", ["killed civilians 1"]),
    ("A band leader and two rebel leaders were killed.", ["killed all 1", "killed combatants 2"]),
    ("The drone killed two journalists.", ["killed journalists 2"]),
    ("Five medics were killed.", ["killed medics 5"]),
    ("Three police officers were wounded.", ["injured police 3"]),
    ("Police shot dead two attackers.", ["killed attackers 2"]),
    ("The army neutralised 12 terrorists.", ["killed combatants 12"]),
    ("Four members of Harab al-Nur were killed.", ["killed combatants 4"]),
    ("Six members of the same family were killed.", ["killed civilians 6"]),
    ("Coalition strikes killed 8 IS group militants.", ["killed combatants 8"]),
    ("The band executed more than 50 captive Syrian army troops.", ["killed combatants 50.."]),
    ("The army killed 28 and wounded 30 rebel fighters.", ["killed combatants 28", "injured combatants 30"]),
    (
        "Four staff of the clinic and 20 members of the so-called Harab Army died.",
        ["killed medics 4", "killed combatants 20"],
    ),
    ("Three Palestinians and an Israeli were killed.", ["killed all 3", "killed all 1"]),
    # other harm
    ("Gunmen kidnapped 40 students; police arrested 12.", ["detained civilians 40", "detained all 12"]),
    ("The army freed 30 hostages.", ["released all 30"]),
    ("On Thursday, a captive Harab fighter was released.", ["released combatants 1"]),
    ("Fighting displaced 3,000 people.", ["displaced all 3000"]),
    ("At least 12 people are missing after the boat sank.", ["missing all 12.."]),
    ("Three people were taken to hospital.", ["injured all 3 weak"]),
    ("Nine people suffered burns.", ["injured all 9"]),
    # running totals
    ("The war has killed more than 330,000 people since March 2011.", ["killed all 330000.. total"]),
    ("Some 400 people have been killed this year so far.", ["killed all ~400 total"]),
    ("He said 120 people had been killed since the war began.", ["killed all 120 total"]),
    ("It was the worst raid since the war began, killing 12.", ["killed all 12"]),
    # people named by what they do, though no list holds the noun
    ("Gunmen abducted three surveyors near Orvale.", ["detained civilians 3"]),
    ("Three land surveyors kidnapped in Orvale", ["detained civilians 3"]),
    ("The raid killed two beekeepers and a cook.", ["killed civilians 2", "killed civilians 1"]),
    ("A beekeeper was killed.", ["killed civilians 1"]),
    ("At least five carpenters were among the dead.", ["killed civilians 5.. part"]),
    ("Police arrested eleven plumbers.", ["detained civilians 11"]),
    ("The strike killed two army welders.", ["killed combatants 2"]),
    ("Rockets hit four trailers and killed three roofers.", ["killed civilians 3"]),
    ("The blast wounded 12 people, including two porters.", ["injured all 12", "injured civilians 2 part"]),
    # exchanged and handed over
    ("55 prisoners were exchanged on Friday.", ["released all 55"]),
    ("The two sides swapped 21 detainees.", ["released all 21"]),
    ("The two sides exchanged 30 captives for 12 soldiers.", ["released all 30"]),
    ("34 men held in the raid were handed over to the elders.", ["released men 34"]),
    ("The rebels handed over 34 men.", ["released men 34"]),
    ("The rebels handed over more than 34 men.", ["released men 34.."]),
    ("The rebels handed over 12 bodies.", ["killed all 12"]),
    # a figure put again
    ("The ministry lowered the number of people killed from 23 to 21.", ["killed all 21 cumulative_event"]),
    ("The ministry raised the toll to eight.", ["killed all 8 cumulative_event"]),
    ("Officials put the number of dead at six.", ["killed all 6 cumulative_event"]),
    (
        "The clinic put the number of dead at six on Tuesday and raised it to eight.",
        ["killed all 6 cumulative_event", "killed all 8 cumulative_event"],
    ),
    (
        "The monitor put the toll at 58 saying 11 children were among the dead.",
        ["killed all 58 cumulative_event", "killed children 11 part"],
    ),
    # fractions
    ("A quarter of a million people were displaced.", ["displaced all 250000"]),
    ("Half a million people fled.", ["displaced all 500000"]),
    # an age is not a count
    ("A man of 62 was lightly hurt.", ["injured men 1"]),
    ("A boy of 12 and a woman of about 40 were killed.", ["killed children 1", "killed women 1"]),
    ("The shell killed a girl of nine and a man of 62.", ["killed children 1", "killed men 1"]),
    ("Two boys of 12 and 14 were killed.", ["killed children 2"]),
    ("A villager aged 62 was hurt.", ["injured civilians 1"]),
    ("A man aged about 62 was hurt.", ["injured men 1"]),
    ("A mother of three was killed.", ["killed women 1"]),
    ("A family of five was killed.", ["killed all 5"]),
    ("A crew of 12 was killed.", ["killed all 12"]),
    # people told by their company, their state or a predicate
    ("Gunmen shot dead a town councillor and his two bodyguards.", ["killed civilians 1", "killed police 2"]),
    ("The bomb killed a potter and his wife.", ["killed all 1", "killed women 1"]),
    ("Residents saw more than 20 dead soldiers on the road.", ["killed combatants 20.."]),
    (
        "26 of the dead were civilians and three were Harab fighters.",
        ["killed civilians 26 part", "killed combatants 3 part"],
    ),
    (
        "Of the dead, 26 were civilians and three were Harab fighters.",
        ["killed civilians 26 part", "killed combatants 3 part"],
    ),
    (
        "Ten people were wounded and six of the dead were women.",
        ["injured all 10", "killed women 6 part"],
    ),
    (
        "The strike killed 22 people; six children and four women are among them.",
        ["killed all 22", "killed children 6 part", "killed women 4 part"],
    ),
    ("The army said 30 attackers were 'neutralised'.", ["killed attackers 30"]),
    ("They said 30 'terrorists' were 'liquidated' in the raid.", ["killed combatants 30"]),
    ("Troops had “neutralised” 30 attackers.", ["killed attackers 30"]),
    # losses in a fight
    ("The brigade lost 14 men in the fighting.", ["killed combatants 14"]),
    ("His troops killed 60 rebels and lost 14 men.", ["killed combatants 60", "killed combatants 14"]),
    ("The army lost two of its men in the clash.", ["killed combatants 2"]),
    ("The village lost 30 men in the raid.", ["killed men 30"]),
    # scope of a number beside another, and of "the number of"
    (
        "The Front said 22 soldiers were killed and 17 were taken prisoner.",
        ["killed combatants 22", "detained combatants 17"],
    ),
    ("12 civilians were killed and 30 were wounded.", ["killed civilians 12", "injured all 30"]),
    ("22 soldiers were killed and 17 others were wounded.", ["killed combatants 22", "injured all 17 more"]),
    (
        "Two more bodies were found, taking the number of militants killed to four.",
        ["killed all 2 more", "killed combatants 4 cumulative_event"],
    ),
    ("35 Dead Dozens Wounded in Blast", ["killed all 35", "injured all 24.."]),
    ("47 people most of them civilians were killed.", ["killed all 47"]),
    # driven from home
    ("The fighting drove roughly 4,500 people from their homes.", ["displaced all ~4500"]),
    ("About 10,000 people have left their homes.", ["displaced all ~10000"]),
    ("Some 2,000 villagers had to leave their houses.", ["displaced civilians ~2000"]),
    # stance
    ("The ministry denied killing 12 civilians.", ["killed civilians 12 denies"]),
    ("Ministry denies bombing market as toll climbs to 29", ["killed all 29 cumulative_event"]),
]

SILENT = [
    "The missile could kill thousands of people.",
    "They plotted to kill 40 people.",
    "The ministry is committed to rescuing 218 hostages.",
    "Troops took the town without killing 30 civilians.",
    "They raised the quality of life of 40 villagers.",
    "The suspect murdered his many rivals.",
    "He was aged 34 and lived at 12 Mill Road.",
    "The two-year siege ended in 2015.",
    "The bombs destroyed 12 tanks and 3 houses.",
    "More than 30 people were killed or wounded.",
    "175 rebels killed, injured in two raids",
    "A car bomb killed and wounded 30 people.",
    "The strike caused 40 casualties.",
    "The strikes killed or wounded 30 fighters.",
    "The strikes killed or injured at least 30.",
    "The raid left 30 people killed or wounded.",
    "The raid killed and wounded 30 people, including 12 children.",
    "Raiders killed two goats and wounded 12 camels.",
    "Troops captured four launchers and 12 bunkers.",
    "The army captured four villages and two trucks.",
    "The army handed over 34 tanks.",
    "Two suspects were handed over to the police.",
    "More than 3,000 families were displaced.",
    "The raids forced 3,000 families from their homes.",
    "The bus drove 12 people to the border.",
    "Police forced 40 protesters from the square.",
    "Five missing fishermen came home.",
    "Boys of 12 and 14 were killed.",
    "Her sons, 7 and 8, were hurt.",
    "The dog suffered minor injuries.",
    "The raids killed Free Orvale Army men.",
    "Drivers Killed In Heavy Port Sella Storm",
    "The trucks brought 20 dead and wounded soldiers.",
    "Six children and four women are among them.",
    "The party lost 12 members to a rival.",
    "The firm lost 200 workers last year.",
    "The team lost two men to injury.",
    "The club lost 3-1 in the battle of the north.",
    "About 30% of the people died.",
    "The rebels were killed in 2015.",
    "A fine of $12 was killed by the court.",
    "The convoy was carrying 400 people.",
]

PEOPLE = [
    ("The convoy was carrying 400 people.", ["people all 400"]),
    (
        "The lorries carried as many as 90 gunmen and 40 civilians.",
        ["people combatants ..90", "people civilians ..40"],
    ),
    ("About 400 militants and civilians were evacuated.", ["people civilians+combatants ~400"]),
    ("Nearly 5,000 people marched through the capital.", ["people all ~5000"]),
    ("Some 300 fighters left the town on Friday.", ["people combatants ~300"]),
    ("Buses carrying about 400 militants and civilians crossed the river.", ["people civilians+combatants ~400"]),
    (
        "About 400 fighters and civilians crossed into Dersa province in buses.",
        ["people civilians+combatants ~400"],
    ),
    ("Nearly 200 fighters reached the northern town.", ["people combatants ~200"]),
    ("Some 300 villagers entered the camp.", ["people civilians ~300"]),
    ("Twelve buses with 600 people on board left.", ["people all 600"]),
    ("The convoy brought 350 rebels to the town.", ["people combatants 350"]),
    ("Organisers put the crowd at 5,000.", ["people all 5000 cumulative_event"]),
    ("Police put the turnout at about 300.", ["people all ~300 cumulative_event"]),
    ("The crowd was estimated at 2,000 people.", ["people all 2000 cumulative_event"]),
    ("A quarter of a million marched in the capital.", ["people all 250000"]),
    ("On board were 150 rebels and 150 civilians.", ["people combatants 150", "people civilians 150"]),
    ("Aboard were some 150 rebels.", ["people combatants ~150"]),
    ("On board the buses were 30 women.", ["people women 30"]),
    ("A boat with 30 people aboard sank.", ["people all 30"]),
    ("About 10,000 people have left their homes.", []),
    ("The raid killed 12 people.", []),
    ("The envoy arrived and 12 left.", []),
]


def test_one_of_several_victims_is_one() -> None:
    assert [row(toll) for toll in find_tolls("One of five victims of the blast died on Monday.")] == ["killed all 1"]


def test_one_of_the_killed_is_one_more_word_of_them() -> None:
    assert row(next(iter(find_tolls("One of the three killed was a woman.")))) == "killed all 3"


def test_those_whom_a_deed_left_dead_are_killed() -> None:
    assert [row(toll) for toll in find_tolls("The ambush that left 12 people dead was claimed.")] == ["killed all 12"]


def test_those_whom_another_verb_speaks_of_are_not_who_died() -> None:
    sentence = "A victim of the blast that sent five people to the hospital has died."
    assert not any(toll.prop == "killed" and toll.value == "5" for toll in find_tolls(sentence))


@pytest.mark.parametrize(("sentence", "wanted"), TOLLS)
def test_a_sentence_gives_its_tolls(sentence: str, wanted: list[str]) -> None:
    assert [row(toll) for toll in find_tolls(sentence)] == wanted


AMONG_THEM = [
    ("Six children and four women are among them.", "killed", ["killed children 6 part", "killed women 4 part"]),
    ("Among them were six children.", "displaced", ["displaced children 6 part"]),
    ("Six children came along.", "killed", []),
    ("The army has 30 tanks, among them were old ones.", "killed", []),
]


@pytest.mark.parametrize(("sentence", "told", "wanted"), AMONG_THEM)
def test_those_among_them_share_what_the_sentence_before_tells(sentence: str, told: str, wanted: list[str]) -> None:
    assert [row(toll) for toll in find_tolls(sentence, told)] == wanted


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The strike killed 22 people.", "killed"),
        ("The strike killed 22 people and wounded 40.", ""),
        ("The ministry denied killing 12 civilians.", ""),
        ("The village was quiet.", ""),
    ],
)
def test_a_sentence_tells_one_thing_that_happened_to_people_or_none(sentence: str, told: str) -> None:
    assert prop_told(find_tolls(sentence)) == told


@pytest.mark.parametrize("sentence", SILENT)
def test_numbers_that_count_nobody_harmed_give_no_toll(sentence: str) -> None:
    assert [row(toll) for toll in find_tolls(sentence)] == []


@pytest.mark.parametrize(("sentence", "wanted"), PEOPLE)
def test_people_moved_or_gathered_are_counted_apart_from_the_harmed(sentence: str, wanted: list[str]) -> None:
    assert [row(toll) for toll in find_people(sentence)] == wanted


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in TOLLS + PEOPLE])
def test_spans_lie_in_the_sentence_and_scopes_in_the_schema(sentence: str) -> None:
    schema = load_schema()
    for toll in find_tolls(sentence) + find_people(sentence):
        assert 0 <= toll.start < toll.end <= len(sentence)
        assert 0 <= toll.cue_start < toll.cue_end <= len(sentence)
        assert toll.scope in schema.scopes
        assert schema.properties[toll.prop].scoped


def test_the_span_is_the_count_with_its_noun_phrase() -> None:
    sentence = "Strikes killed at least 39 civilians on Friday."
    toll = find_tolls(sentence)[0]
    assert sentence[toll.start : toll.end] == "at least 39 civilians"
    assert sentence[toll.cue_start : toll.cue_end] == "killed"


@pytest.mark.parametrize(
    ("sentence", "side"),
    [
        ("The raid killed 12 ISIS militants.", "ISIS militants"),
        ("The raid killed 12 rebels.", "rebels"),
        ("The raid killed four members of Harab al-Nur.", "members of Harab al-Nur"),
        ("The raid killed 12 farmers.", ""),
    ],
)
def test_the_group_the_victims_belong_to_is_kept_in_the_words_of_the_text(sentence: str, side: str) -> None:
    assert find_tolls(sentence)[0].side == side


def test_every_noun_for_people_is_found_after_a_number() -> None:
    singular = load_nouns().singular
    missed = []
    for noun in sorted(load_nouns().scope_of):
        if noun in singular or " " in noun or noun == "others":  # "12 others" is a bare number on top of people named
            continue
        text = f"Some 12 {noun} were hurt."
        if [group.head for group in find_groups(text, read_tokens(text))] != [noun]:
            missed.append(noun)
    assert missed == []


def test_no_thing_with_the_ending_of_a_doer_is_counted_as_people() -> None:
    things = load_cues("people")["agents"]["not"].split()
    assert [thing for thing in things if find_tolls(f"The raid killed 12 {thing}.")] == []


def test_a_noun_for_people_that_a_list_holds_is_never_among_the_things() -> None:
    assert set(load_cues("people")["agents"]["not"].split()) & set(load_nouns().scope_of) == set()


def test_every_word_of_killing_gives_a_toll() -> None:
    missed = []
    for words in load_cues("harm")["word"]:
        if words["prop"] != "killed":
            continue
        missed += [w for w in words.get("past", ()) if not _tells(f"Twelve rebels were {w} on Friday.")]
        missed += [
            w for w in words.get("base", ()) if not _tells(f"The raiders {w} 12 rebels in the battle on Friday.")
        ]
        missed += [
            w for w in words.get("ing", ()) if not _tells(f"Raiders came, {w} 12 rebels in the battle on Friday.")
        ]
        missed += [w for w in words.get("adj", ()) if not _tells(f"The raid left 12 rebels {w}.")]
        missed += [w for w in words.get("noun", ()) if not _tells(f"It claimed the {w} of 12 rebels.")]
        missed += [w for w in words.get("fate", ()) if not _tells(f"Twelve rebels {w} on Friday.")]
    assert missed == []


def _tells(sentence: str) -> bool:
    return ("killed", "12") in [(toll.prop, toll.value) for toll in find_tolls(sentence)]


_PIECES = [
    "12",
    "killed",
    "people",
    "was",
    "and",
    ",",
    "including",
    "a",
    "boy",
    "toll",
    "to",
    "of",
    "them",
    "🙂",
    "قتل",
    "(",
    "shot",
    "himself",
    "were among",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map(" ".join))
def test_any_run_of_words_is_read_without_an_error_and_with_spans_inside_it(sentence: str) -> None:
    for toll in find_tolls(sentence) + find_people(sentence):
        assert 0 <= toll.start < toll.end <= len(sentence)
        assert sentence[toll.start : toll.end].strip() == sentence[toll.start : toll.end]


def test_a_sentence_without_end_is_read_up_to_a_bound() -> None:
    tolls = find_tolls("12 people were killed and " * 4000)
    assert 0 < len(tolls) <= LONGEST // 20
    assert max(toll.end for toll in tolls) <= LONGEST
