"""The portal with its own PostgreSQL and Valkey on one machine, for trying it out and for the tests.

`python -m gruendungswerkstatt.embedded` knows ``up``, ``down``, ``status``, ``exec -- CMD``, ``run`` and ``erase``.
Each service has a *keeper*, a process that starts it, publishes its address in ``<VAR_DIR>/services.json`` and stops
it when nobody uses it any more (keeper.py). Who uses it holds a shared lock, which the operating system gives back
even when that process is killed; so nothing is left running and no lock is ever stale (services.py).
"""
