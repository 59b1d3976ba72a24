"""Search as pages and the interface use it: chosen values, true facet counts, labels in the reader's language."""
