//! Queries over paths: each is split into atoms (`p`, `mean`, `value`), every atom is looked up once per end
//! of the game, and answering for a profile is then a sum over ends.

use detente_expand::{Expansion, PathEnv};
use detente_game::{Game, Profile, passes};
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{self, Code, Fault, NoPath, Settings};
use detente_language::scenario::{ActorId, Expr, ExprKind, Scenario};

use crate::model::Unit;

/// One bit per end of the game.
#[derive(Clone, Debug, Default, PartialEq)]
struct Bits(Vec<u64>);

impl Bits {
    fn push(&mut self, end: usize, holds: bool) {
        if self.0.len() <= end / 64 {
            self.0.resize(end / 64 + 1, 0);
        }
        self.0[end / 64] |= u64::from(holds) << (end % 64);
    }

    fn get(&self, end: usize) -> bool {
        self.0[end / 64] >> (end % 64) & 1 == 1
    }
}

/// What an atom measures on each path.
#[derive(Clone, Debug, PartialEq)]
enum Measure {
    /// Whether an event happens.
    Event(Code, Bits),
    /// A number; NaN where the path has none.
    Number(Code, Vec<f64>),
    /// An actor's payoff.
    Payoff(ActorId),
}

/// `p(e given f)`, `mean(e given f)` or `value(actor given f)`, or the same with `if`.
#[derive(Clone, Debug, PartialEq)]
struct Atom {
    measure: Measure,
    given: Option<(Code, Bits)>,
    /// Whether the condition need have no probability.
    supposed: bool,
    /// Whether it has been looked up.
    known: bool,
}

/// A query: arithmetic over atoms, which stand in it as arguments.
#[derive(Clone, Debug, PartialEq)]
struct Query {
    body: Expr,
    first_atom: usize,
    atoms: usize,
    unit: Unit,
}

/// Queries made ready for one game.
#[derive(Clone, Debug, PartialEq)]
pub struct Queries {
    queries: Vec<Query>,
    atoms: Vec<Atom>,
}

