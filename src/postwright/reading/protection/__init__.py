"""Protected text (I1): notices and pinned spans."""
