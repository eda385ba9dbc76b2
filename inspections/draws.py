"""The double-random draw: which sites are inspected, and by whom, decided by a seed and a rule that anybody can follow.

Rule ``sha256-1``: every candidate gets the SHA-256 digest of ``"<seed>|site|<key>"`` (UTF-8, in hexadecimal); the sites
with the smallest digests are drawn, in that order. For each site in turn the inspectors who have the fewest sites so
far go, among equals those with the smallest digest of ``"<seed>|inspector|<site key>|<inspector key>"``. The order of
the pools plays no part; each site is equally likely, and so is each inspector for a site.
"""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bureau import records
from bureau.models import Office, Staff
from bureau.models.region import subtree_q
from enterprises.models import Enterprise
from inspections.models import Assignment, Draw, SiteInspection

RULE = Draw.Rule.DIGEST_1
Drawn = list[list[Any]]


def draw_lots(
    seed: str, *, sites: Sequence[int], inspectors: Sequence[int], wanted: int, per_site: int
) -> list[tuple[int, list[int]]]:
    """Site key and inspector keys of each draw, in the order drawn. Raises ``ValueError`` if a pool is too small."""
    if wanted > len(set(sites)) or per_site > len(set(inspectors)):
        raise ValueError("The pool is smaller than the draw.")
    chosen = sorted(set(sites), key=lambda site: _digest(seed, "site", site))[:wanted]
    load = dict.fromkeys(inspectors, 0)
    found = []
    for site in chosen:
        order = sorted(load, key=lambda person: (load[person], _digest(seed, "inspector", site, person)))
        going = order[:per_site]
        for person in going:
            load[person] += 1
        found.append((site, going))
    return found


def _digest(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()


def pool_of(draw: Draw) -> dict[str, list[int]]:
    """The sites and inspectors that this draw takes from, today, by key."""
    sites = Enterprise.objects.not_voided().filter(subtree_q(draw.region_id, "region"))
    if draw.site_kind_id:
        sites = sites.of_kind(draw.site_kind_id, timezone.localdate())
    if draw.not_inspected_since:
        recent = SiteInspection.objects.not_voided().filter(inspected_on__gte=draw.not_inspected_since)
        sites = sites.exclude(pk__in=recent.values("enterprise"))
    inspectors = Staff.objects.filter(
        is_active=True, groups__name="inspector", office__in=Office.objects.below(draw.office)
    )
    return {
        "sites": sorted(sites.values_list("pk", flat=True)),
        "inspectors": sorted(set(inspectors.values_list("pk", flat=True))),
    }


def check_pool(draw: Draw) -> None:
    """Raises ``ValidationError`` by field if there are too few sites or inspectors."""
    pool = pool_of(draw)
    if draw.sites_wanted > len(pool["sites"]):
        raise ValidationError(
            {"sites_wanted": _("Only %(count)s sites can be drawn from.") % {"count": len(pool["sites"])}}
        )
    if draw.inspectors_per_site > len(pool["inspectors"]):
        said = _("The office and those below it have only %(count)s inspectors.") % {"count": len(pool["inspectors"])}
        raise ValidationError({"inspectors_per_site": said})


@transaction.atomic
def run(draw: Draw, *, by: Staff | None) -> Draw:
    """Draw, and write the draw with its assignments. Raises ``ValidationError`` if a pool is too small."""
    check_pool(draw)
    draw.seed = draw.seed or secrets.token_hex(16)
    draw.rule, draw.drawn_at, draw.pool = RULE, timezone.now(), pool_of(draw)
    draw.drawn = _repeated(draw)
    records.save(draw, by=by)
    regions = dict(
        Enterprise.objects.filter(pk__in=[site for site, _going in draw.drawn]).values_list("pk", "region_id")
    )
    made = [
        Assignment(
            campaign=draw.campaign,
            draw=draw,
            enterprise_id=site,
            lead_id=going[0],
            companion_id=going[1] if len(going) > 1 else None,
            due_on=draw.due_on,
            office=draw.office,
            region_id=regions[site],
        )
        for site, going in draw.drawn
    ]
    records.bulk_add(made, by=by)
    return draw


def holds(draw: Draw) -> bool:
    """Whether seed and pools on record give again what is on record as drawn."""
    return draw.rule == RULE and _repeated(draw) == draw.drawn


def _repeated(draw: Draw) -> Drawn:
    lots = draw_lots(
        draw.seed,
        sites=draw.pool["sites"],
        inspectors=draw.pool["inspectors"],
        wanted=draw.sites_wanted,
        per_site=draw.inspectors_per_site,
    )
    return [[site, going] for site, going in lots]
