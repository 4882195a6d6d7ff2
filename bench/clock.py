"""How the peers' calls are timed: processor seconds on one thread, or the clock on the wall on several."""

import time


def add(parser):
    parser.add_argument("--threads", type=int, default=1, help="threads, where the program can use more than one")
    parser.add_argument("--wall", action="store_true", help="seconds by the clock instead of processor seconds")


def of(given):
    return time.perf_counter if given.wall else time.process_time
