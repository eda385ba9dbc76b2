"""The year-end workbook: cover, totals, the same by region, a sheet for each section, definitions and the trace.

The figures are values of the engine. What a checker would reckon again (changes, shares, completion, sums over parts,
their agreement with the figures) is left as live formulas.
"""

from django.conf import settings
from openpyxl import Workbook

from bureau.reporting.summary import Summary
from bureau.reporting.workbook import cover, definitions, look, regions, section, totals, trace


def build(summary: Summary, *, address: str = "") -> Workbook:
    """In the active language; one more reckoning counts the records behind the figures.

    ``address`` is that under which the reader reached the system, for the links back where none is set.
    """
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = look.title(summary)
    workbook.properties.creator = str(summary.made_by or "")
    workbook.calculation.fullCalcOnLoad = True
    front = cover.begin(workbook)
    contents = [totals.add(workbook, summary)]
    in_totals = contents[0].places
    contents.append(regions.add(workbook, summary, in_totals))
    by_region = contents[1].places
    contents += [section.add(workbook, summary, each, in_totals, by_region) for each in summary.sections]
    contents.append(definitions.add(workbook, summary))
    contents.append(trace.add(workbook, summary, settings.PUBLIC_URL or address))
    cover.write(front, summary, contents)
    return workbook
