"""The translations of the interface, without GNU gettext, which may be missing on a machine.

`python -m gruendungswerkstatt.common.catalogues compile|extract|check`
"""
