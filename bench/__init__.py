"""Quality gates: each task measures one thing on a public set and holds it to a pinned floor."""
