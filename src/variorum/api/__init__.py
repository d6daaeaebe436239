"""The face for Python: a source, its events, claims and reports as objects, as tables and as pictures in a notebook.

Each class is imported from its own module when it is first asked for (`variorum/__init__.py`), so that
`import variorum` stays quick.
"""
