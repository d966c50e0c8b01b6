"""Protected text (I1): notices that stand whole, and pinned spans that stand verbatim."""
