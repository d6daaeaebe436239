"""How time expressions are scored, on a text invented here."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.timex import plain, read_coded, run

TEXT = """<?xml version="1.0" ?><TimeML><DOCID>a</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2017-09-14">20170914</TIMEX3></DCT>
<TEXT>
The fort fell on <TIMEX3 tid="t1" type="DATE" value="2017-09-12">Tuesday</TIMEX3> &amp; the port
<TIMEX3 tid="t2" type="DATE" value="2017-W36">last week</TIMEX3>, after a
<TIMEX3 tid="t3" type="DURATION" value="P2Y">two-year</TIMEX3> siege;
<TIMEX3 tid="t4" type="DATE" value="PRESENT_REF">now</TIMEX3>
it is quiet, and 3 May 2016 is past.
</TEXT></TimeML>"""


def test_a_coded_text_is_read_with_spans_in_its_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.tml"
    path.write_text(TEXT, encoding="utf-8")
    coded = read_coded(path)
    assert coded.published == "2017-09-14"
    assert [coded.text[one.start : one.end] for one in coded.spans] == ["Tuesday", "last week", "two-year", "now"]
    assert "&" in coded.text


def test_what_is_found_and_right_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TEXT, encoding="utf-8")
    result = run(tmp_path, "time-tempeval")
    assert result["n"] == 4
    assert result["metrics"]["recall"] == 1.0
    assert result["metrics"]["precision"] == pytest.approx(4 / 5)
    assert result["metrics"]["value_f1"] == pytest.approx(8 / 9)
    assert result["baseline"]["recall"] == 0.0


def test_two_ways_to_write_one_value_are_one() -> None:
    assert plain("2017-W06") == plain("2017-W6")
    assert plain("PT24H") == plain("P1D")
