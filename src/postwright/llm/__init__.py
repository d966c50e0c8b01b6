"""The Model port's adapters: Claude, and patience."""
