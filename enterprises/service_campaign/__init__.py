"""A service campaign as work: who is asked to report, and the report that is made of it."""
