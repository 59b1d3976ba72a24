"""cluster-net: the stakeholder network and matchmaking platform of a regional cluster."""

__version__ = "0.1.0"
