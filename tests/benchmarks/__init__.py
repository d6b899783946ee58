"""How fast the site is, beside bare Django views in the same run; see ``__main__``."""
