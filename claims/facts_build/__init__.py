"""Builds the mechanical part of the actor facts: libraries and hand-kept corrections in, JSON Lines out."""
