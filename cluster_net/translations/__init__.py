"""Message catalogues of the interface."""