impl Queries {
    /// Looks up every atom of the queries at every end of the game.
    ///
    /// # Errors
    /// A query whose arithmetic has no finite result on some path, with its place.
    pub fn new<'q>(
        scenario: &Scenario,
        settings: &Settings,
        expansion: &Expansion,
        queries: impl IntoIterator<Item = &'q Expr>,
    ) -> Result<Queries, Box<Diagnostic>> {
        let mut ready = Queries::compiled(scenario, settings, queries)?;
        ready.look_up(expansion)?;
        Ok(ready)
    }

    /// The same queries under other settings, where paths are what they were: the game has the same tree with the same
    /// options, states, rounds and outcomes. Only atoms that speak of what actors gain, or that the settings have changed,
    /// are looked up again.
    ///
    /// # Errors
    /// As [`Queries::new`].
    pub fn renewed<'q>(
        self,
        scenario: &Scenario,
        settings: &Settings,
        expansion: &Expansion,
        queries: impl IntoIterator<Item = &'q Expr>,
    ) -> Result<Queries, Box<Diagnostic>> {
        let mut ready = Queries::compiled(scenario, settings, queries)?;
        for (atom, before) in ready.atoms.iter_mut().zip(self.atoms) {
            if atom.is_as(&before) {
                *atom = before;
            }
        }
        ready.look_up(expansion)?;
        Ok(ready)
    }

    /// The queries with their atoms, none of which has been looked up.
    fn compiled<'q>(
        scenario: &Scenario,
        settings: &Settings,
        queries: impl IntoIterator<Item = &'q Expr>,
    ) -> Result<Queries, Box<Diagnostic>> {
        let mut ready = Queries {
            queries: Vec::new(),
            atoms: Vec::new(),
        };
        for query in queries {
            let first_atom = ready.atoms.len();
            let unit = match query.kind {
                ExprKind::Probability(..) => Unit::Probability,
                _ => Unit::Number,
            };
            let body = ready.take_atoms(scenario, settings, query, first_atom)?;
            ready.queries.push(Query {
                body,
                first_atom,
                atoms: ready.atoms.len() - first_atom,
                unit,
            });
        }
        Ok(ready)
    }

    /// What each query measures.
    pub fn units(&self) -> impl Iterator<Item = Unit> {
        self.queries.iter().map(|query| query.unit)
    }

    /// Answers all queries for a profile; none where a condition after `given` has probability 0, or no path
    /// gives a number.
    ///
    /// A condition after `if` may have probability 0: its paths are then weighed as the beliefs of the
    /// certificate weigh nodes ([`passes::beliefs`]), by the trembles that the profile keeps in its logarithms,
    /// and where it keeps none, by the number of options of probability 0 on the path.
    ///
    /// # Errors
    /// Arithmetic between the atoms' values that has no finite result.
    pub fn answer(
        &self,
        scenario: &Scenario,
        settings: &Settings,
        game: &Game,
        profile: &Profile,
    ) -> Result<Vec<Option<f64>>, Box<Diagnostic>> {
        let ends = end_probabilities(game, profile);
        let supposed = self.atoms.iter().any(|atom| atom.supposed);
        let remote = supposed.then(|| Remote::of(game, profile));
        let values: Vec<f64> = self
            .atoms
            .iter()
            .map(|atom| match (&atom.given, &remote) {
                (Some((_, bits)), Some(remote)) if atom.supposed => {
                    atom.value(game, &remote.among(bits))
                }
                _ => atom.value(game, &ends),
            })
            .collect();
        let answers = self.queries.iter().map(|query| {
            let atoms = &values[query.first_atom..query.first_atom + query.atoms];
            let code = eval::compile_with(scenario, settings, &query.body, atoms)?;
            let value = code
                .eval(&NoPath)
                .map_err(|fault| Box::new(fault.diagnostic()))?;
            Ok((!value.is_nan()).then_some(value))
        });
        answers.collect()
    }

    /// Replaces the atoms of a query by arguments, appending them to `self.atoms`.
    fn take_atoms(
        &mut self,
        scenario: &Scenario,
        settings: &Settings,
        expr: &Expr,
        first: usize,
    ) -> Result<Expr, Box<Diagnostic>> {
        let code = |expr: &Expr| eval::compile(scenario, settings, expr);
        let measure = match &expr.kind {
            ExprKind::Probability(event, given) => {
                Some((Measure::Event(code(event)?, Bits::default()), given))
            }
            ExprKind::Mean(number, given) => {
                Some((Measure::Number(code(number)?, Vec::new()), given))
            }
            ExprKind::Value(actor, given) => Some((Measure::Payoff(*actor), given)),
            _ => None,
        };
        if let Some((measure, given)) = measure {
            let supposed = given.as_ref().is_some_and(|given| given.supposed);
            let given = given
                .as_deref()
                .map(|given| code(&given.condition))
                .transpose()?
                .map(|code| (code, Bits::default()));
            self.atoms.push(Atom {
                measure,
                given,
                supposed,
                known: false,
            });
            let kind = ExprKind::Argument(self.atoms.len() - 1 - first);
            return Ok(Expr {
                kind,
                span: expr.span,
            });
        }
        let mut take = |inner: &Expr| {
            self.take_atoms(scenario, settings, inner, first)
                .map(Box::new)
        };
        let kind = match &expr.kind {
            ExprKind::Negate(a) => ExprKind::Negate(take(a)?),
            ExprKind::Not(a) => ExprKind::Not(take(a)?),
            ExprKind::And(a, b) => ExprKind::And(take(a)?, take(b)?),
            ExprKind::Or(a, b) => ExprKind::Or(take(a)?, take(b)?),
            ExprKind::Compare(op, a, b) => ExprKind::Compare(*op, take(a)?, take(b)?),
            ExprKind::Arithmetic(op, a, b) => ExprKind::Arithmetic(*op, take(a)?, take(b)?),
            ExprKind::If(c, a, b) => ExprKind::If(take(c)?, take(a)?, take(b)?),
            ExprKind::Builtin(function, inner) => ExprKind::Builtin(
                *function,
                inner
                    .iter()
                    .map(|inner| take(inner).map(|taken| *taken))
                    .collect::<Result<_, _>>()?,
            ),
            ExprKind::Call(function, inner) => ExprKind::Call(
                *function,
                inner
                    .iter()
                    .map(|inner| take(inner).map(|taken| *taken))
                    .collect::<Result<_, _>>()?,
            ),
            other => other.clone(),
        };
        Ok(Expr {
            kind,
            span: expr.span,
        })
    }

    /// Looks up the atoms that are not known.
    fn look_up(&mut self, expansion: &Expansion) -> Result<(), Box<Diagnostic>> {
        let mut unknown: Vec<&mut Atom> = self.atoms.iter_mut().filter(|a| !a.known).collect();
        if unknown.is_empty() {
            return Ok(());
        }
        let mut end = 0;
        let looked_up = expansion.walk(|path| {
            for atom in &mut unknown {
                atom.look_up(path, end)?;
            }
            end += 1;
            Ok(())
        });
        looked_up.map_err(|fault: Fault| Box::new(fault.diagnostic()))?;
        unknown.into_iter().for_each(|atom| atom.known = true);
        Ok(())
    }
}

