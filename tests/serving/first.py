"""The part of a first start that is the same for every site, without a server."""

from learn.serving.databases import migrate_databases, use_databases_alone
from learn.serving.making_ready import prepare_var_folder

PARTS = {"tables": migrate_databases, "tables and static files": prepare_var_folder}


def main(part: str) -> None:
    """Make what the part is called after, however long it takes on a busy machine."""
    use_databases_alone()
    PARTS[part]()
