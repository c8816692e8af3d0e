"""Nothing lost, nothing twice, nothing left behind: long, over real sockets, while things fail.

`python -m tests.soak` runs all of it at full length; the test suite a short form of each.
"""
