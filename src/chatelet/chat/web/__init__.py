"""The search of the web in a turn: the query that may leave, proposed then confirmed; pages read into passages.

    query     what is proposed from a draft: no name, identifier, secret nor quotation
    asking    what was confirmed, checked once more before it is stored
    reading   pages through the closed reader

Owns no table.
"""
