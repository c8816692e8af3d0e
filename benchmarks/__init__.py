"""How fast the SDK is, beside what a user would pick instead and beside the physical limit.

Run `python -m benchmarks`; `pip install -e '.[bench]'` installs what it is compared with.
"""
