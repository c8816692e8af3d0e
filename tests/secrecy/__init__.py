"""Secrets are shown nowhere: a marker is planted in each, every path is run, and all is searched.

`markers` makes secrets that can be recognised in whatever form they come back. `finder` looks at
things as logs, crash reports and stores show them. `kinds` plants markers in everything that takes
a secret, found by walking the package. `faults` is what a vendor or a network can do. `scenes`
puts these together; the tests run them.
"""
