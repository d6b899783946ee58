"""Pages kept in a worker's memory, each shown again only while the database says it is true."""
