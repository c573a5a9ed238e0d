"""Clients that ask one question again and again, each in a process of its own, all at the same time."""

import multiprocessing
import resource
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from bench.fill import Known, loaded
from bench.peers import PEERS
from bench.questions import QUESTIONS
from fhir.store import open_store

Place = tuple[Path, str]  # the folder of a store and its address, "" for the embedded one
FEW, SECONDS = 20, 1.5  # each client asks so often at least, and for so long
ROUNDS = 5  # so often is everything asked
Told = tuple[Sequence[float], float, float]  # what each answer took, all of them in all, and the memory held


@dataclass(frozen=True)
class Took:
    """How long an answer took in milliseconds, how many came in a second, and the most memory of a client."""

    median: float
    slow: float
    a_second: float
    megabytes: float


def asked(place: Place, sample: Path, question: str, clients: int) -> Took:
    """Ask a question from so many clients at once for some seconds and return how long it took.

    Raises RuntimeError with the error that ended a client, if one did.
    """
    fork = multiprocessing.get_context("forkserver")
    fork.set_forkserver_preload(["bench.clients"])
    ready, answers = fork.Barrier(clients), fork.SimpleQueue()
    each = [
        fork.Process(target=_client, args=(place, sample, question, number, clients, ready, answers))
        for number in range(clients)
    ]
    for one in each:
        one.start()
    said = [answers.get() for _ in each]
    for one in each:
        one.join()
    told = [one for one in said if not isinstance(one, str)]
    if len(told) < clients:
        raise RuntimeError(next(one for one in said if isinstance(one, str)))
    times = [time for took, _, _ in told for time in took]
    return Took(
        median=quantiles(times, n=2)[0] * 1000,
        slow=quantiles(times, n=20)[-1] * 1000,
        a_second=sum(len(took) / elapsed for took, elapsed, _ in told),
        megabytes=max(memory for _, _, memory in told),
    )


def _client(
    place: Place,
    sample: Path,
    question: str,
    number: int,
    clients: int,
    ready: Barrier,
    answers: "multiprocessing.SimpleQueue[Told | str]",
) -> None:
    known = loaded(sample)
    try:
        answers.put(_timed(place, question, known[number::clients] or known, ready))
    except Exception as error:  # noqa: BLE001
        # Whoever waits for this client would wait for ever. Not every error can be sent to another process.
        answers.put(repr(error))
        ready.abort()


def _timed(place: Place, question: str, known: Sequence[Known], ready: Barrier) -> Told:
    with closing(open_store(*place)) as store:
        ask = QUESTIONS.get(question) or PEERS[question]
        for one in known[:FEW]:
            ask(store, one)
        ready.wait()
        took: list[float] = []
        began = perf_counter()
        while perf_counter() - began < SECONDS or len(took) < FEW:
            one = known[len(took) % len(known)]
            start = perf_counter()
            ask(store, one)
            took.append(perf_counter() - start)
        elapsed = perf_counter() - began
    return took, elapsed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
