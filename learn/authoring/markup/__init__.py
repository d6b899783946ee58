"""The parts of the Markdown renderer: an extension that gives Python-Markdown other stages.

Block stage: ``lines``, ``blocks``, ``leaves``, ``containers``, ``tables``, ``definitions``.
Inline stage: ``inlines``, ``emphasis``, ``patterns``, ``barelinks``, ``references``, ``escapes``.
Afterwards: ``footnotes``, ``links``, ``finishing``, ``abbreviations``, ``serialise``, ``sanitise``.
"""
