//! Runs a program along one path, stopping at every decision, draw and end.
//!
//! The machine keeps one frame per decision or draw on the present path, so that going back to try the next
//! option is a copy of one small frame.

use crate::observe::Fingerprint;
use crate::program::{Branch, Op, Program};
use detente_language::eval::{Code, Env, Fault};
use detente_language::scenario::{ActorId, RepeatId, StateId, VariableId};
use detente_language::span::Span;

/// Most operations between two stops: a `repeat` of many rounds that decides nothing must not hang.
const MOST_OPERATIONS: usize = 20_000_000;
/// In [`Frame::pending`]: choices are seen at once.
const AT_ONCE: u32 = u32::MAX;

/// Something chosen or drawn on the present path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Happening {
    /// Which decision or draw.
    pub branch: u32,
    /// Position among its options.
    pub option: u32,
    /// Round of the outermost `repeat` around it, 0 outside.
    pub round: u32,
    /// What those observe who see it.
    pub observed: u64,
}

/// Where numbers stand in a frame.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    states: usize,
    rounds: usize,
    payoffs: usize,
    width: usize,
    actors: usize,
}

/// Control part of a frame.
#[derive(Clone, Copy, Debug)]
struct Frame {
    /// Next operation.
    at: usize,
    /// Length of the path's happenings.
    happened: u32,
    /// First happening that is not yet seen by others, or [`AT_ONCE`].
    pending: u32,
    /// How many `together` enclose this point.
    together: u32,
    /// Round of the outermost `repeat` entered last.
    round: u32,
    /// Row of the states, valid while nothing was set since.
    state_row: u32,
    /// Whether a state was set since `state_row` was found.
    state_set: bool,
}

/// Where a run stopped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stop {
    /// At a decision or draw.
    Branch(usize),
    /// At an end.
    End(u16),
    /// Beyond the last statement.
    Fall,
}

/// What stops a path.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// An expression has no result.
    Fault(Fault),
    /// A number is needed and something in it has no value on this path.
    NoValue(Span),
    /// A payoff or state is not finite.
    NotFinite(Span),
    /// Too many operations between two decisions.
    Endless,
}

/// Something that the watched actor observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// A choice or draw, by its position on the path.
    Happening(usize),
    /// A variable that was shown.
    Shown(usize),
}

/// The machine.
pub struct Machine<'a> {
    /// What it runs.
    pub program: &'a Program,
    layout: Layout,
    values: Vec<f64>,
    fingerprints: Vec<Fingerprint>,
    frames: Vec<Frame>,
    /// What was chosen and drawn on the present path.
    pub happenings: Vec<Happening>,
    /// The actor whose observations are noted, with what it has observed.
    watched: Option<(usize, Vec<Seen>)>,
}

/// What expressions see at the present point.
pub struct View<'a> {
    layout: Layout,
    values: &'a [f64],
}

impl Env for View<'_> {
    #[inline]
    fn variable(&self, variable: VariableId) -> f64 {
        self.values[variable.index()]
    }
    #[inline]
    fn state(&self, state: StateId) -> f64 {
        self.values[self.layout.states + state.index()]
    }
    #[inline]
    fn index(&self, repeat: RepeatId) -> f64 {
        self.values[self.layout.rounds + repeat.index()]
    }
    #[inline]
    fn payoff(&self, actor: ActorId) -> f64 {
        self.values[self.layout.payoffs + actor.index()]
    }
}

impl<'a> Machine<'a> {
    /// A machine at the start of the play.
    pub fn new(program: &'a Program, variables: usize, actors: usize) -> Machine<'a> {
        let states = variables;
        let rounds = states + program.states.len();
        let payoffs = rounds + program.rounds.len();
        let width = payoffs + actors;
        let mut values = vec![f64::NAN; width];
        values[states..rounds].copy_from_slice(&program.states);
        values[payoffs..].fill(0.0);
        let start = Frame {
            at: 0,
            happened: 0,
            pending: AT_ONCE,
            together: 0,
            round: 0,
            state_row: 0,
            state_set: true,
        };
        Machine {
            program,
            layout: Layout {
                states,
                rounds,
                payoffs,
                width,
                actors,
            },
            values,
            fingerprints: vec![Fingerprint::default(); actors],
            frames: vec![start],
            happenings: Vec::new(),
            watched: None,
        }
    }

    /// From now on notes what an actor observes; only of use along a single path.
    pub fn watch(&mut self, actor: usize) {
        self.watched = Some((actor, Vec::new()));
    }

    /// What the watched actor has observed.
    pub fn watched(&mut self) -> Vec<Seen> {
        self.watched.take().map_or_else(Vec::new, |(_, seen)| seen)
    }

    /// The present point for expressions.
    pub fn view(&self) -> View<'_> {
        View {
            layout: self.layout,
            values: &self.values[self.values.len() - self.layout.width..],
        }
    }

    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn put(&mut self, position: usize, value: f64) {
        let base = self.values.len() - self.layout.width;
        self.values[base + position] = value;
    }

