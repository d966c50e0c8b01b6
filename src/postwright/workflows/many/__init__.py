"""A folder of postings: sorted, priced, worked on live or by batches, accounted for, settled together."""
