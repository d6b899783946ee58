"""Static files in one more coding than whitenoise has: Zstandard, beside Brotli and gzip.

Each file is compressed once, when it is collected; a client gets the smallest that it can read.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

if sys.version_info >= (3, 14):
    from compression.zstd import compress
else:
    from backports.zstd import compress

SUFFIX = ".zst"
CODING = re.compile(r"\bzstd\b")
LEVEL = 19


class ThreefoldCompressor(Compressor):
    """Writes a third variant of whatever is worth compressing."""

    def compress(self, path: str) -> list[str]:
        """Compress the file; return the names of what was written beside it."""
        written: list[str] = super().compress(path)
        if written:
            content = compress(Path(path).read_bytes(), LEVEL)
            written.append(self.write_data(path, content, SUFFIX, os.stat(path)))
        return written


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Files named by their content, with a variant in each coding."""

    def create_compressor(self, **options: Any) -> Compressor:
        """Return what compresses the files."""
        return ThreefoldCompressor(**options)


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Whitenoise, which also knows the third variant."""

    @staticmethod
    def is_compressed_variant(
        path: str, stat_cache: Mapping[str, os.stat_result] | None = None
    ) -> bool:
        """Say whether a file is another one in a coding, and so has no address of its own."""
        if not path.endswith(SUFFIX):
            return bool(WhiteNoiseMiddleware.is_compressed_variant(path, stat_cache))
        original = path.removesuffix(SUFFIX)
        return os.path.isfile(original) if stat_cache is None else original in stat_cache

    def get_static_file(
        self, path: str, url: str, stat_cache: Mapping[str, os.stat_result] | None = None
    ) -> StaticFile:
        """Return the file with all of its variants, the smallest first."""
        found = super().get_static_file(path, url, stat_cache)
        compressed = path + SUFFIX
        if stat_cache is not None and compressed in stat_cache:
            size = stat_cache[compressed].st_size
            headers = {**dict(found.alternatives[-1][2]), "Content-Encoding": "zstd"}
            variant = CODING, compressed, [*{**headers, "Content-Length": str(size)}.items()]
            found.alternatives.append(variant)
            found.alternatives.sort(key=lambda one: int(dict(one[2])["Content-Length"]))
        return found
