"""The clinician's page: read a draft as it will be printed, put in the personal words, approve it.

`serving` is the web server, which knows nothing of letters; `desk` is the process beside it that makes them
and asks the register, by the same functions as the command line; `views` are the values that travel between
the two, and `pages` turns them into HTML.
"""
