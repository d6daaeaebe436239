"""Asks addresses of the network and keeps what they answered as WARC files. No article is made here.

Invariant: nothing is asked but what a person named, or what that leads to on the public network.
"""
