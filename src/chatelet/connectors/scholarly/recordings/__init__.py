"""Small answers in the forms that the services document, about works that do not exist (DOIs under 10.5555).

Made for this project: the contract suite reads them (`chatelet check sources`), and so do the tests.
"""
