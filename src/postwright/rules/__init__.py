"""What can be said about a posting without a model."""
