"""Postwright critiques and rewrites healthcare-AI job postings with Claude, and proves what it did."""

__version__ = "0.1.0"
