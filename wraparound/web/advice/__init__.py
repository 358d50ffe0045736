"""Matters, their time limits, and who may take them."""
