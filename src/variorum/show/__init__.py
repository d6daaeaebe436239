"""Pictures and fragments for people, made from the exported event object: shared by terminal, web, static site and notebook."""
