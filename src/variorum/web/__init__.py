"""The browser face: pages over one ledger, on this machine or for a team. Nothing here reaches any network.

A request goes guard → signin → answering → a page of `pages/` → a template of `templates/`. A page only reads the
ledger and says what is on it; its `.json` is that, its HTML is that drawn. What a person decides goes through
`deciding.py`, in the same words as on the command line.
"""
