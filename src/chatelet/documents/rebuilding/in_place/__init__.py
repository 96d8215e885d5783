"""A PDF given back as a PDF: the words of each paragraph taken off its page, other words set in the same place.

survey    what shows each word on a page, and how it is written
areas     the lines of a paragraph, how they are aligned, the room around them
fitting   other words on those lines, at the same size or somewhat smaller
streams   what shows the old words taken out of the page's own instructions, all others as they stand
drawing   the new words, drawn after
placing   the whole, page by page
"""
