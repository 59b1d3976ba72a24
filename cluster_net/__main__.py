"""Run the command line: python -m cluster_net."""

from cluster_net.cli import main

main()
