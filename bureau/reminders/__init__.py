"""Due dates of what reporting keeps: due list and reporting do not know each other, both stand below."""
