"""Views of one event by named rules: how ACLED, UCDP GED, Airwars and Iraq Body Count would code the same claims."""

from __future__ import annotations

from collections.abc import Callable, Collection

from variorum.errors import UsageError
from variorum.publish.rules.account import Account, Printed, Statement
from variorum.publish.rules.acled import AcledView, acled_view
from variorum.publish.rules.airwars import AirwarsView, airwars_view
from variorum.publish.rules.ibc import IbcView, ibc_view
from variorum.publish.rules.ucdp import UcdpView, ucdp_view

__all__ = [
    "RULES",
    "Account",
    "AcledView",
    "AirwarsView",
    "IbcView",
    "Printed",
    "RuleView",
    "Statement",
    "UcdpView",
    "acled_view",
    "airwars_view",
    "ibc_view",
    "make_view",
    "ucdp_view",
]

RuleView = AcledView | UcdpView | AirwarsView | IbcView
# Name of a rule -> how a person calls it.
RULES = {"acled": "ACLED", "ucdp": "UCDP GED", "airwars": "Airwars", "ibc": "Iraq Body Count"}


def make_view(rule: str, account: Account, credible: Collection[str] = ()) -> RuleView:
    """Give an event by one rule; `credible` are the sources that the user trusts, which Airwars' grading asks for.

    Raises UsageError for a rule nobody knows.
    """
    if rule == "airwars":
        return airwars_view(account, credible)
    makers: dict[str, Callable[[Account], RuleView]] = {"acled": acled_view, "ucdp": ucdp_view, "ibc": ibc_view}
    if rule not in makers:
        raise UsageError(f"no rule {rule}", f"rules: {', '.join(RULES)}, or all")
    return makers[rule](account)
