"""Fragments for people from the exported event object: shared by terminal, web, static site and notebook."""
