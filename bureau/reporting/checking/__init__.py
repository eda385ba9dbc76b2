"""A report that was sent already, number by number: equal to the frozen figures, to the live ones, or to neither."""
