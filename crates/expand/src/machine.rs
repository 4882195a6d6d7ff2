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
/// How many blocks may be played inside one another.
const MOST_CALLS: u32 = 10_000;
/// In [`Frame::outermost`] and [`Frame::call`]: none.
const NONE: u32 = u32::MAX;
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
    /// The outermost `repeat` that is running, or [`NONE`].
    outermost: u32,
    /// The block that is being played, as a position in [`Machine::calls`], or [`NONE`].
    call: u32,
    /// How many calls there were so far.
    calls: u32,
    /// Row of the states, valid while nothing was set since.
    state_row: u32,
    /// Whether a state was set since `state_row` was found.
    state_set: bool,
}

/// A block that is being played.
#[derive(Clone, Copy, Debug)]
struct Call {
    /// The operation behind its `do`.
    back: usize,
    /// The block in which that stands, or [`NONE`].
    around: u32,
    /// How many blocks are being played, this one included.
    depth: u32,
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

/// Something that can be observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// A choice or draw, by its position on the path.
    Happening(usize),
    /// A variable that was shown.
    Shown {
        /// Which.
        variable: usize,
        /// Its value then; NaN where it had none.
        value: f64,
        /// Round of the outermost `repeat` around the showing, 0 outside.
        round: u32,
    },
}

/// Something that was observed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noted {
    /// The actors that observed it now, as a mask.
    pub who: u64,
    /// What.
    pub what: Seen,
    /// What tells it from other observations.
    pub observed: u64,
}

