"""One module per engine; it translates and nothing else."""
