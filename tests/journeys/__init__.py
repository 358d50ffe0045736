"""Whole journeys through the product in a real browser, by people in different chairs."""
