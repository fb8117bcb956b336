"""What `make bench` measures: pages of the running portal as a signed-in person, and the sending of messages.

Figures of one machine say little; ratios measured in one run say more. E is an empty Django view: the default project
with its default middleware behind the same server. `run.py` tells the course, `table.py` what is printed.
"""
