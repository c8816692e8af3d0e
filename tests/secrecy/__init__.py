"""Secrets are shown nowhere: a marker is planted in each, every path is run, and all is searched.

`markers` makes secrets that are recognised in whatever form they come back. `finder` looks at
things as logs, crash reports and stores show them. `kinds` finds everything that takes a secret by
walking the package, and plants markers in it. `faults` is what a vendor or a network can do.
`scene` puts these together; the tests run them.
"""
