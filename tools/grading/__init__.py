"""Grade what a class hands in. One process runs a learner's notebook and takes observations; another one judges them.

inside.py and start.py are the untrusted side: they run in the sandbox, in a copy of the course without answers.
calls.py, values.py and wire.py are what the two sides speak with. All other modules are the trusted side, which never
imports, unpickles or executes anything that a learner wrote.
"""
