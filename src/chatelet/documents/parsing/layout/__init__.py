"""From words with boxes to a text in reading order: the same for the text of a PDF and for what was recognised."""
