"""The pages of the site, by area."""
