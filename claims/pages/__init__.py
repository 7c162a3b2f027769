"""The reading side: what anybody may see of actors, articles and claims, as pages and as CSV."""
