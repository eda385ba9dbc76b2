"""The report of an energy-metering audit (JJF 1356): as a Word document, and all forms of annex B as a workbook."""
