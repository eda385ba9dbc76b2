"""The summary as a text: wording with marks, the figures bound in, and the paper in the style of official documents."""
