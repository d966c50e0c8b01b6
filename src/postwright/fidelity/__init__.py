"""The promise: checks a reply against its sources, renders, and audits the bytes."""
