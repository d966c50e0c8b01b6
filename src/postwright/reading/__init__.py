"""Text in, units with protected text, facts and strength out. Pure: no files, no network."""
