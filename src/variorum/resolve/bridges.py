"""What hangs together, and the links by which alone it does. What is done about them is decided elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def reach(start: str, near: Mapping[str, Collection[str]]) -> set[str]:
    """Give all that hangs together with `start`, itself included."""
    seen = {start}
    waiting = [start]
    while waiting:
        for other in near.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def parts_of(near: Mapping[str, set[str]]) -> list[list[str]]:
    """Give what hangs together in a graph given by neighbours, each part sorted."""
    found: list[list[str]] = []
    seen: set[str] = set()
    for mention in sorted(near):
        if mention not in seen:
            part = reach(mention, near)
            seen |= part
            found.append(sorted(part))
    return found


def cut_edges(start: str, near: Mapping[str, Collection[str]]) -> list[tuple[str, str, int]]:
    """Give the bridges of the graph reached from `start` (Tarjan 1974, no recursion): parent, child, nodes below."""
    order: dict[str, int] = {start: 0}
    low: dict[str, int] = {start: 0}
    size: dict[str, int] = {start: 1}
    found: list[tuple[str, str, int]] = []
    stack: list[tuple[str, str, list[str]]] = [(start, "", sorted(near.get(start, ())))]
    while stack:
        node, parent, rest = stack[-1]
        if rest:
            other = rest.pop()
            if other == parent:
                continue
            if other in order:
                low[node] = min(low[node], order[other])
            else:
                order[other] = low[other] = len(order)
                size[other] = 1
                stack.append((other, node, sorted(near[other])))
            continue
        stack.pop()
        if stack:
            low[parent] = min(low[parent], low[node])
            size[parent] += size[node]
            if low[node] > order[parent]:
                found.append((parent, node, size[node]))
    return found
