"""The signals that ask a process to stop."""

import signal

STOPPING = {signal.SIGTERM, signal.SIGINT}
# A terminal that is closed sends it. ``nohup`` has it ignored from the start: that is to last.
if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
    STOPPING.add(signal.SIGHUP)
