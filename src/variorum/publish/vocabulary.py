"""The own terms of linked data: their names, what they mean, and both as a Turtle file.

Invariant: a term that an export uses is defined here; definitions of kinds, properties and scopes are the schema's.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from variorum.schema import load_schema

PREFIXES: Mapping[str, str] = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A class or property of its own."""

    name: str
    comment: str
    domain: str = ""  # class; "" where several have the property
    range: str = ""  # class or datatype; "" where both dates and moments may stand
    sub: str = ""  # class that a class is part of


@dataclass(frozen=True, slots=True)
class Concept:
    """One value of a closed list: a kind of event, a relation, a stance."""

    group: str  # "relation"
    code: str  # "other scope", as in the ledger
    comment: str
    broader: tuple[str, ...] = ()  # codes of the same group

    @property
    def name(self) -> str:
        """The local name: relation-other-scope."""
        return local_name(self.group, self.code)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All terms."""

    namespace: str
    records: str  # what the ids of a ledger are written behind
    classes: tuple[Term, ...]
    properties: tuple[Term, ...]
    concepts: tuple[Concept, ...]


def local_name(group: str, code: str) -> str:
    """Give the local name of a concept: "relation", "other scope" → relation-other-scope."""
    return f"{group} {code}".replace("+", " and ").replace(" ", "-")


@cache
def load_vocabulary() -> Vocabulary:
    """Give the terms shipped with the package, those of the schema among them."""
    text = files("variorum.publish").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    schema = load_schema()
    concepts = [Concept(group, code, told) for group, rows in data["concepts"].items() for code, told in rows.items()]
    concepts += [Concept("kind", row.code, row.help) for row in schema.kinds.values() if not row.background]
    concepts += [Concept("property", row.code, row.help) for row in schema.properties.values()]
    concepts += [Concept("scope", row.code, row.help, tuple(row.part_of)) for row in schema.scopes.values()]
    return Vocabulary(
        data["namespace"],
        data["records"],
        tuple(Term(name, **row) for name, row in data["classes"].items()),
        tuple(Term(name, **row) for name, row in data["properties"].items()),
        tuple(concepts),
    )


def coercions() -> Mapping[str, dict[str, str] | str]:
    """Give the own terms of a JSON-LD context: what stands for each, and what type its values have."""
    found: dict[str, dict[str, str] | str] = {}
    for term in load_vocabulary().properties:
        if term.range in ("", "xsd:string"):
            found[term.name] = f"v:{term.name}"
        else:
            found[term.name] = {"@id": f"v:{term.name}", "@type": term.range if _is_datatype(term.range) else "@id"}
    return MappingProxyType(found)


def _is_datatype(range: str) -> bool:
    return range.startswith("xsd:")


# ---------------------------------------------------------------- Turtle
def write_turtle() -> Iterator[str]:
    """Give the vocabulary as lines of Turtle 1.1: RDFS and OWL for classes and properties, SKOS for closed lists."""
    known = load_vocabulary()
    yield "# Made from vocabulary.toml and schema.toml by docs/reference/generate.py: `make docs`. Change those.\n"
    yield f"@prefix v: <{known.namespace}> .\n"
    for name, address in PREFIXES.items():
        yield f"@prefix {name}: <{address}> .\n"
    yield f'\n<{known.namespace.rstrip("#")}> a owl:Ontology ;\n  rdfs:label "Terms of Variorum"@en .\n'
    for term in known.classes:
        yield from _node(term.name, "rdfs:Class, owl:Class", term.comment, {"rdfs:subClassOf": term.sub})
    for term in known.properties:
        kind = "owl:DatatypeProperty" if not term.range or _is_datatype(term.range) else "owl:ObjectProperty"
        yield from _node(
            term.name,
            f"rdf:Property, {kind}",
            term.comment,
            {"rdfs:domain": term.domain, "rdfs:range": term.range},
        )
    for group in dict.fromkeys(concept.group for concept in known.concepts):
        yield f"\nv:{local_name(group, 'list')} a skos:ConceptScheme ;\n  rdfs:label {_quoted(group)}@en .\n"
        for concept in known.concepts:
            if concept.group == group:
                yield from _concept(concept)


def _node(name: str, types: str, comment: str, more: Mapping[str, str]) -> Iterator[str]:
    lines = [f"rdfs:label {_quoted(name)}@en", f"rdfs:comment {_quoted(comment)}@en"]
    lines += [f"{predicate} {value}" for predicate, value in more.items() if value]
    yield f"\nv:{name} a {types} ;\n  " + " ;\n  ".join(lines) + " .\n"


def _concept(concept: Concept) -> Iterator[str]:
    lines = [
        f"skos:inScheme v:{local_name(concept.group, 'list')}",
        f"skos:notation {_quoted(concept.code)}",
        f"skos:prefLabel {_quoted(concept.code)}@en",
        f"skos:definition {_quoted(concept.comment)}@en",
        *(f"skos:broader v:{local_name(concept.group, code)}" for code in concept.broader),
    ]
    yield f"\nv:{concept.name} a skos:Concept ;\n  " + " ;\n  ".join(lines) + " .\n"


def _quoted(text: str) -> str:
    # The escapes of JSON are all escapes of Turtle.
    return json.dumps(text, ensure_ascii=False)
