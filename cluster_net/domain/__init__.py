"""The pure core: records, rules, scoring. No I/O, no clock, no framework."""
