"""Positions that actors take on claims: the thread of a claim, and where somebody changed position."""
