"""`chatelet serve --workers N`: one parent, and N web processes that share the socket it listens on (docs/adr/0046).

supervisor    the parent: database, embedded models, word between workers, order of start and end
process       one worker as its parent sees it: started, watched, started again
web           one worker as it is: the whole application but the database and the models
"""
