"""Many patterns over one text, in linear time and compiled when first used."""
