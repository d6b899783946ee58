"""How long somebody who writes is waited for: as long as it takes, or only briefly.

Who has others to serve meanwhile waits briefly, and leaves what he does to somebody who can wait.
"""

import threading


class NotNowError(BaseException):
    """What was begun takes longer than others can wait; nothing of it was written.

    It is no ``Exception``: nothing has failed, and no handler of failures is to answer for it.
    ``body`` is what was read of a request on the way.
    """

    body = b""


class _Patience(threading.local):
    is_brief = False


patience = _Patience()
"""Whether the thread waits briefly only; not any more once it has written something."""
