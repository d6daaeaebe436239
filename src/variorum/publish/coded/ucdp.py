"""Events in the 49 columns of UCDP GED 23.1.

Source: the header of a release file and the GED codebook; what is empty and why stands on docs/rules/ucdp.md.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from datetime import date

from variorum.publish.coded.sheet import OWN, Case, Left, Row, Sheet, own_cells
from variorum.publish.rules.ucdp import UcdpView, is_fought, ucdp_view

COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id"),
    *("conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a"),
    *("side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office"),
    *("source_date", "source_headline", "source_original", "where_prec", "where_coordinates", "where_description"),
    *("adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians"),
    *("deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
# Of UCDP's own register of conflicts, dyads and sides, of Gleditsch and Ward's states, and of its coders' work: always
# empty. A district only where the place is one.
OPTIONAL = frozenset(
    {
        "adm_2",
        *("active_year", "code_status", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id"),
        *("dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id"),
        *("country_id", "region", "gwnoa", "gwnob"),
    }
)
YEAR_DAYS = 366  # GED's coarsest date is the year
GRID_COLUMNS, GRID_ROWS = 720, 360  # PRIO-GRID: cells of half a degree


def priogrid_gid(lat: float, lon: float) -> int:
    """Give the PRIO-GRID cell of a point: cells of 0.5° in rows of 720 from the south-west, the first is 1.

    Source: PRIO-GRID (Tollefsen, Strand and Buhaug 2012); a point on an edge lies in the cell north and east of it.
    """
    row = min(math.floor((lat + 90) * 2), GRID_ROWS - 1)
    column = min(math.floor((lon + 180) * 2), GRID_COLUMNS - 1)
    return row * GRID_COLUMNS + column + 1


def code_ucdp(case: Case) -> Row | Left:
    """Give an event as a row of GED, or why GED holds no such event."""
    if not is_fought(case.account):
        return Left("without a use of armed force")
    view = ucdp_view(case.account)
    if view.best is None and view.high:
        return Left("with no least number of dead")
    if not view.high:
        return Left("without a death")
    if not (view.date_start and view.date_end) or _days(view) > YEAR_DAYS:
        return Left("without a day or year")
    if view.latitude is None or view.longitude is None:
        return Left("without a place on the map")
    row: Row = {name: value for name, value in asdict(view).items() if name in COLUMNS}
    row |= {
        "id": case.number,
        "relid": case.name,
        "year": int(view.date_start[:4]),
        "adm_2": view.where_coordinates if view.where_prec == 3 else "",
        "geom_wkt": f"POINT ({view.longitude} {view.latitude})",
        "priogrid_gid": priogrid_gid(view.latitude, view.longitude),
    }
    return row | own_cells(case, UCDP, row, case.claims("killed"), view.remarks)


def _days(view: UcdpView) -> int:
    return (date.fromisoformat(view.date_end) - date.fromisoformat(view.date_start)).days + 1


UCDP = Sheet("UCDP GED", COLUMNS, OPTIONAL, OWN, code_ucdp)
