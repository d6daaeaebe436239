"""Linked data: what independent readers make of it, and that every claim leads to words, article and source."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import get_args

import pyshacl
import pytest
import rdflib
from pyld import jsonld
from rdflib import Graph, Literal, Namespace, URIRef

from issues import COPY, FIRST, HASH, LATER, QUOTE, TITLE, ask, whole
from variorum.model import RelatedName, RelationName, Stance, Status
from variorum.publish.issue import issue_of
from variorum.publish.jsonld import write_jsonld
from variorum.publish.profile import PROFILE
from variorum.publish.vocabulary import load_vocabulary

# rdflib warns of what it calls itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
V = Namespace("https://example.invalid/variorum/ns#")
R = "urn:variorum:"
S = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
OA = Namespace("http://www.w3.org/ns/oa#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")


@cache
def text(*, redacted: bool = False) -> str:
    return "".join(write_jsonld(ask(redacted=redacted).issue, ""))


@cache
def graph(*, redacted: bool = False) -> Graph:
    return Graph().parse(data=text(redacted=redacted), format="json-ld")


@cache
def shipped(name: str) -> Graph:
    return Graph().parse(data=files("variorum.publish").joinpath(name).read_text("utf-8"), format="turtle")


def rows(query: str, *, redacted: bool = False) -> list[tuple[str, ...]]:
    found: Iterable[Iterable[object]] = graph(redacted=redacted).query(  # type: ignore[assignment]
        query, initNs={"v": V, "s": S, "prov": PROV, "oa": OA}
    )
    return sorted(tuple(str(cell) for cell in row) for row in found)


def refuse(url: str, *_: object) -> None:
    raise AssertionError(f"{url} is asked for")


# ---------------------------------------------------------------- readers
@pytest.mark.parametrize("redacted", [False, True])
def test_pyld_and_rdflib_read_the_same_triples_and_fetch_nothing(redacted: bool) -> None:
    told = jsonld.to_rdf(
        json.loads(text(redacted=redacted)), {"format": "application/n-quads", "documentLoader": refuse}
    )
    assert set(Graph().parse(data=told, format="nt")) == set(graph(redacted=redacted))
    assert len(graph(redacted=redacted)) > 250


def test_no_node_is_blank() -> None:
    assert [row for row in graph() if any(isinstance(node, rdflib.BNode) for node in row)] == []


def test_every_own_term_is_defined_and_every_definition_has_words() -> None:
    known = {str(subject) for subject in shipped("vocabulary.ttl").subjects()}
    used = {str(node) for row in graph() for node in row if str(node).startswith(V)}
    assert used - known == set()
    assert len(used) > 60
    terms = load_vocabulary()
    assert [row for row in (*terms.classes, *terms.properties, *terms.concepts) if not row.comment.strip()] == []


def test_the_closed_lists_are_those_of_the_model() -> None:
    lists = {"relation": RelationName, "tie": RelatedName, "stance": Stance, "status": Status}
    for group, names in lists.items():
        assert {row.code for row in load_vocabulary().concepts if row.group == group} == set(get_args(names)), group


# ---------------------------------------------------------------- shapes
@pytest.mark.parametrize("redacted", [False, True])
def test_an_export_satisfies_the_shapes(redacted: bool) -> None:
    good, _, why = pyshacl.validate(graph(redacted=redacted), shacl_graph=shipped("shapes.ttl"))
    assert good, why


CLAIM = URIRef(R + FIRST.claims[2].id)
ARTICLE = URIRef(R + FIRST.article.id)


@pytest.mark.parametrize(
    "gone",
    [
        (CLAIM, V.span, None),
        (CLAIM, S.appearance, None),
        (CLAIM, PROV.wasAttributedTo, None),
        (CLAIM, V.ownVoice, None),
        (URIRef(f"{CLAIM}#span"), OA.hasSelector, URIRef(f"{CLAIM}#position")),
        (URIRef(f"{CLAIM}#span"), OA.hasSelector, URIRef(f"{CLAIM}#quote")),
        (URIRef(f"{CLAIM}#position"), OA.start, None),
        (ARTICLE, V.sha256, None),
        (URIRef(f"{R}evt_2MON"), S.subjectOf, None),
    ],
)
def test_the_shapes_refuse_an_export_that_lacks_what_leads_to_the_words(gone: tuple[URIRef | None, ...]) -> None:
    known = Graph()
    for row in graph():
        known.add(row)
    known.remove(gone)  # type: ignore[arg-type]
    assert len(known) < len(graph())
    good, _, _ = pyshacl.validate(known, shacl_graph=shipped("shapes.ttl"), abort_on_first=True)
    assert not good


# ---------------------------------------------------------------- what SPARQL finds
def test_every_claim_has_a_span_of_its_article_whose_words_it_quotes() -> None:
    told = rows(
        "SELECT ?c ?a ?start ?end ?exact WHERE { ?c a s:Claim ; s:appearance ?a ; prov:wasQuotedFrom ?a ;"
        " s:text ?exact ; v:span [ oa:hasSource ?a ; oa:hasSelector [ a oa:TextPositionSelector ;"
        " oa:start ?start ; oa:end ?end ] , [ a oa:TextQuoteSelector ; oa:exact ?exact ] ] }"
    )
    texts = {R + one.article.id: one.article.text for one in (FIRST, COPY, LATER)}
    assert [texts[article][int(start) : int(end)] for _, article, start, end, _ in told] == [row[-1] for row in told]
    claims = [claim for one in (FIRST, COPY, LATER) for claim in one.claims]
    assert [row[0] for row in told] == sorted(R + claim.id for claim in claims)


def test_there_are_as_many_claims_as_the_events_have() -> None:
    edition = whole()
    count = sum(len(edition.claims_of(event)) for event in edition.events)
    assert rows("SELECT (COUNT(?c) AS ?n) WHERE { ?c a s:Claim }") == [(str(count),)]
    assert len(rows("SELECT ?e ?c WHERE { ?e a s:Event ; prov:wasDerivedFrom ?c . ?c s:about ?e }")) == count


def test_a_claim_is_of_its_source_and_the_outlet_s_own_words_are_the_outlet_s() -> None:
    query = "SELECT ?name ?own WHERE {{ <{}> prov:wasAttributedTo [ a prov:Agent ; s:name ?name ] ; v:ownVoice ?own }}"
    assert rows(query.format(CLAIM)) == [("health ministry", "false")]
    assert rows(query.format(R + FIRST.claims[0].id)) == [("Tarn Post", "true")]
    assert rows(query.format(R + COPY.claims[0].id)) == [("health ministry", "false")]  # of its original
    own = (
        "SELECT ?c WHERE {{ ?c v:ownVoice {} ; prov:wasAttributedTo ?x ; s:appearance [ s:publisher ?y ] FILTER({}) }}"
    )
    assert rows(own.format("true", "?x != ?y")) == rows(own.format("false", "?x = ?y")) == []


def test_the_sources_of_two_events_are_not_one_for_having_one_name() -> None:
    spoken = "SELECT DISTINCT ?x ?e WHERE { ?c prov:wasAttributedTo ?x ; s:about ?e . ?x s:name 'health ministry' }"
    told = rows(spoken)
    assert len({agent for agent, _ in told}) == len({event for _, event in told}) == 2


def test_what_surrounds_a_quote_is_the_text_around_it() -> None:
    ((before, after),) = rows(f"SELECT ?b ?a WHERE {{ <{CLAIM}#quote> oa:prefix ?b ; oa:suffix ?a }}")
    claim = FIRST.claims[2]
    assert FIRST.article.text[claim.start - len(before) : claim.end + len(after)] == before + claim.quote + after
    assert max(len(before), len(after)) == 32


def test_revisions_copies_and_contradictions_lead_the_right_way() -> None:
    killed, copied, revised = FIRST.claims[2].id, COPY.claims[0].id, LATER.claims[0].id
    assert rows("SELECT ?new ?old WHERE { ?new prov:wasRevisionOf ?old }") == [(R + revised, R + killed)]
    assert rows("SELECT ?copy ?of WHERE { ?copy v:driftedFrom ?of }") == [(R + copied, R + killed)]
    assert rows("SELECT ?l ?r WHERE { ?l v:contradicts ?r }") == [(R + FIRST.claims[4].id, R + revised)]
    assert rows("SELECT ?a ?o ?share WHERE { ?a a s:NewsArticle ; prov:wasDerivedFrom ?o ; v:copyShare ?share }") == [
        (R + COPY.article.id, R + FIRST.article.id, "0.914")
    ]
    assert rows(
        "SELECT ?l WHERE { ?x v:relationName v:relation-impossible ; v:left ?l FILTER NOT EXISTS { ?x v:right ?r } }"
    )


def test_a_bound_stays_a_bound_and_scopes_stay_apart() -> None:
    found = rows(
        "SELECT ?words ?low ?scope WHERE { ?e v:settled [ v:property v:property-killed ; v:shown ?words ; v:low ?low ;"
        " v:scope ?scope ; v:status v:status-contested ] }"
    )
    assert found == [("at least 39", "39", f"{V}scope-civilians")]
    high = "SELECT ?h WHERE { ?e v:settled [ v:canonical '39..' ; v:high ?h ] }"
    assert rows(high) == []


def test_a_date_is_given_as_closely_as_it_is_known_and_no_closer() -> None:
    dated = {str(event)[len(R) :]: (start, end) for event, start, end in dates()}
    assert dated["evt_1STR"] == (Literal("2031-05-02", datatype=XSD.date),) * 2
    assert dated["evt_2MON"] == (Literal("2031-06", datatype=XSD.gYearMonth),) * 2
    assert dated["evt_3DAY"] == (
        Literal("2031-06-03", datatype=XSD.date),
        Literal("2031-06-05", datatype=XSD.date),
    )
    assert "evt_4UND" not in dated
    assert rows(f"SELECT ?l ?h WHERE {{ <{R}evt_2MON> v:notBefore ?l ; v:notAfter ?h }}") == [
        ("2031-06-01", "2031-06-30")
    ]


def dates() -> list[tuple[URIRef, Literal, Literal]]:
    query = "SELECT ?e ?s ?t WHERE { ?e s:startDate ?s ; s:endDate ?t }"
    return list(graph().query(query, initNs={"s": S}))  # type: ignore[arg-type]


def test_a_point_stands_only_where_an_event_is_placed() -> None:
    assert rows("SELECT ?e ?lat ?lon WHERE { ?e s:location [ s:geo [ s:latitude ?lat ; s:longitude ?lon ] ] }") == [
        (R + "evt_1STR", "15.6597", "0.5022")
    ]


def test_a_country_is_a_place_without_a_point() -> None:
    edition = whole()
    strike = edition.events[0]
    there = replace(strike, values=(replace(strike.values[1], value="ne:ML"),))
    nodes = json.loads("".join(write_jsonld(issue_of(replace(edition, events=[there])), "")))["@graph"]
    (place,) = [node["location"] for node in nodes if "location" in node]
    assert (place["name"], place["address"]["addressCountry"]) == ("Mali", "ML")
    assert {"geo", "radiusKm"} & set(place) == set()


def test_events_lead_to_the_state_of_the_ledger_and_to_each_other() -> None:
    assert rows(
        "SELECT DISTINCT ?h WHERE { ?e a s:Event ; prov:wasGeneratedBy [ prov:used [ v:ledgerHash ?h ] ] }"
    ) == [(HASH,)]
    assert rows(
        "SELECT ?of ?to ?words WHERE { [] v:tieOf ?of ; v:tieTo ?to ; v:span [ oa:hasSelector [ oa:exact ?words ] ] }"
    ) == [(R + "evt_2MON", R + "evt_1STR", "Four")]
    assert [row[0] for row in rows("SELECT ?e WHERE { ?c a v:Count ; v:counts ?e }")] == [
        R + "evt_1STR",
        R + "evt_2MON",
    ]


def test_a_tie_whose_report_is_not_at_hand_stands_without_its_words() -> None:
    edition = whole()
    (tie,) = edition.related["evt_2MON"]
    away = replace(edition, related={"evt_2MON": [replace(tie, article_id="art_AWAY", articles=("art_AWAY",))]})
    nodes = json.loads("".join(write_jsonld(issue_of(away), "")))["@graph"]
    ((found,),) = [node["tie"] for node in nodes if "tie" in node]
    assert {"span", "subjectOf"} & set(found) == set()
    assert found["tieTo"] == "r:evt_1STR"


# ---------------------------------------------------------------- hostile reports
def test_a_hostile_quote_comes_back_sign_for_sign() -> None:
    claim = URIRef(R + FIRST.claims[3].id)
    assert str(graph().value(claim, S.text)) == QUOTE
    assert str(graph().value(claim, V.canonical)) == QUOTE
    assert str(graph().value(URIRef(R + "evt_1STR"), S.name)) == TITLE
    assert str(graph().value(claim, V.sourceNamed)) == 'the "ministry"\n'


def test_nothing_in_the_text_ends_a_script_element() -> None:
    assert "<" not in text()
    assert json.loads(text().replace("\\u003c", "<")) == json.loads(text())


def test_an_address_that_a_report_gives_is_a_text_and_no_link() -> None:
    assert graph().value(ARTICLE, S.url) == Literal(FIRST.article.url, datatype=XSD.anyURI)
    places = {str(node) for row in graph() for node in row if isinstance(node, URIRef)}
    assert {
        place
        for place in places
        if not re.match(r"urn:variorum:\w+|https://schema\.org/|http://www\.w3\.org/|" + V, place)
    } == set()


# ---------------------------------------------------------------- redaction
def test_a_redacted_export_says_so_and_gives_nothing_around_a_quote() -> None:
    assert rows("SELECT ?p WHERE { ?x a s:Dataset ; v:redacted true ; v:redactionProfile ?p }", redacted=True) == [
        (PROFILE,)
    ]
    assert rows("SELECT ?w WHERE { { ?x oa:prefix ?w } UNION { ?x oa:suffix ?w } }", redacted=True) == []
    assert rows("SELECT ?w WHERE { ?x oa:prefix ?w }") != []
    assert rows("SELECT ?x WHERE { ?x v:redacted ?w }") == []


def test_of_a_withheld_article_neither_name_nor_words_nor_digest_go_out() -> None:
    assert rows("SELECT ?a WHERE { ?a v:withheld true FILTER NOT EXISTS { ?a v:sha256 ?h } }", redacted=True) == [
        (R + COPY.article.id,)
    ]
    for words in ("Quiet Herald", "13 civilians", COPY.article.title):
        assert words in text()
        assert words not in text(redacted=True)


# ---------------------------------------------------------------- streaming
def test_a_part_is_asked_for_when_the_one_before_is_written() -> None:
    asked = ask()
    seen = [asked.parts for _ in write_jsonld(asked.issue, "")]
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert set(seen) == {0, 1, 2, 3, 4}


def test_an_export_without_events_is_a_document_all_the_same() -> None:
    empty = json.loads("".join(write_jsonld(ask(none=True).issue, "")))
    assert [node["@type"][0] for node in empty["@graph"]] == [
        "Dataset",
        "v:LedgerState",
        "v:Settling",
        "prov:SoftwareAgent",
    ]
