// Indexes fill in the background; those of a filled store take seconds.
CALL db.awaitIndexes(300)