/// The machine.
pub struct Machine<'a> {
    /// What it runs.
    pub program: &'a Program,
    layout: Layout,
    values: Vec<f64>,
    fingerprints: Vec<Fingerprint>,
    frames: Vec<Frame>,
    /// The blocks played on the present path.
    calls: Vec<Call>,
    /// What was chosen and drawn on the present path.
    pub happenings: Vec<Happening>,
    /// What was observed on the present path, where that is noted.
    noted: Option<Vec<Noted>>,
    /// Whether it does not keep track of what actors observe.
    blind: bool,
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
            outermost: NONE,
            call: NONE,
            calls: 0,
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
            calls: Vec::new(),
            happenings: Vec::new(),
            noted: None,
            blind: false,
        }
    }

    /// One that does not keep track of what actors observe: quicker, where that is known.
    pub fn blind(program: &'a Program, variables: usize, actors: usize) -> Machine<'a> {
        let mut machine = Machine::new(program, variables, actors);
        machine.blind = true;
        machine
    }

    /// From now on notes what is observed, by whom.
    pub fn watch(&mut self) {
        self.noted = Some(Vec::new());
    }

    /// What was observed since it was last taken, by whom, in order.
    pub fn noted(&mut self) -> Vec<Noted> {
        self.noted.as_mut().map_or_else(Vec::new, std::mem::take)
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
                Op::Do(block) => at = self.call(*block, at)?,
                Op::Return => at = self.leave()?,
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

    /// Begins to play a block; `back` is the operation behind the `do`.
    fn call(&mut self, block: usize, back: usize) -> Result<usize, Halt> {
        let around = self.frame().call;
        let depth = 1 + self.calls.get(around as usize).map_or(0, |call| call.depth);
        if depth > MOST_CALLS {
            return Err(Halt::Endless);
        }
        let call = self.calls.len() as u32;
        self.calls.push(Call {
            back,
            around,
            depth,
        });
        let frame = self.frame();
        frame.call = call;
        frame.calls = call + 1;
        Ok(self.program.blocks[block])
    }

    /// Leaves a block that has come to its end.
    fn leave(&mut self) -> Result<usize, Halt> {
        let frame = self.frame();
        let call = frame.call;
        let left = self
            .calls
            .get(call as usize)
            .copied()
            .ok_or(Halt::Endless)?;
        self.frame().call = left.around;
        Ok(left.back)
    }

    fn enter(&mut self, repeat: usize, next: usize, exit: usize) -> usize {
        if self.program.rounds[repeat] == 0 {
            return exit;
        }
        self.put(self.layout.rounds + repeat, 1.0);
        let frame = self.frame();
        if frame.outermost == NONE {
            frame.outermost = repeat as u32;
        }
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
            let frame = self.frame();
            if frame.outermost == repeat as u32 {
                frame.outermost = NONE;
            }
            next
        }
    }

    /// Round of the outermost `repeat` that is running; 0 outside of any.
    pub fn round_here(&self) -> u32 {
        let outermost = self.frames.last().map_or(NONE, |frame| frame.outermost);
        match outermost {
            NONE => 0,
            repeat => self.view().index(RepeatId(repeat)) as u32,
        }
    }

    fn note_round(&mut self) {
        let round = self.round_here();
        self.frame().round = round;
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
        if self.blind {
            return;
        }
        for i in from..self.happenings.len() {
            let happening = self.happenings[i];
            let branch = &self.program.branches[happening.branch as usize];
            let others = branch.seen & !branch.chooser().map_or(0, |actor| 1 << actor);
            self.observe(others, happening.observed, Seen::Happening(i));
        }
    }

    fn show(&mut self, variable: usize, to: u64, id: u64) {
        if self.blind {
            return;
        }
        let value = self.view().variable(VariableId(variable as u32));
        let observed = self.clock(id ^ (1 << 40)) ^ value.to_bits();
        let shown = Seen::Shown {
            variable,
            value,
            round: self.round_here(),
        };
        self.observe(to, observed, shown);
    }

    fn observe(&mut self, mut who: u64, observed: u64, what: Seen) {
        if let Some(noted) = &mut self.noted {
            noted.push(Noted {
                who,
                what,
                observed,
            });
        }
        let base = self.fingerprints.len() - self.layout.actors;
        while who != 0 {
            let actor = who.trailing_zeros() as usize;
            self.fingerprints[base + actor] = self.fingerprints[base + actor].then(observed);
            who &= who - 1;
        }
    }

    /// Mixes the public clock into a number: the rounds of the `repeat`s that are running. Others have no round,
    /// whose bits are always the same.
    fn clock(&self, id: u64) -> u64 {
        let base = self.values.len() - self.layout.width;
        let rounds = &self.values[base + self.layout.rounds..base + self.layout.payoffs];
        let mixed = Fingerprint::default().then(id);
        rounds
            .iter()
            .fold(mixed, |mixed, round| mixed.then(round.to_bits()))
            .0
    }

    /// The information set at which the chooser of a branch stands: statement, clock and observations.
    pub fn standing(&self, branch: usize) -> Fingerprint {
        let declared = &self.program.branches[branch];
        self.standing_of(declared.chooser().unwrap_or(0), branch)
    }

    /// What an actor can tell of the present point at a branch: statement, clock and observations.
    pub fn standing_of(&self, actor: usize, branch: usize) -> Fingerprint {
        let base = self.fingerprints.len() - self.layout.actors;
        self.fingerprints[base + actor].then(self.clock(branch as u64))
    }

    /// The two answers that are open to an offer.
    pub fn answers(&self, offer: Option<usize>, packages: usize, repeat: usize) -> [usize; 2] {
        let view = self.view();
        let first = (view.index(RepeatId(repeat as u32)) - 1.0).max(0.0) as usize * (packages + 1);
        let offered = offer.map_or(1.0, |offer| view.variable(VariableId(offer as u32)));
        [first + (offered - 1.0).max(0.0) as usize, first + packages]
    }

    /// Goes on with an option of the branch at which the machine stopped, in a frame of its own.
    pub fn take(&mut self, branch: usize, option: usize) {
        let declared: &Branch = &self.program.branches[branch];
        let (values, prints) = (self.values.len(), self.fingerprints.len());
        self.values.extend_from_within(values - self.layout.width..);
        if !self.blind {
            self.fingerprints
                .extend_from_within(prints - self.layout.actors..);
        }
        let mut frame = *self.frame();
        let choice = &declared.options[option];
        frame.at = choice.target;
        self.frames.push(frame);
        self.put(declared.variable, choice.value);
        for (variable, value) in &choice.also {
            self.put(*variable, *value);
        }
        if !self.blind {
            self.happen(branch, option, frame.pending == AT_ONCE);
        }
    }

    /// Lets actors observe an option of a branch; all who see it if it is seen at once, else its chooser.
    fn happen(&mut self, branch: usize, option: usize, at_once: bool) {
        let declared = &self.program.branches[branch];
        let clock = self.clock(branch as u64 ^ (1 << 41));
        let observed = clock ^ (option as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let happening = Happening {
            branch: branch as u32,
            option: option as u32,
            round: self.round_here(),
            observed,
        };
        self.happenings.push(happening);
        let sees = match (at_once, declared.chooser()) {
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
        let prints = self.fingerprints.len() - self.layout.actors;
        if !self.blind {
            self.fingerprints.truncate(prints);
        }
        let (happened, calls) = self
            .frames
            .last()
            .map_or((0, 0), |frame| (frame.happened, frame.calls));
        self.happenings.truncate(happened as usize);
        self.calls.truncate(calls as usize);
    }

    /// A grid's option as value of its variable, for guards that speak of it.
    pub fn try_value(&mut self, variable: usize, value: f64) -> f64 {
        let before = self.view().variable(VariableId(variable as u32));
        self.put(variable, value);
        before
    }
}
