"""Words in, words and exit codes out. click lives here and nowhere else."""
