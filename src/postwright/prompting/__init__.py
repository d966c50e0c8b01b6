"""prompts/*.j2 and values in, request text out."""
