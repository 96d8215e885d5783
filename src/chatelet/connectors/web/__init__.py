"""The web: engines that are asked, sites by tier, pages that are read. What comes from it is never trusted.

    engines.search(query, clearance)   every engine in parallel under one deadline, one merged list
    tiers                              official, press, reference, other; sites allowed or denied, by unit
    pages.Pages.read(addresses)        robots, one question at a time per site, one deadline; a dead page is told
    head, walls                        title, date, author, language; what asks for consent or money

The text of a page is read by `chat`, in the closed reader of documents. Owns `web_sites`.
"""
