"""How the weights by which words for events are joined across articles were made; not in the wheel."""
