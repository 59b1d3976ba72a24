"""Who should meet whom, and why. Pure: stdlib, networkx, numpy, scipy."""
