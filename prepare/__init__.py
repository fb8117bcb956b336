"""What a fresh clone needs before the portal can run: standard library only, for any Python from 3.11 on.

`python3 -m prepare run|test|assets` sets up the virtual environment, the packages, the assets and, for the tests, a
browser. Each step leaves a stamp of what it was made from and is skipped until that changes.
"""
