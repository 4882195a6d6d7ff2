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

/// `p(e given f)`, `mean(e given f)` or `value(actor given f)`.
#[derive(Clone, Debug, PartialEq)]
struct Atom {
    measure: Measure,
    given: Option<(Code, Bits)>,
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
        ready
            .look_up(expansion)
            .map_err(|fault| Box::new(fault.diagnostic()))?;
        Ok(ready)
    }

    /// What each query measures.
    pub fn units(&self) -> impl Iterator<Item = Unit> {
        self.queries.iter().map(|query| query.unit)
    }

    /// Answers all queries for a distribution over ends ([`end_probabilities`]); none where a condition has
    /// probability 0 or no path gives a number.
    ///
    /// # Errors
    /// Arithmetic between the atoms' values that has no finite result.
    pub fn answer(
        &self,
        scenario: &Scenario,
        settings: &Settings,
        game: &Game,
        ends: &[f64],
    ) -> Result<Vec<Option<f64>>, Box<Diagnostic>> {
        let values: Vec<f64> = self
            .atoms
            .iter()
            .map(|atom| atom.value(game, ends))
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
            let given = given
                .as_deref()
                .map(code)
                .transpose()?
                .map(|code| (code, Bits::default()));
            self.atoms.push(Atom { measure, given });
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

    fn look_up(&mut self, expansion: &Expansion) -> Result<(), Fault> {
        let mut end = 0;
        expansion.walk(|path| {
            for atom in &mut self.atoms {
                atom.look_up(path, end)?;
            }
            end += 1;
            Ok(())
        })
    }
}

impl Atom {
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
