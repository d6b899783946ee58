"""The site: courses, lessons, progress, publication and the pages that show them."""
