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

/// All pairs of vertices that are equilibria, by number, and why the search ended early, if it did.
pub(super) fn join(
    polytopes: [&Polytope; 2],
    first: &[Bits],
    second: &[Bits],
    budget: &Budget<'_>,
) -> (Vec<(usize, usize)>, Option<Status>) {
    let [p, q] = polytopes;
    let xs: Vec<Ends> = first.iter().map(|zeros| Ends::new(p, q, zeros)).collect();
    let ys: Vec<Ends> = second.iter().map(|zeros| Ends::new(q, p, zeros)).collect();
    let mut simple: HashMap<(&Bits, &Bits), Vec<usize>> = HashMap::new();
    for (at, y) in ys.iter().enumerate().filter(|(_, y)| y.simple()) {
        simple.entry((&y.allowed, &y.played)).or_default().push(at);
    }
    let others = (0..ys.len()).filter(|&y| !ys[y].simple()).collect();
    let others = Index::new(others, &ys, p.atoms());
    let everything = if xs.iter().all(Ends::simple) {
        Index::new(Vec::new(), &ys, p.atoms())
    } else {
        Index::new((0..ys.len()).collect(), &ys, p.atoms())
    };
    let mut pairs = Vec::new();
    for (at, x) in xs.iter().enumerate() {
        if at % 256 == 255 {
            let done = at as f64 / xs.len() as f64;
            let words = format!("{} pairs of vertices", pairs.len());
            if let Some(status) = budget.spent(Some(done), &words) {
                return (pairs, Some(status));
            }
        }
        let mut answers = if x.simple() {
            let exact = simple.get(&(&x.played, &x.allowed)).into_iter().flatten();
            let mut answers = others.allowing_all(&x.played);
            answers.extend(exact);
            answers
        } else {
            everything.allowing_all(&x.played)
        };
        answers.retain(|&y| ys[y].played.within(&x.allowed));
        answers.sort_unstable();
        pairs.extend(answers.into_iter().map(|y| (at, y)));
    }
    (pairs, None)
}
