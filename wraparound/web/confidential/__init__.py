"""Records kept from some, and records opened in an emergency."""
