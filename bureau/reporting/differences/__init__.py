"""Why a figure of a frozen year is another now: the rows that changed since, each under one cause."""
