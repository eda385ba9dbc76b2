"""Forms that are filled in at the place: each field is saved as it is left, and nothing is entered twice.

The contract, for the app that declares a form and for a browser that has to work without a line:

- An app's module ``field_forms`` registers subclasses of ``forms.FieldForm``: what is asked (``parts``) and how the
  answers become records (``write``).
- A **draft** is one form being filled in. Its id is a UUID that the browser makes; the draft begins with the first
  value that arrives under it and belongs to whoever sent that. The same person goes on with it on any device.
- A **value** is one field: ``name``, or ``part.row-name`` in a row, whose key the browser makes too. It is sent with
  the id of the edit and the version that the browser last saw. It is kept even when it is wrong (the answer says what
  is), refused (409, with the one that stands) when another device changed the field meanwhile. The same edit sent
  again changes nothing and is answered alike.
- A **photo** is sent by itself, under an id of the browser's own: sent again, it is the same photo. Its content is
  checked and its bytes are kept as they are.
- **Submitting** checks the whole and writes the records, once: a draft that was submitted answers with the page of its
  record however often it is submitted.

All requests are small, know no order but that of one field's versions, and can be repeated: a queue that outlives the
page may send them whenever there is a line.
"""
