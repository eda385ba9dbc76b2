"""What is due: one list over all apps, as page, workbook, calendar, dashboard panel and daily mail.

An app names its kinds of due dates in a module ``due``, which is found by itself (``bureau.due.kinds``).
"""
