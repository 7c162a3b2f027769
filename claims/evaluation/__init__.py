"""Measures extraction: attributions and stances against hand-marked ones, confidence, speed and memory.

Pure Python over ``claims.extraction``; the commands ``evaluate``, ``bench`` and ``damage`` are its doors.
"""
