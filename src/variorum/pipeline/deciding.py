"""What a person decides, as the rows that are stored: join, split, set, reject, undo. The browser writes the same rows.

Invariant: nothing is stored before it was looked up and checked; one decision is one act, taken back as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.errors import DecidedMeanwhileError, UsageError
from variorum.ledger import Decision, Ledger, Pointed
from variorum.ledger.records import write_pointed
from variorum.ledger.rows import can_be_stored
from variorum.model import Article, Claim, Event, Field, HeldBack, Judgement, Mention, Relation, Ruling, Stance, Verdict
from variorum.pipeline.byhand import POINTING, find_span, lost_words, nearest, place_by_hand, standing_mentions
from variorum.pipeline.parsing import parse_kind, parse_scope, parse_stance, parse_value
from variorum.pipeline.placedoubt import describe
from variorum.pipeline.places import gazetteer
from variorum.pipeline.reasons import find_pairs
from variorum.schema import Property, load_schema
from variorum.values import show

Word = Judgement | Ruling
CLAIM_FIELDS: dict[str, Field] = {"value": "value", "source": "source", "scope": "scope", "stance": "stance"}
OWN_VOICE = "own voice"  # what a person types for the outlet's


@dataclass(frozen=True, slots=True)
class Who:
    """Who decides, when and why."""

    by: str
    now: str  # ISO 8601 date-time
    because: str = ""
    blind: bool = False

    def judge(self, left: str, right: str, verdict: Verdict) -> Judgement:
        """Build the word on two mentions, whichever way round they are given."""
        first, second = sorted((left, right))
        return Judgement(first, second, verdict, self.by, None, self.because, self.now, blind=self.blind)

    def rule(self, subject: str, field: Field, value: str | None = None, *, other: str = "") -> Ruling:
        """Build the word that something is to be read otherwise."""
        return Ruling(subject, "correct", value, self.by, self.because, self.now, None, other, field, self.blind)

    def reject(self, subject: str, field: Field, value: str | None = None, *, other: str = "") -> Ruling:
        """Build the word that something is not so."""
        return Ruling(subject, "reject", value, self.by, self.because, self.now, None, other, field, self.blind)

    def accept(self, subject: str, field: Field, value: str | None = None, *, other: str = "") -> Ruling:
        """Build the word that something is as it was read or found."""
        return Ruling(subject, "accept", value, self.by, self.because, self.now, None, other, field, self.blind)


def decide(ledger: Ledger, words: Sequence[Word], *, seen: int | None = None) -> list[Decision]:
    """Store one decision, with the claims by hand that it calls for; gives its new rows.

    Raises DecidedMeanwhileError when somebody else decided the same after row `seen`.
    """
    with ledger.writing():
        try:
            done = ledger.decide(words, seen=seen)
        except DecidedMeanwhileError as error:
            raise _for_people(ledger, error) from None
        if any(isinstance(word, Ruling) and word.field in POINTING for word in words):
            place_by_hand(ledger)
    return done


def _for_people(ledger: Ledger, error: DecidedMeanwhileError) -> DecidedMeanwhileError:
    """Say the value that another gave first as people write it: a place by its name, a date as a day."""
    if not error.value:
        return error
    entry = gazetteer().entry(error.value.partition(";")[0])
    words = describe(entry) if entry is not None else error.value
    if entry is None and error.subject.startswith("clm_"):
        words = show(load_schema().properties[ledger.claim(error.subject).prop].type, error.value)
    cause = error.cause.replace(f" {error.value});", f" {words});")
    return DecidedMeanwhileError(cause, error.remedy, error.subject, error.value)


def undo(ledger: Ledger, number: int, who: Who) -> Decision:
    """Take back one decision, whenever it was made, and leave all others as they are.

    Raises UnknownIdError for a number that is none, LedgerError for a decision that was taken back before.
    """
    with ledger.writing():
        done = ledger.retract(number, by=who.by, at=who.now, why=who.because)
        rows = [row.what for row in ledger.decision(number)]
        for row in rows:
            ledger.clear_lost(lost_words(row))
        if any(isinstance(row, Ruling) and row.field in POINTING for row in rows):
            place_by_hand(ledger)
    return done


# ---------------------------------------------------------------- one event or two


def join(ledger: Ledger, left: Event | Article | Mention, right: Event | Article | Mention, who: Who) -> list[Word]:
    """Say that two reports, mentions or events are one event.

    Of an event every mention is meant; of a report the one that stands nearest to the other side. Raises UsageError
    where one side tells of no event, or both are one.
    """
    ours, theirs = _mentions(ledger, left), _mentions(ledger, right)
    if left.id == right.id:
        raise UsageError("both are the same", "name two reports or two events")
    if not (isinstance(left, Event) and isinstance(right, Event)):
        ours, theirs = _nearest(ledger, left, right, ours, theirs)
    if set(ours) & set(theirs):
        raise UsageError("the one holds the other already", "to confirm it, name two of its reports")
    first, *others = sorted({*ours, *theirs})
    if len(others) > 1 and len(ours) == 1:
        first, others = ours[0], list(theirs)
    return [who.judge(first, other, "same") for other in others]


def _nearest(
    ledger: Ledger, left: object, right: object, ours: Sequence[str], theirs: Sequence[str]
) -> tuple[list[str], list[str]]:
    """Give of a report the one mention that stands nearest to the other side, of an event all."""
    pairs = find_pairs(ledger, ours, theirs, every=False)
    if not pairs:
        raise UsageError("the two have no two mentions of events that could be one", "name a mention: men_…")
    one, other = pairs[0].left, pairs[0].right
    if one not in ours:
        one, other = other, one
    return (list(ours) if isinstance(left, Event) else [one]), (list(theirs) if isinstance(right, Event) else [other])


def split(ledger: Ledger, event: Event, parts: Iterable[str], who: Who) -> list[Word]:
    """Say that some mentions of an event are of another event than the rest, and of one event among themselves.

    `parts` are the ids of the mentions to take out. Raises UsageError where none is in the event, or all are.
    """
    out = sorted(set(parts) & set(event.mentions))
    rest = [id for id in event.mentions if id not in out]
    if not out:
        raise UsageError("none of them reports this event", "see its reports: variorum show EVENT")
    if not rest:
        raise UsageError(
            "nothing would be left of the event", "name fewer reports; to take an event out: variorum reject"
        )
    apart = [who.judge(one, other, "different") for one in out for other in rest]
    return [*apart, *(who.judge(out[0], other, "same") for other in out[1:])]


def with_copies(ledger: Ledger, event: Event, articles: Iterable[str]) -> list[str]:
    """Give the mentions of an event in some reports and in their copies: who takes a text out means its copies too."""
    wanted = set(articles)
    wanted |= {copy.article_id for copy in ledger.copies() if copy.original_id in wanted}
    article_of = {mention.id: mention.article_id for mention in ledger.mentions(event_id=event.id)}
    return [id for id in event.mentions if article_of.get(id) in wanted]


def _mentions(ledger: Ledger, record: Event | Article | Mention) -> list[str]:
    if isinstance(record, Event):
        return list(record.mentions)
    if isinstance(record, Mention):
        return [record.id]
    found = [mention.id for mention in ledger.mentions(record.id) if ledger.event_of(mention.id) is not None]
    if not found:
        raise UsageError("the report tells of no event", f"see what it says: variorum show {record.id}")
    return found


# ---------------------------------------------------------------- what a claim says


def set_field(
    ledger: Ledger, record: Event | Article | Mention | Claim | HeldBack, field: str, given: str, who: Who
) -> list[Word]:
    """Correct a claim's value, source, scope or stance, or a property or the kind of an event, report or mention.

    Of an event every claim behind the printed value of the property is meant (`killed`, or `killed:civilians` for
    one scope), of a report every claim of the property. Raises UsageError where nothing fits, or not one value alone.
    """
    if isinstance(record, HeldBack):
        return [_words(ledger, record, field, given, who)]
    if isinstance(record, Claim):
        return [_set_claim(ledger, record, field, given, who)]
    if field == "kind":
        kind = parse_kind(given)
        first, *others = _mentions(ledger, record)
        ruled = [who.rule(id, "kind", kind) for id in (first, *others)]
        # Who gives an event a kind speaks of one event: the new kind must not take it apart.
        kept = [who.judge(first, other, "same") for other in others] if isinstance(record, Event) else []
        return [*ruled, *kept]
    if field == "copy" and isinstance(record, Article):
        original = ledger.article(given)
        if original.id == record.id:
            raise UsageError("a report is no copy of itself", "name its original")
        return [who.accept(record.id, "copy", other=original.id)]
    claims = _claims_of(ledger, record, field)
    return [_set_claim(ledger, claim, "value", given, who) for claim in claims]


def _set_claim(ledger: Ledger, claim: Claim, field: str, given: str, who: Who) -> Ruling:
    prop = load_schema().properties[claim.prop]
    if field in ("value", claim.prop):
        return who.rule(claim.id, "value", parse_value(prop, given, claim.as_of))
    if field == "source":
        return who.rule(claim.id, "source", _source(given))
    if field == "scope":
        if not prop.scoped:
            raise UsageError(f"{claim.prop} has no scope", "correct its value, source or stance")
        return who.rule(claim.id, "scope", parse_scope(given))
    if field == "stance":
        return who.rule(claim.id, "stance", parse_stance(given))
    raise UsageError(f"a claim has no field {field}", f"one of value, source, scope, stance; this one is {claim.prop}")


def _source(given: str) -> str:
    source = " ".join(given.split())
    return "" if source.casefold() == OWN_VOICE else source


def _claims_of(ledger: Ledger, record: Event | Article | Mention, field: str) -> list[Claim]:
    code, _, scope = field.partition(":")
    prop = _property(code)
    if isinstance(record, Event):
        printed = [row for row in record.values if row.prop == prop.code and (not scope or row.scope == scope)]
        if not printed:
            raise UsageError(f"no report of the event states its {field}", "only what a report states can be corrected")
        if len(printed) > 1:
            shown = ", ".join(f"{row.value}{f' ({row.scope})' if row.scope else ''}" for row in printed)
            scopes = f"the scope ({code}:civilians) or " if prop.scoped and not scope else ""
            raise UsageError(
                f"the event has {len(printed)} values of {field}: {shown}",
                f"name {scopes}a claim; claims: variorum show EVENT --json",
            )
        wanted = set(printed[0].support)
        return [claim for claim in ledger.claims(event_id=record.id) if claim.id in wanted]
    article_id = record.id if isinstance(record, Article) else record.article_id
    claims = [
        claim
        for claim in ledger.claims(article_id)
        if claim.prop == prop.code and (not scope or claim.scope == scope)
        if isinstance(record, Article) or claim.mention_id == record.id
    ]
    if not claims:
        raise UsageError(f"it states no {field}", "only what a report states can be corrected")
    values = {claim.value for claim in claims}
    if len(values) > 1:
        shown = ", ".join(f"{claim.id} {claim.value}" for claim in claims[:4])
        raise UsageError(f"it states {len(values)} values of {field}: {shown}", "name the claim")
    return claims


def _property(code: str) -> Property:
    prop = load_schema().properties.get(code.replace(" ", "_"))
    if prop is None:
        from rapidfuzz import process

        near = process.extractOne(code, [*load_schema().properties, "kind"], score_cutoff=60)
        raise UsageError(f"there is no property {code}", f"did you mean {near[0]}?" if near else "variorum explain")
    return prop


def _words(ledger: Ledger, held: HeldBack, field: str, given: str, who: Who) -> Ruling:
    if field != "words":
        raise UsageError(f"a held-back claim has no {field}", 'point at its words: words="twelve people"')
    if held.prop not in load_schema().properties:
        raise UsageError(f"it was held back as {held.prop}, which is no property", "reject it")
    article = ledger.article(held.article_id)
    start, end = find_span(article, given)
    parse_value(load_schema().properties[held.prop], held.value or article.text[start:end], article.published)
    return who.rule(held.id, "words", f"{start}:{end}")


# ---------------------------------------------------------------- what no reading found


@dataclass(frozen=True, slots=True)
class NewClaim:
    """A claim that a person makes of words of a report, as it is typed."""

    prop: str
    words: str  # as they stand in the text, or their span `start:end`
    value: str = ""  # "": what the words say
    scope: str = ""  # "": all, where the property has scopes
    source: str = ""  # "" or "own voice": the outlet's
    stance: str = "asserts"
    about: str = ""  # id of a mention of the report, or of an event; "": the one event that the report tells of


def add_claim(ledger: Ledger, article: Article, said: NewClaim, who: Who) -> list[Word]:
    """Say that words of a report state something that no reading found; the claim stands while the decision does.

    Raises UsageError for words that do not stand there just once, for what is no value, scope or stance, where it is
    not clear which event is meant, and for a claim that is there already.
    """
    prop = _property(said.prop)
    start, end = find_span(article, said.words)
    words = article.text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    if start >= end:
        raise UsageError("no word is pointed at", "point at words of the report")
    if said.scope and not prop.scoped:
        raise UsageError(f"{prop.code} has no scope", "leave it out")
    value = parse_value(prop, said.value or words, article.published)
    scope = parse_scope(said.scope or "all") if prop.scoped else None
    source = _source(said.source)
    if not can_be_stored(value + source):
        raise UsageError("what was typed holds signs that are no text", "type it once more")
    stance: Stance = parse_stance(said.stance)  # type: ignore[assignment]
    pointed = Pointed(prop.code, value, scope, source, stance, start, end)
    mention = _mention_at(ledger, article, said.about, pointed)
    for claim in ledger.claims(article.id):
        same = claim.mention_id == mention.id and claim.start < end and start < claim.end
        if same and _states(claim) == _states(pointed):
            raise UsageError(f"the report states that there already: {claim.id}", f"variorum show {claim.id}")
    return [who.rule(mention.id, "claim", write_pointed(pointed))]


def _states(row: Claim | Pointed) -> tuple[str | None, ...]:
    return row.prop, row.value, row.scope, row.source.casefold(), row.stance


def _mention_at(ledger: Ledger, article: Article, about: str, pointed: Pointed) -> Mention:
    """Give the mention that a new claim hangs on: the one named, or of those of one event the nearest to the words."""
    mentions = standing_mentions(ledger, article.id)
    event_of = {row.id: ledger.event_of(row.id) for row in mentions}
    events = {id for id in event_of.values() if id is not None}
    if about:
        fitting = [row for row in mentions if about in (row.id, event_of[row.id])]
    elif len(events) > 1:
        raise UsageError(f"the report tells of {len(events)} events", f"say of which: {' or '.join(sorted(events))}")
    else:
        fitting = [row for row in mentions if event_of[row.id] is not None]
    if not fitting:
        raise UsageError(
            f"the report does not tell of {about or 'an event'}", f"see what it says: variorum show {article.id}"
        )
    return nearest(fitting, pointed.start, pointed.end)


# ---------------------------------------------------------------- what is not so


def reject(ledger: Ledger, record: Event | Article | Mention | Claim | HeldBack, who: Who) -> list[Word]:
    """Say that a claim was misread, an event is none, a report is withdrawn, or held-back words are nothing."""
    if isinstance(record, Claim):
        return [who.reject(record.id, "value")]
    if isinstance(record, HeldBack):
        return [who.reject(record.id, "words")]
    if isinstance(record, Article):
        return [who.reject(record.id, "report")]
    return [who.reject(id, "kind") for id in _mentions(ledger, record)]


def reject_pair(ledger: Ledger, left: Claim | Article, right: Claim | Article, who: Who) -> list[Word]:
    """Say that one report is no copy of another, or that the relation of two claims does not hold.

    Raises UsageError where there is no such copy or relation.
    """
    if isinstance(left, Article) and isinstance(right, Article):
        originals = {copy.article_id: copy.original_id for copy in ledger.copies()}
        for one, other in ((left, right), (right, left)):
            if originals.get(one.id) == other.id:
                return [who.reject(one.id, "copy", other=other.id)]
        raise UsageError("neither is a copy of the other", "to take reports apart: variorum split")
    if isinstance(left, Claim) and isinstance(right, Claim):
        relation = find_relation(ledger, left, right)
        return [who.reject(relation.left, "relation", relation.name, other=relation.right or "")]
    raise UsageError("the two are not of one kind", "name two claims, or a copy and its original")


def find_relation(ledger: Ledger, left: Claim, right: Claim) -> Relation:
    """Give the relation between two claims of one event. Raises UsageError where there is none."""
    event_id = ledger.event_of(left.mention_id)
    relations = ledger.event(event_id).relations if event_id is not None else ()
    for row in relations:
        if {row.left, row.right} == {left.id, right.id}:
            return row
    raise UsageError("the two claims have no relation", "variorum show EVENT --json lists relations")
