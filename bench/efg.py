"""Gambit's `.efg` in plain Python, as an independent check: expected payoffs, gains from deviating and the
two-player sequence form (von Stengel 1996). Nothing here is shared with Detente or with Gambit."""

import re
import sys
from dataclasses import dataclass, field
from fractions import Fraction

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]|[^\s{}",]+')


@dataclass
class Node:
    """`player` is −1 for chance and −2 at an end; `set` is the player's own number of the set in the file."""

    player: int
    set: int = 0
    outcome: int = 0
    children: list = field(default_factory=list)


@dataclass
class Game:
    players: int
    root: Node
    #: probabilities per number of a chance set
    chance: dict
    #: payoffs per number of an outcome
    outcomes: dict
    #: per player: number of actions per number of a set, in the order of their numbers
    sets: list
    #: per player: lowest and highest sum of payoffs at an end
    ranges: list


class Reader:
    def __init__(self, text: str):
        self.tokens = TOKEN.findall(text)
        self.at = 0
        self.chance, self.outcomes = {}, {}

    def next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def braced(self) -> list:
        assert self.next() == "{"
        words = []
        while self.peek() != "}":
            words.append(self.next())
        self.at += 1
        return words

    def game(self) -> Game:
        assert self.tokens[:2] == ["EFG", "2"]
        self.at = 4
        players = len(self.braced())
        if self.peek().startswith('"'):
            self.next()
        self.sets = [{} for _ in range(players)]
        root = self.node()
        sets = [dict(sorted(sets.items())) for sets in self.sets]
        game = Game(players, root, self.chance, self.outcomes, sets, [])
        game.ranges = ranges(game)
        return game

    def node(self) -> Node:
        kind = self.next()
        self.next()
        if kind == "t":
            return Node(-2, outcome=self.outcome())
        player = int(self.next()) - 1 if kind == "p" else -1
        number = int(self.next())
        if self.peek().startswith('"'):
            self.next()
        known = self.chance if kind == "c" else self.sets[player]
        if self.peek() == "{":
            words = self.braced()
            known[number] = [float(Fraction(word)) for word in words[1::2]] if kind == "c" else len(words)
        actions = len(known[number]) if kind == "c" else known[number]
        node = Node(player, number, self.outcome())
        node.children = [self.node() for _ in range(actions)]
        return node

    def outcome(self) -> int:
        number = int(self.next())
        if self.peek().startswith('"'):
            self.next()
        if self.peek() == "{":
            self.outcomes[number] = [float(Fraction(word)) for word in self.braced()]
        return number


def read(text: str) -> Game:
    sys.setrecursionlimit(100_000)
    return Reader(text).game()


def pays(game: Game, node: Node, player: int) -> float:
    return game.outcomes[node.outcome][player] if node.outcome else 0.0


def ranges(game: Game) -> list:
    found = [[float("inf"), float("-inf")] for _ in range(game.players)]

    def walk(node, sums):
        sums = [total + pays(game, node, player) for player, total in enumerate(sums)]
        for child in node.children:
            walk(child, sums)
        if not node.children:
            for pair, total in zip(found, sums):
                pair[:] = min(pair[0], total), max(pair[1], total)

    walk(game.root, [0.0] * game.players)
    return [tuple(pair) for pair in found]


def probabilities(game: Game, profile: list, node: Node) -> list:
    """`profile`: per player, per number of a set, a list."""
    return game.chance[node.set] if node.player == -1 else profile[node.player][node.set]


def payoffs(game: Game, profile: list) -> list:
    totals = [0.0] * game.players

    def walk(node, reach):
        for player in range(game.players):
            totals[player] += reach * pays(game, node, player)
        if node.children:
            for child, share in zip(node.children, probabilities(game, profile, node)):
                if share:
                    walk(child, reach * share)

    walk(game.root, 1.0)
    return totals


def recalls(game: Game, player: int) -> bool:
    """Does every set of the player follow one sequence of own actions?"""
    before = {}

    def walk(node, sequence):
        own = node.player == player
        if own and before.setdefault(node.set, sequence) != sequence:
            return False
        steps = enumerate(node.children)
        return all(walk(child, (node.set, k) if own else sequence) for k, child in steps)

    return walk(game.root, None)


def best_reply(game: Game, profile: list, player: int) -> float:
    """The most that the player can get against the others; needs perfect recall."""
    members = {}

    def gather(node, reach):
        if node.player == player:
            members.setdefault(node.set, []).append((node, reach))
        own = node.player == player
        shares = [1.0] * len(node.children) if own or not node.children else probabilities(game, profile, node)
        for child, share in zip(node.children, shares):
            gather(child, reach * share)

    gather(game.root, 1.0)
    chosen = {}

    def value(node):
        total = pays(game, node, player)
        if node.player == player:
            if node.set not in chosen:
                actions = range(game.sets[player][node.set])
                worth = [sum(reach * value(h.children[a]) for h, reach in members[node.set]) for a in actions]
                chosen[node.set] = max(actions, key=worth.__getitem__)
            return total + value(node.children[chosen[node.set]])
        if node.children:
            total += sum(s * value(c) for c, s in zip(node.children, probabilities(game, profile, node)) if s)
        return total

    return value(game.root)


def gains(game: Game, profile: list):
    """The largest gain from deviating, absolute and as a share of the payoff range; none without recall."""
    if not all(recalls(game, player) for player in range(game.players)):
        return None
    found = []
    for player, now in enumerate(payoffs(game, profile)):
        gain = max(0.0, best_reply(game, profile, player) - now)
        low, high = game.ranges[player]
        found.append((gain, gain / (high - low) if high > low else 0.0))
    return max(gain for gain, _ in found), max(share for _, share in found)


def sequence_form(game: Game):
    """Payoffs of player 1 by sequences, and of each player the sets that follow a sequence.

    Sequences are numbered from 0, the empty one. Returns `payoffs {(s1, s2): share of chance times payoff}`,
    `sequences [n1, n2]` and `sets [[(sequence before, its own sequences)]]`."""
    numbers, sets, count, matrix = [{}, {}], [[], []], [1, 1], {}

    def walk(node, reach, at):
        paid = reach * pays(game, node, 0)
        if paid:
            key = tuple(at)
            matrix[key] = matrix.get(key, 0.0) + paid
        if node.player >= 0:
            mine = node.player
            if node.set not in numbers[mine]:
                own = range(count[mine], count[mine] + len(node.children))
                numbers[mine][node.set] = own
                sets[mine].append((at[mine], own))
                count[mine] = own.stop
            for child, sequence in zip(node.children, numbers[mine][node.set]):
                walk(child, reach, [sequence, at[1]] if mine == 0 else [at[0], sequence])
        elif node.children:
            for child, share in zip(node.children, game.chance[node.set]):
                walk(child, reach * share, at)

    walk(game.root, 1.0, [0, 0])
    return matrix, count, sets
