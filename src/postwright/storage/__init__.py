"""Files written whole or not at all; the journal of paid replies; review and questions."""