    /// Payoffs gained so far.
    pub fn payoffs(&self) -> &[f64] {
        &self.values[self.values.len() - self.layout.actors..]
    }

    /// Present values of the states.
    pub fn states(&self) -> &[f64] {
        let base = self.values.len() - self.layout.width;
        &self.values[base + self.layout.states..base + self.layout.rounds]
    }

    /// The row of the present states if nothing was set since it was found.
    pub fn state_row(&self) -> Option<u32> {
        self.frames
            .last()
            .filter(|frame| !frame.state_set)
            .map(|frame| frame.state_row)
    }

    /// Remembers the row of the present states.
    pub fn keep_state_row(&mut self, row: u32) {
        let frame = self.frame();
        frame.state_row = row;
        frame.state_set = false;
    }

    /// Round of the outermost `repeat` that the path is in, or was in last; 0 before any.
    pub fn round(&self) -> u32 {
        self.frames.last().map_or(0, |frame| frame.round)
    }

    /// Runs from the present point to the next stop.
    ///
    /// # Errors
    /// What stops the path.
    pub fn run(&mut self) -> Result<Stop, Halt> {
        let program = self.program;
        let mut at = self.frame().at;
        for _ in 0..MOST_OPERATIONS {
            let op = &program.ops[at];
            at += 1;
            match op {
                Op::Branch(branch) => {
                    self.frame().at = at;
                    return Ok(Stop::Branch(*branch));
                }
                Op::End(outcome) => return Ok(Stop::End(*outcome)),
                Op::Fall => return Ok(Stop::Fall),
                Op::Jump(target) => at = *target,
                Op::Unless(condition, target) => {
                    if !condition.holds(&self.view()).map_err(Halt::Fault)? {
                        at = *target;
                    }
                }
                Op::Gain(actor, code, span) => {
                    let gain = self.number(code, *span)?;
                    let total = self.payoffs()[*actor] + gain;
                    if !total.is_finite() {
                        return Err(Halt::NotFinite(*span));
                    }
                    self.put(self.layout.payoffs + actor, total);
                }
                Op::Set(state, code, span) => {
                    let value = self.number(code, *span)?;
                    self.put(self.layout.states + state, value);
                    self.frame().state_set = true;
                }
                Op::Enter { repeat, exit } => at = self.enter(*repeat, at, *exit),
                Op::Next { repeat, start } => at = self.next(*repeat, at, *start),
                Op::Together => self.together(),
                Op::Reveal => self.reveal(),
                Op::Show { variable, to, id } => self.show(*variable, *to, *id),
            }
        }
        Err(Halt::Endless)
    }

    fn number(&self, code: &Code, span: Span) -> Result<f64, Halt> {
        let value = code.eval(&self.view()).map_err(Halt::Fault)?;
        if value.is_nan() {
            Err(Halt::NoValue(span))
        } else {
            Ok(value)
        }
    }

    fn enter(&mut self, repeat: usize, next: usize, exit: usize) -> usize {
        if self.program.rounds[repeat] == 0 {
            return exit;
        }
        self.put(self.layout.rounds + repeat, 1.0);
        self.note_round();
        next
    }

    fn next(&mut self, repeat: usize, next: usize, start: usize) -> usize {
        let round = self.view().index(RepeatId(repeat as u32));
        if round < f64::from(self.program.rounds[repeat]) {
            self.put(self.layout.rounds + repeat, round + 1.0);
            self.note_round();
            start
        } else {
            self.put(self.layout.rounds + repeat, f64::NAN);
            next
        }
    }

    /// The outermost running `repeat` is the first one that has an index: inner ones come later in the text.
    fn note_round(&mut self) {
        let base = self.values.len() - self.layout.width;
        let running = &self.values[base + self.layout.rounds..base + self.layout.payoffs];
        if let Some(&round) = running.iter().find(|round| !round.is_nan()) {
            self.frame().round = round as u32;
        }
    }

