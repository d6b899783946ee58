"""Work in a process of its own, so that the memory it takes is given back when it is done."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from django.utils.translation import gettext as _

from learn.collecting import collecting_rarely
from learn.serving.faults import ServeError
from learn.serving.lifeline import die_with_parent


def run_apart[Result](
    work: Callable[[], Result], *, meanwhile: Callable[[], None] = lambda: None
) -> Result:
    """Return what ``work`` returns, or raise what it raises; both must be picklable.

    While that is done, this process does what ``meanwhile`` says.

    What a process once took it hardly gives back, and workers forked from it would take it over.
    The child is a fork, so no connection to a database may be open. Where forks are not safe it is
    done here. Raises ``ServeError`` when the child ends without an answer.
    """
    if sys.platform != "linux":
        meanwhile()
        return work()
    here, there = multiprocessing.Pipe(duplex=False)
    context = multiprocessing.get_context("fork")
    child = context.Process(target=_answer, args=(work, there, os.getpid()))
    child.start()
    there.close()
    try:
        meanwhile()
        has_worked, answer = here.recv()
    except EOFError:
        raise ServeError(_("The process that prepares the site was ended.")) from None
    finally:
        # It has answered, or we are to stop: nothing of it is needed any more.
        child.kill()
        child.join()
        here.close()
    if not has_worked:
        raise answer
    result: Result = answer
    return result


def _answer(work: Callable[[], object], answers: Connection, parent: int) -> None:
    """Do the work and send its end to the parent."""
    die_with_parent(parent)
    try:
        with collecting_rarely():
            answer: tuple[bool, object] = (True, work())
    except Exception as error:  # whatever it is, the parent has to deal with it
        answer = (False, error)
    answers.send(answer)
