"""Reading of PDF: text, tables, notes, forms and what is hidden; scans go to recognition."""