impl Atom {
    /// Whether it measures what another does that has been looked up, and nothing of that hangs on payoffs.
    fn is_as(&self, before: &Atom) -> bool {
        let measure = match (&self.measure, &before.measure) {
            (Measure::Event(a, _), Measure::Event(b, _))
            | (Measure::Number(a, _), Measure::Number(b, _)) => a == b && !a.reads_payoffs(),
            (Measure::Payoff(a), Measure::Payoff(b)) => a == b,
            _ => false,
        };
        let given = match (&self.given, &before.given) {
            (Some((a, _)), Some((b, _))) => a == b && !a.reads_payoffs(),
            (None, None) => true,
            _ => false,
        };
        before.known && measure && given && self.supposed == before.supposed
    }

    fn look_up(&mut self, path: &PathEnv<'_>, end: usize) -> Result<(), Fault> {
        let counts = match &mut self.given {
            None => true,
            Some((code, bits)) => {
                let holds = code.holds(path)?;
                bits.push(end, holds);
                holds
            }
        };
        match &mut self.measure {
            Measure::Event(code, bits) => bits.push(end, counts && code.holds(path)?),
            Measure::Number(code, values) => {
                values.push(if counts { code.eval(path)? } else { f64::NAN });
            }
            Measure::Payoff(_) => {}
        }
        Ok(())
    }

    /// The mean over the paths that count, weighted by their probabilities; NaN where none has any.
    fn value(&self, game: &Game, ends: &[f64]) -> f64 {
        let (mut sum, mut mass) = (0.0, 0.0);
        let players = game.players();
        for (end, &probability) in ends.iter().enumerate() {
            if self.given.as_ref().is_some_and(|(_, bits)| !bits.get(end)) {
                continue;
            }
            let value = match &self.measure {
                Measure::Event(_, bits) => f64::from(u8::from(bits.get(end))),
                Measure::Number(_, values) => values[end],
                Measure::Payoff(actor) => game.payoffs()[end * players + actor.index()],
            };
            if !value.is_nan() {
                sum += probability * value;
                mass += probability;
            }
        }
        // A condition of the whole distribution must not lose digits to the division by a mass of almost 1.
        match (&self.given, &self.measure) {
            (None, Measure::Event(..) | Measure::Payoff(_)) => sum,
            _ if mass > 0.0 => sum / mass,
            _ => f64::NAN,
        }
    }
}

/// How likely the ends of a game are beside one another, however unlikely all of them are.
struct Remote {
    log: Vec<f64>,
    zeros: Vec<u32>,
}

impl Remote {
    fn of(game: &Game, profile: &Profile) -> Remote {
        let reach = passes::log_reach(game, profile);
        let (mut log, mut zeros) = (vec![0.0; game.ends()], vec![0; game.ends()]);
        for (node, &arity) in game.arity().iter().enumerate() {
            if arity == 0 {
                let end = game.first_child()[node] as usize;
                log[end] = reach.log[node];
                zeros[end] = reach.zeros.get(node).copied().unwrap_or(0);
            }
        }
        Remote { log, zeros }
    }

    /// Weights of the ends that are marked, the likeliest of them near 1; 0 for those with more options of
    /// probability 0 on their path than others.
    fn among(&self, bits: &Bits) -> Vec<f64> {
        let marked = || (0..self.log.len()).filter(|&end| bits.get(end));
        let fewest = marked().map(|end| self.zeros[end]).min().unwrap_or(0);
        let first = |end: &usize| self.zeros[*end] == fewest;
        let top = marked().filter(first).map(|end| self.log[end]);
        let top = top.fold(f64::NEG_INFINITY, f64::max);
        let mut weights = vec![0.0; self.log.len()];
        for end in marked().filter(first) {
            weights[end] = (self.log[end] - top).exp();
        }
        weights
    }
}

/// Probability of every end of a game, in the order of its rows of payoffs.
#[must_use]
pub fn end_probabilities(game: &Game, profile: &Profile) -> Vec<f64> {
    let reach = passes::reach(game, profile);
    let mut ends = vec![0.0; game.ends()];
    for (node, &arity) in game.arity().iter().enumerate() {
        if arity == 0 {
            ends[game.first_child()[node] as usize] = reach[node];
        }
    }
    ends
}
