"""What each rule says to an author, one module a family."""
