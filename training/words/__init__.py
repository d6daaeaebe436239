"""Recipe of the shipped knowledge about words: how rare they are, what they are like."""
