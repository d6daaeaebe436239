"""How the outlines and towns that maps are drawn over are made from public-domain sources."""
