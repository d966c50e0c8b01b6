"""The same values as terminal lines, JSON, pages."""
