"""Bytes in, text out; and back."""
