//! Which vertices of the two polytopes are best responses to each other.
//!
//! x and y are an equilibrium if every strategy played in x is a best response to y and the other way round
//! (Nash 1951; Mangasarian 1964 for extreme equilibria as pairs of vertices). With atoms that belong to several
//! strategies: if for every positive atom at least one of its strategies is.

use std::collections::HashMap;

use super::polytope::Polytope;
use super::reverse::Bits;
use crate::{Budget, Status};

/// What matters of a vertex: the positive atoms of its player, and those of the opponent that belong to a best
/// response to it.
struct Ends {
    played: Bits,
    allowed: Bits,
}

impl Ends {
    fn new(own: &Polytope, opponent: &Polytope, zeros: &Bits) -> Ends {
        let mut played = Bits::none(own.atoms());
        own.played(zeros).for_each(|atom| played.insert(atom));
        let mut allowed = Bits::none(opponent.atoms());
        for (atom, strategies) in opponent.strategies.iter().enumerate() {
            if strategies.iter().any(|&s| own.is_response(zeros, s)) {
                allowed.insert(atom);
            }
        }
        Ends { played, allowed }
    }

    /// At a simple vertex the two have the same size; then only a vertex with exactly these can answer it, or
    /// one that is not simple.
    fn simple(&self) -> bool {
        self.played.count() >= self.allowed.count()
    }
}

/// Vertices with one of the opponent's atoms allowed, by atom.
struct Index {
    list: Vec<usize>,
    allowing: Vec<Bits>,
}

impl Index {
    fn new(list: Vec<usize>, ends: &[Ends], atoms: usize) -> Index {
        let mut allowing = vec![Bits::none(list.len()); atoms];
        for (place, &at) in list.iter().enumerate() {
            for atom in ends[at].allowed.iter() {
                allowing[atom].insert(place);
            }
        }
        Index { list, allowing }
    }

    /// Those that allow all these variables.
    fn allowing_all(&self, atoms: &Bits) -> Vec<usize> {
        let mut which = atoms.iter();
        let Some(first) = which.next() else {
            return Vec::new();
        };
        let mut left = self.allowing[first].clone();
        for atom in which {
            if left.is_empty() {
                break;
            }
            left.intersect(&self.allowing[atom]);
        }
        left.iter().map(|place| self.list[place]).collect()
    }
}

/// Vertices that are looked at between two questions to the budget.
const PER_QUESTION: usize = 64;

/// What matters of every vertex of `own`; the status where the budget is spent before.
fn all_ends(
    own: &Polytope,
    opponent: &Polytope,
    vertices: &[Bits],
    budget: &Budget<'_>,
) -> Result<Vec<Ends>, Status> {
    let mut all = Vec::with_capacity(vertices.len());
    for some in vertices.chunks(PER_QUESTION) {
        if let Some(status) = budget.spent(None, "joining vertices") {
            return Err(status);
        }
        all.extend(some.iter().map(|zeros| Ends::new(own, opponent, zeros)));
    }
    Ok(all)
}

/// Vertices of the second polytope, arranged to be found by what they play and allow.
struct Answers<'a> {
    ends: &'a [Ends],
    /// Simple ones by what they allow and play.
    simple: HashMap<(&'a Bits, &'a Bits), Vec<usize>>,
    others: Index,
    /// All of them; empty where no vertex needs it.
    everything: Index,
}

impl<'a> Answers<'a> {
    fn new(ends: &'a [Ends], atoms: usize, all_simple: bool) -> Answers<'a> {
        let mut simple: HashMap<(&Bits, &Bits), Vec<usize>> = HashMap::new();
        for (at, y) in ends.iter().enumerate().filter(|(_, y)| y.simple()) {
            simple.entry((&y.allowed, &y.played)).or_default().push(at);
        }
        let others = (0..ends.len()).filter(|&y| !ends[y].simple()).collect();
        let everything = if all_simple { 0 } else { ends.len() };
        Answers {
            ends,
            simple,
            others: Index::new(others, ends, atoms),
            everything: Index::new((0..everything).collect(), ends, atoms),
        }
    }

    /// Those that are an equilibrium with this vertex of the first polytope, in order.
    fn to(&self, x: &Ends) -> Vec<usize> {
        let mut answers = if x.simple() {
            let exact = self.simple.get(&(&x.played, &x.allowed));
            let mut answers = self.others.allowing_all(&x.played);
            answers.extend(exact.into_iter().flatten());
            answers
        } else {
            self.everything.allowing_all(&x.played)
        };
        answers.retain(|&y| self.ends[y].played.within(&x.allowed));
        answers.sort_unstable();
        answers
    }
}

/// All pairs of vertices that are equilibria, by number, and why the search ended early, if it did.
pub(super) fn join(
    polytopes: [&Polytope; 2],
    first: &[Bits],
    second: &[Bits],
    budget: &Budget<'_>,
) -> (Vec<(usize, usize)>, Option<Status>) {
    let [p, q] = polytopes;
    let both = all_ends(p, q, first, budget)
        .and_then(|xs| all_ends(q, p, second, budget).map(|ys| (xs, ys)));
    let (xs, ys) = match both {
        Ok(both) => both,
        Err(status) => return (Vec::new(), Some(status)),
    };
    let answers = Answers::new(&ys, p.atoms(), xs.iter().all(Ends::simple));
    let mut pairs = Vec::new();
    for (at, x) in xs.iter().enumerate() {
        if at % PER_QUESTION == PER_QUESTION - 1 {
            let done = at as f64 / xs.len() as f64;
            let words = format!("{} pairs of vertices", pairs.len());
            if let Some(status) = budget.spent(Some(done), &words) {
                return (pairs, Some(status));
            }
        }
        pairs.extend(answers.to(x).into_iter().map(|y| (at, y)));
    }
    (pairs, None)
}
