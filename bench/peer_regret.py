#!/usr/bin/env python3
"""CFR+ of OpenSpiel (C++) or of LiteEFG on one of OpenSpiel's games; run by the scripts beside it, in a folder that
it may write to. Prints iterations per second and the exploitability after some iterations.
Laying the game out is not timed."""

import argparse
import json

import clock
import pyspiel


def rate(step, given) -> float:
    now = clock.of(given)
    begun = now()
    for _ in range(given.iterations):
        step()
    return given.iterations / (now() - begun)


def openspiel(game, given) -> dict:
    solver = pyspiel.CFRPlusSolver(game)
    for _ in range(given.same):
        solver.evaluate_and_update_policy()
    gap = pyspiel.nash_conv(game, solver.average_policy()) / 2
    return {"gap": gap, "rate": rate(solver.evaluate_and_update_policy, given)}


def liteefg(game, given) -> dict:
    import LiteEFG
    from LiteEFG.baselines import CFRplus

    LiteEFG.set_threads(given.threads)
    environment = LiteEFG.OpenSpielEnv(game, traverse_type="Enumerate", regenerate=True)
    graph = CFRplus.graph()
    environment.set_graph(graph)

    def step():
        graph.update_graph(environment)
        environment.update_strategy(graph.current_strategy())

    for _ in range(given.same):
        step()
    gap = sum(environment.exploitability(graph.current_strategy(), "linear-avg-iterate")) / 2
    return {"gap": gap, "rate": rate(step, given)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program", choices=["openspiel", "liteefg"])
    parser.add_argument("game")
    parser.add_argument("iterations", type=int)
    parser.add_argument("same", type=int, help="iterations after which the exploitability is looked at")
    clock.add(parser)
    given = parser.parse_args()
    game = pyspiel.load_game(given.game)
    found = {"openspiel": openspiel, "liteefg": liteefg}[given.program](game, given)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
