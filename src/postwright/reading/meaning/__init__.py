"""What a sentence says: words, clauses, who acts, what is limited, how much is asked."""
