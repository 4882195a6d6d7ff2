//! What somebody has seen of a path: an actor, or the public, which sees what everybody sees.

use crate::build::Expansion;
use crate::machine::{Machine, Noted, Seen, Stop};
use crate::observe::{Fingerprint, FingerprintMap};

/// Who looks on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Observer {
    /// An actor, by its number.
    Actor(usize),
    /// Those who see only what every actor sees when it happens or is revealed.
    Public,
}

/// Something that was observed on a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// What.
    pub what: Observed,
    /// Round of the outermost `repeat` around it, 0 outside.
    pub round: u16,
    /// Whether not every actor observed it.
    pub private: bool,
}

/// What can be observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Observed {
    /// An option was chosen or drawn.
    Happened {
        /// Which decision or draw of the program.
        branch: usize,
        /// Position among its options.
        option: usize,
    },
    /// A variable was shown.
    Shown {
        /// Which.
        variable: usize,
        /// Its value then; NaN where it had none.
        value: f64,
    },
}

/// For each node and observer, which nodes the observer cannot tell apart from it by what it has seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Sights {
    observers: usize,
    classes: Vec<u32>,
}

impl Sights {
    /// Number of what an observer has seen at a node: equal for two nodes just if it has seen the same. The numbers
    /// themselves mean nothing.
    #[must_use]
    pub fn class(&self, observer: Observer, node: u32) -> u32 {
        let column = match observer {
            Observer::Actor(actor) => actor,
            Observer::Public => self.observers - 1,
        };
        self.classes[node as usize * self.observers + column]
    }
}

impl Expansion {
    /// What an observer has seen on the way to a node, in order, what is revealed just before the node included.
    ///
    /// It is a function of the observer's sequence of observations alone, so that it is the same at all nodes of an
    /// information set of the actor.
    #[must_use]
    pub fn observations(&self, observer: Observer, node: u32) -> Vec<Observation> {
        let (noted, happenings) = self.noted(node);
        let seen = noted
            .iter()
            .filter(|noted| self.sees(observer, noted, |i| happenings[i].branch as usize));
        let observed = seen.map(|noted| match noted.what {
            Seen::Happening(i) => {
                let happening = happenings[i];
                let branch = happening.branch as usize;
                Observation {
                    what: Observed::Happened {
                        branch,
                        option: happening.option as usize,
                    },
                    round: happening.round as u16,
                    private: !self.is_all(self.program.branches[branch].seen),
                }
            }
            Seen::Shown {
                variable,
                value,
                round,
            } => Observation {
                what: Observed::Shown { variable, value },
                round: round as u16,
                private: !self.is_all(noted.who),
            },
        });
        observed.collect()
    }

    /// For all nodes and observers, what has been seen.
    #[must_use]
    pub fn sights(&self) -> Sights {
        let actors = self.words.actors.len();
        let observers = actors + 1;
        let mut classes = vec![0; self.game.nodes() * observers];
        let mut known: Vec<FingerprintMap<u32>> = vec![FingerprintMap::default(); observers];
        let mut machine = Machine::new(&self.program, self.paths.variables, actors);
        machine.watch();
        // Per node on the path: the node, its next child, and what everybody has seen there.
        let mut path: Vec<(u32, u32, Vec<Fingerprint>)> = Vec::new();
        let mut prints = vec![Fingerprint::default(); observers];
        let mut node = 0;
        loop {
            // The game was grown along these paths, so that none of them stops early.
            let _: Result<Stop, _> = machine.run();
            for noted in machine.noted() {
                for (column, print) in prints.iter_mut().enumerate() {
                    let observer = match column == actors {
                        true => Observer::Public,
                        false => Observer::Actor(column),
                    };
                    if self.sees(observer, &noted, |i| machine.happenings[i].branch as usize) {
                        *print = print.then(noted.observed);
                    }
                }
            }
            let row = &mut classes[node as usize * observers..][..observers];
            for ((class, print), known) in row.iter_mut().zip(&prints).zip(&mut known) {
                let next = known.len() as u32;
                *class = *known.entry(*print).or_insert(next);
            }
            path.push((node, 0, prints));
            match self.next_child(&mut path, &mut machine) {
                Some((child, seen)) => (node, prints) = (child, seen),
                None => return Sights { observers, classes },
            }
        }
    }

    /// Takes the next option of the last node of a path that has one left.
    fn next_child(
        &self,
        path: &mut Vec<(u32, u32, Vec<Fingerprint>)>,
        machine: &mut Machine<'_>,
    ) -> Option<(u32, Vec<Fingerprint>)> {
        loop {
            let (node, next, seen) = path.last_mut()?;
            if *next > 0 {
                machine.back();
            }
            if *next < u32::from(self.game.arity()[*node as usize]) {
                let event = self.event(*node, *next);
                *next += 1;
                machine.take(event.branch, event.option);
                return Some((event.child, seen.clone()));
            }
            path.pop();
        }
    }

    /// Whether an observer sees something that is noted.
    fn sees(&self, observer: Observer, noted: &Noted, branch: impl Fn(usize) -> usize) -> bool {
        match (observer, noted.what) {
            (Observer::Actor(actor), _) => noted.who >> actor & 1 == 1,
            // Who chose knows it already when the others come to see it.
            (Observer::Public, Seen::Happening(i)) => {
                let chooser = self.program.branches[branch(i)].chooser();
                self.is_all(noted.who | chooser.map_or(0, |actor| 1 << actor))
            }
            (Observer::Public, Seen::Shown { .. }) => self.is_all(noted.who),
        }
    }

    fn is_all(&self, who: u64) -> bool {
        let everybody = u64::MAX >> (64 - self.words.actors.len().clamp(1, 64));
        who & everybody == everybody
    }
}
