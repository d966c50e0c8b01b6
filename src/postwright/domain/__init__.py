"""Ground floor: what a posting, a finding, a line, a decision and an error are. Values and ports, no behaviour."""
