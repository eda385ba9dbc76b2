"""Forms that are filled in at the place: each field is kept as it is left, and nothing is entered twice.

The contract, for the app that declares a form and for a browser that has to work without a line:

- An app's module ``field_forms`` registers subclasses of ``forms.FieldForm``: what is asked (``parts``), how the
  answers become records (``write``), and what the records behind it say now (``standing``).
- A **draft** is one form being filled in. Its id is a UUID that the browser makes; the draft begins with the first
  value that arrives under it and belongs to whoever sent that. The same person goes on with it on any device.
- An **entry** is one value of one field (``name``, or ``part.row-name`` in a row, whose key the browser makes too), or
  the removal of a row or photo. Entries come in batches (``entries``), each with its id, the device's number, which
  alone orders them, and the base: what the device last knew the server to have. A wrong value is kept too; the answer
  says what is wrong. Where another device changed the field meanwhile the two are merged or, where they conflict, the
  one that stands is answered, and the decision comes as a new entry (``syncing``). An entry that comes again changes
  nothing.
- A **photo** is asked for by the server, which compares size and digest, and sent by itself under an id of the
  browser's own: sent again, it is the same photo. Its content is checked and its bytes are kept as they are.
- Each answer has a **receipt**: what the server holds of the draft.
- **Submitting** checks the whole and writes the records, once: a draft that was submitted answers with the page of its
  record however often it is submitted.

All requests can be repeated and know no order. ``static/bureau/fieldwork`` keeps on the device what was not answered.
"""
