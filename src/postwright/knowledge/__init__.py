"""The domain data (taxonomy, lexicons, law, prices) and its loader."""
