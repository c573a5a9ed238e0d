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

from bench.fill import loaded
from bench.peers import PEERS
from bench.questions import QUESTIONS
from fhir.store import open_store

Place = tuple[Path, str]  # the folder of a store and its address, "" for the embedded one
FEW, SECONDS = 20, 2.0  # each client asks so often at least, and for so long


@dataclass(frozen=True)
class Took:
    """How long an answer took in milliseconds, how many came in a second, and the most memory of a client."""

    median: float
    slow: float
    a_second: float
    megabytes: float


def asked(place: Place, sample: Path, question: str, clients: int) -> Took:
    """Ask a question from so many clients at once for some seconds and return how long it took."""
    fork = multiprocessing.get_context("forkserver")
    fork.set_forkserver_preload(["bench.clients"])
    ready, answers = fork.Barrier(clients), fork.SimpleQueue()
    each = [
        fork.Process(target=_client, args=(place, sample, question, number, clients, ready, answers))
        for number in range(clients)
    ]
    for one in each:
        one.start()
    told = [answers.get() for _ in each]
    for one in each:
        one.join()
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
    answers: "multiprocessing.SimpleQueue[tuple[Sequence[float], float, float]]",
) -> None:
    known = loaded(sample)
    known = known[number::clients] or known
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
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answers.put((took, elapsed, memory))
