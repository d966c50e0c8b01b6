"""A text into blocks, lines and sentences, with offsets and nothing left out."""
