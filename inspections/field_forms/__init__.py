"""What inspectors fill in at the place."""

from inspections.field_forms import energy_audit, site_inspection  # noqa: F401 (tells the forms)
