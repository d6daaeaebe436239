"""How the weights of the matcher were made; not in the wheel."""
