"""Events as rows in the columns and codes of UCDP GED, ACLED and Airwars: the views of the named rules, as files.

Invariant: every column that the project prints is there, in its order; what no report gives is empty, never guessed;
after them stand Variorum's own columns, by which each row leads back to its event and claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from variorum.publish.coded.acled import ACLED
from variorum.publish.coded.airwars import AIRWARS
from variorum.publish.coded.sheet import write_sheet
from variorum.publish.coded.ucdp import UCDP
from variorum.publish.issue import Issue

__all__ = ["write_acled", "write_airwars", "write_ucdp"]


def write_ucdp(issue: Issue, table: str = "") -> Iterator[str]:
    """Give the lines of a CSV file in the columns of UCDP GED 23.1; method: docs/rules/ucdp.md."""
    return write_sheet(issue, UCDP)


def write_acled(issue: Issue, table: str = "") -> Iterator[str]:
    """Give the lines of a CSV file in the columns of ACLED; method: docs/rules/acled.md."""
    return write_sheet(issue, ACLED)


def write_airwars(issue: Issue, table: str = "") -> Iterator[str]:
    """Give the lines of a CSV file in the columns of Airwars' export; method: docs/rules/airwars.md."""
    return write_sheet(issue, AIRWARS)
