"""`variorum move`: the whole ledger into another file or database."""

from __future__ import annotations

import click

from variorum.cli.options import json_option, note


@click.command("move")
@click.argument("old", metavar="LEDGER")
@click.argument("new", metavar="NEW")
@click.option("--texts", default=None, metavar="PLACE", help="Where texts go: beside, inside, or an address.")
@json_option
def command(old: str, new: str, texts: str | None, form: str | None) -> int:
    """Copy LEDGER, row by row, to NEW: a file or a postgresql:// URL where no ledger is yet.

    \b
    Numbers, seals and log come along, so the export is the same byte for byte and the log ends in the same hash.
    Both are counted and compared, and NEW is checked, before anything counts as written. LEDGER stays as it is.

    Texts lie in NEW as they lie in LEDGER, unless --texts says otherwise: inside, beside (in files beside a file), or
    at an address (file:///data/texts, s3://bucket/prefix). Without it, texts at an address stay there for both.
    """
    import json

    from variorum.ledger import Ledger
    from variorum.ledger.dialects import show_place
    from variorum.show.words import plural

    with Ledger.open(old, readonly=True) as source, Ledger.open(new, create=True) as target:
        copied = source.copy_to(target, keep_texts=texts)
        kept = target.kept()
    if form:
        found = {"ledger": show_place(old), "new": show_place(new), "rows": copied.rows, "last_hash": copied.last_hash}
        found["texts"] = {"place": kept.place, "packs": kept.packs, "size": kept.size}
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for name, count in copied.rows.items():
        if count and name != "meta":
            click.echo(f"{count:>12,}  {name}")
    total = sum(copied.rows.values())
    click.echo(f"\n{plural(total, 'row')} copied to {show_place(new)}: same counts, same seals, and its check passes.")
    if kept.place:
        click.echo(f"Its texts lie in {kept.place}: {plural(kept.packs, 'pack')}, {kept.size:,} bytes.")
    click.echo(f"The log ends there as here: {copied.last_hash}")
    note(f"{show_place(old)} was only read, and is as it was; name the new one from now on (VARIORUM_LEDGER).")
    return 0
