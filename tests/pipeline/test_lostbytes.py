"""The bytes of a page over which a process died are kept beside the ledger."""

from __future__ import annotations

from pathlib import Path

from variorum.gather.piece import Piece
from variorum.pipeline.lostbytes import keep_lost


def test_lost_bytes_are_kept_beside_the_ledger_that_a_link_leads_to(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "ledger.db")
    piece = Piece("page", "a.html", "a.html", b"<html>", "2026-03-01T00:00:00+00:00")
    keep_lost(str(tmp_path / "link.db"), piece, "killed")
    (kept,) = (tmp_path / "ledger.db.lost").iterdir()
    assert kept.read_bytes() == b"<html>"
    assert not (tmp_path / "link.db.lost").exists()
