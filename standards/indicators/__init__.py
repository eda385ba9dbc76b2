"""In the order in which a summary prints them."""

# isort: off
from standards.indicators import standard, event, file, spot_check, comparison  # noqa: F401
from standards.indicators import specification, institution, people, service  # noqa: F401
from standards.indicators import national_table  # noqa: F401
