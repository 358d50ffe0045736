"""Signing in: who somebody is, before there is anybody to act as.

Whoever signs in has no actor yet, so nothing here is an action: each function that changes something writes a
`SignInRecord` in the same transaction instead of an event. Passwords, second factors and sessions belong to a user and
not to a scheme; what a scheme decides is only whether a second factor is asked for (`Scheme.second_factor`).

The secrets of second factors and the ceremony of keys are django-allauth's; its pages, its letters and its limits,
which count in a cache, are not used. Why: docs/adr/0021.
"""
