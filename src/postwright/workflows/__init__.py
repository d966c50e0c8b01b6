"""The verbs: rewrite, critique, settle, check."""
