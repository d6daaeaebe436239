"""Reading texts with chains of event words, on invented ones."""

import json

import numpy as np
from bench.coref import own_words, run_gvc, same_form_where
from bench.coreffile import parse_gvc, read_ecb_chains, read_ecb_texts
from bench.coreftext import make_event_words, make_telling, tag_text

LINE = json.dumps(
    {
        "topic": "9",
        "incident_id": "9",
        "doc_id": "mill",
        "sentences": [
            ["2031-04-07"],
            ["Two", "porters", "shot", ",", "one", "dies", "."],
            ["He", "died", "at", "noon", "."],
        ],
        "mentions": [
            {"sent": 1, "start": 2, "end": 2, "text": "shot", "lemma": "shot", "cluster": "s"},
            {"sent": 1, "start": 5, "end": 5, "text": "dies", "lemma": "dies", "cluster": "d"},
            {"sent": 2, "start": 1, "end": 1, "text": "died", "lemma": "died", "cluster": "d"},
        ],
    }
)
SENTENCES = ("http : 2031 / 04 / 07", "Ferry sank and sailors drowned", "Rescuers came")
WORDS = [(at, place, word) for at, line in enumerate(SENTENCES) for place, word in enumerate(line.split())]
TOKENS = "".join(
    f'<token t_id="{id}" sentence="{at}" number="{place}">{word}</token>'
    for id, (at, place, word) in enumerate(WORDS, start=1)
)
ANCHORS = (("ACTION_OCCURRENCE", 9), ("NEG_ACTION_OCCURRENCE", 12), ("ACTION_OCCURRENCE", 14), ("HUMAN_PART", 11))
MARKED = "\n".join(
    f'<{kind} m_id="{mark}"><token_anchor t_id="{token}"/></{kind}>'
    for mark, (kind, token) in enumerate(ANCHORS, start=1)
)
ECB = f"""<Document doc_name="3_1ecbplus.xml">{TOKENS}
<Markables>{MARKED}
<ACTION_OCCURRENCE instance_id="ACT1" TAG_DESCRIPTOR="t3_sank" m_id="5"/>
</Markables>
<Relations><CROSS_DOC_COREF note="ACT1" r_id="7"><source m_id="1"/><target m_id="5"/></CROSS_DOC_COREF></Relations>
</Document>"""


def ecb_folder(tmp_path):
    (tmp_path / "3").mkdir()
    (tmp_path / "3" / "3_1ecbplus.xml").write_text(ECB, encoding="utf-8")
    (tmp_path / "ECBplus_coreference_sentences.csv").write_text(
        "Topic,File,Sentence Number\n3,1ecbplus,1\n", encoding="utf-8"
    )
    return tmp_path


def test_the_first_sentence_of_a_gun_violence_text_is_its_day():
    text = parse_gvc(LINE)
    assert (text.published, text.body) == ("2031-04-07", 1)
    assert [(text.text[w.start : w.end], w.sentence, w.chain) for w in text.words] == [
        ("shot", 1, "s"),
        ("dies", 1, "d"),
        ("died", 2, "d"),
    ]


def test_ecb_keeps_actions_of_checked_sentences_with_their_chains(tmp_path):
    (text,) = read_ecb_texts(ecb_folder(tmp_path), dev=False)
    assert [(text.text[w.start : w.end], w.chain) for w in text.words] == [
        ("sank", "ACT1"),
        ("drowned", "3_1ecbplus:m2"),
    ]


def test_the_address_of_an_ecb_text_holds_its_day_and_is_left_out(tmp_path):
    text = read_ecb_chains(ecb_folder(tmp_path) / "3" / "3_1ecbplus.xml", {"1"})
    assert text.published == "2031-04-07"
    assert "http" not in make_telling(text, tag_text(text)).text


def test_own_words_look_at_no_marked_span():
    text = parse_gvc(json.dumps({**json.loads(LINE), "mentions": []}))
    assert [text.text[word.start : word.end] for word in own_words(text)] == ["shot", "dies", "died"]


def test_a_word_carries_its_sentence():
    text = parse_gvc(LINE)
    made = make_event_words(text, tag_text(text), text.words)[2]
    assert (made.before, made.phrase, made.after) == ("He ", "died", " at noon.")


def test_words_of_one_form_are_joined_only_where_their_articles_are_met():
    texts = [parse_gvc(LINE), parse_gvc(LINE.replace("mill", "dock"))]
    tellings = [make_telling(text, tag_text(text)) for text in texts]
    words = [word for text in texts for word in make_event_words(text, tag_text(text), text.words)]
    apart = same_form_where(words, tellings, np.eye(2, dtype=bool))
    joined = same_form_where(words, tellings, np.ones((2, 2), bool))
    assert apart["mill:1"] == apart["mill:2"] != apart["dock:1"]
    assert joined["mill:1"] == joined["dock:1"] != joined["mill:0"]


def test_a_text_read_right_scores_full():
    found = run_gvc([parse_gvc(LINE)])
    assert found["n"] == 3
    assert found["metrics"]["conll_gold"] == 1.0
    assert found["metrics"]["conll_own"] == 1.0