    fn together(&mut self) {
        let happened = self.happenings.len() as u32;
        let frame = self.frame();
        if frame.together == 0 {
            frame.pending = happened;
        }
        frame.together += 1;
    }

    /// Everybody now sees, in the order in which it happened, what the block hid from all but its chooser.
    fn reveal(&mut self) {
        let frame = self.frame();
        frame.together -= 1;
        if frame.together > 0 {
            return;
        }
        let from = frame.pending as usize;
        frame.pending = AT_ONCE;
        for i in from..self.happenings.len() {
            let happening = self.happenings[i];
            let branch = &self.program.branches[happening.branch as usize];
            let others = branch.seen & !branch.actor.map_or(0, |actor| 1 << actor);
            self.observe(others, happening.observed, Seen::Happening(i));
        }
    }

    fn show(&mut self, variable: usize, to: u64, id: u64) {
        let value = self.view().variable(VariableId(variable as u32));
        let observed = self.clock(id ^ (1 << 40), 0..self.program.rounds.len()) ^ value.to_bits();
        self.observe(to, observed, Seen::Shown(variable));
    }

    fn observe(&mut self, mut who: u64, observed: u64, what: Seen) {
        if let Some((actor, seen)) = &mut self.watched
            && who >> *actor & 1 == 1
        {
            seen.push(what);
        }
        let base = self.fingerprints.len() - self.layout.actors;
        while who != 0 {
            let actor = who.trailing_zeros() as usize;
            self.fingerprints[base + actor] = self.fingerprints[base + actor].then(observed);
            who &= who - 1;
        }
    }

    /// Mixes the public clock into a number: the rounds of the given `repeat`s.
    fn clock(&self, id: u64, repeats: impl Iterator<Item = usize>) -> u64 {
        let view = self.view();
        let mut mixed = Fingerprint::default().then(id);
        for repeat in repeats {
            mixed = mixed.then(view.index(RepeatId(repeat as u32)).to_bits());
        }
        mixed.0
    }

    /// The information set at which the chooser of a branch stands: statement, clock and observations.
    pub fn standing(&self, branch: usize) -> Fingerprint {
        let declared = &self.program.branches[branch];
        let base = self.fingerprints.len() - self.layout.actors;
        let observed = self.fingerprints[base + declared.actor.unwrap_or(0)];
        observed.then(self.clock(branch as u64, declared.repeats.iter().copied()))
    }

    /// Goes on with an option of the branch at which the machine stopped, in a frame of its own.
    pub fn take(&mut self, branch: usize, option: usize) {
        let declared: &Branch = &self.program.branches[branch];
        let (values, prints) = (self.values.len(), self.fingerprints.len());
        self.values.extend_from_within(values - self.layout.width..);
        self.fingerprints
            .extend_from_within(prints - self.layout.actors..);
        let mut frame = *self.frame();
        let choice = &declared.options[option];
        frame.at = choice.target;
        self.frames.push(frame);
        self.put(declared.variable, choice.value);
        let clock = self.clock(branch as u64 ^ (1 << 41), declared.repeats.iter().copied());
        let observed = clock ^ (option as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let round = declared
            .repeats
            .first()
            .map_or(0.0, |&r| self.view().index(RepeatId(r as u32)));
        let happening = Happening {
            branch: branch as u32,
            option: option as u32,
            round: round as u32,
            observed,
        };
        self.happenings.push(happening);
        let sees = match (frame.pending == AT_ONCE, declared.actor) {
            (true, _) => declared.seen,
            (false, Some(actor)) => 1 << actor,
            (false, None) => 0,
        };
        self.observe(sees, observed, Seen::Happening(self.happenings.len() - 1));
        self.frame().happened = self.happenings.len() as u32;
    }

    /// Goes back to before the option that was taken last.
    pub fn back(&mut self) {
        self.frames.pop();
        self.values.truncate(self.values.len() - self.layout.width);
        self.fingerprints
            .truncate(self.fingerprints.len() - self.layout.actors);
        let happened = self.frames.last().map_or(0, |frame| frame.happened);
        self.happenings.truncate(happened as usize);
    }

    /// A grid's option as value of its variable, for guards that speak of it.
    pub fn try_value(&mut self, variable: usize, value: f64) -> f64 {
        let before = self.view().variable(VariableId(variable as u32));
        self.put(variable, value);
        before
    }
}
