#!/usr/bin/env python3
"""One game by one of Gambit's methods; run by the scripts beside it with the Python of an environment that has
pygambit 16 or 17. Prints an object: version, seconds of the call, payoffs, gains from deviating."""

import argparse
import json
import warnings
from fractions import Fraction
from pathlib import Path

import clock
import efg
import pygambit

METHODS = ["logit", "lambda", "lp", "lcp", "enummixed", "enumpure"]


def names(game):
    return [getattr(player, "label", player) for player in game.players]


def payoffs(game, profile):
    """In the order of the players; Gambit 17 gives them by name."""
    if hasattr(profile, "payoff"):
        return [profile.payoff(player) for player in game.players]
    return [profile.payoffs[player] for player in game.players]


def call(given, game):
    """What is timed."""
    if given.method == "logit":
        return pygambit.nash.logit_solve(game, maxregret=given.tolerance)
    if given.method == "lambda":
        return pygambit.qre.logit_solve_lambda(game, given.precision)
    if given.method == "enumpure":
        return pygambit.nash.enumpure_solve(game)
    solve = {"lp": "lp_solve", "lcp": "lcp_solve", "enummixed": "enummixed_solve"}[given.method]
    return getattr(pygambit.nash, solve)(game, rational=given.exact)


def profiles(result):
    """The profiles, and the precision that belongs to the last one where it is told."""
    if isinstance(result, list):
        return [point.profile for point in result], result[-1].lam
    found = result.equilibria if hasattr(result, "equilibria") else [result.equilibrium]
    return [profile for profile in found if profile is not None], None


def behaviour(profile, game, tree):
    """Per player, per number of a set in the file, the probabilities."""
    if hasattr(profile, "payoff"):
        rows = [[[float(profile[a]) for a in s.actions] for s in player.infosets] for player in game.players]
    else:
        rows = [[[float(share) for _, share in action] for _, action in player] for player in profile]
    return [dict(zip(sets, row)) for sets, row in zip(tree.sets, rows)]


def gains(profile, game, tree):
    """The largest gain from deviating, absolute and relative, checked against the payoffs of Gambit's."""
    if tree is None:
        tables = [table.astype(float) for table in game.to_arrays()]
        spans = [float(table.max() - table.min()) for table in tables]
        if hasattr(profile, "player_regrets"):
            regrets = [float(profile.player_regrets[player]) for player in game.players]
        else:
            regrets = [float(profile.player_regret(player)) for player in game.players]
        return max(regrets), max(r / s if s else 0.0 for r, s in zip(regrets, spans))
    rows = behaviour(profile, game, tree)
    scale = max(1.0, *(abs(end) for pair in tree.ranges for end in pair))
    theirs = [float(payoff) for payoff in payoffs(game, profile)]
    if any(abs(a - b) > 1e-9 * scale for a, b in zip(efg.payoffs(tree, rows), theirs)):
        raise ValueError("the order of the information sets is another one")
    return efg.gains(tree, rows)


def span(game, tree):
    if tree is None:
        return max(float(table.max() - table.min()) for table in game.to_arrays())
    return max(high - low for low, high in tree.ranges)


def timed(given, game):
    """The least of up to three calls, as long as they take a second in all."""
    now, times = clock.of(given), []
    while len(times) < given.repeat and sum(times) < 1.0:
        begun = now()
        result = call(given, game)
        times.append(now() - begun)
    return min(times), result


def solved(given) -> dict:
    kind = given.file.suffix[1:]
    text = given.file.read_text(errors="replace")
    game = (pygambit.read_efg if kind == "efg" else pygambit.read_nfg)(str(given.file))
    seconds, result = timed(given, game)
    found, precision = profiles(result)
    if not found and not given.method.startswith("enum"):
        raise SystemExit(f"no equilibrium ({getattr(result, 'reason', 'no reason given')}) after {seconds:.2g} s")
    paid = [payoffs(game, profile) for profile in found]
    answer = {
        "version": pygambit.__version__,
        "seconds": seconds,
        "payoffs": [[float(payoff) for payoff in row] for row in paid],
        "exact": [[str(Fraction(p)) for p in row] for row in paid] if given.exact else None,
        "precision": precision,
    }
    # A strategic profile of a tree is not judged: only its payoffs are compared.
    if given.method in ("logit", "lambda", "lp", "lcp") and found:
        try:
            tree = efg.read(text) if kind == "efg" else None
            answer["span"] = span(game, tree)
            judged = gains(found[0], game, tree)
            answer["gain"], answer["relative_gain"] = judged or (None, None)
        except Exception as error:
            answer["unjudged"] = f"{type(error).__name__}: {error}"
    return answer


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("method", choices=METHODS)
    parser.add_argument("file", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-8)
    parser.add_argument("--precision", type=float, default=1000.0)
    parser.add_argument("--exact", action="store_true", help="exact fractions where the method has them")
    parser.add_argument("--repeat", type=int, default=1)
    clock.add(parser)
    warnings.simplefilter("ignore")
    print(json.dumps(solved(parser.parse_args())))


if __name__ == "__main__":
    main()
