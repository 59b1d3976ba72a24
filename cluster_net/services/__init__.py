"""One function per use case; ports come in as arguments."""
