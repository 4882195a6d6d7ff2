//! A play: where it stands, what may be done, and the list of events that brings it back.

use std::sync::Arc;

use detente_expand::Observer;

use crate::error::PlayError;
use crate::event::{By, Event, Seat, Setup};
use crate::luck::{pick, uniform};
use crate::overview::Injection;
use crate::table::{ROUNDING, Table};

/// A step of the present course.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    /// Where.
    pub node: u32,
    /// Position of the option that was taken, among those that were open.
    pub k: usize,
    /// Who took it.
    pub by: By,
}

/// What a seat can tell of where the play stands; equal for two courses just if it is shown the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    /// What each of its actors has seen.
    seen: Vec<u32>,
    /// The information set at which it is asked.
    asked: Option<usize>,
    over: bool,
}

/// A play at a [`Table`]: who sits where and all that happened.
///
/// It rests wherever a person is to choose, and at the end; draws and the choices of the program are made at once.
/// Each draw and each choice of the program has a random stream of its own, told by the seed, by the statement of
/// the scenario and by how often the course has come to it. So a choice that is taken back and made otherwise meets
/// the same luck: an undo does not cast the dice anew.
#[derive(Clone, Debug)]
pub struct Play {
    table: Arc<Table>,
    setup: Setup,
    /// Per seat, its actors.
    seats: Vec<Vec<usize>>,
    /// Per actor, its seat.
    seat_of: Vec<Option<usize>>,
    events: Vec<Event>,
    pub(crate) steps: Vec<Step>,
    node: u32,
    /// Draws that are laid down, with the positions in the course at which they were used.
    injections: Vec<(Injection, Option<usize>)>,
    paused: bool,
    called: bool,
    /// Per seat: choices made, those taken back included, and undos that it noticed.
    turns: Vec<u32>,
}

impl Play {
    /// Seats people and plays to the first decision of a person, or to the end.
    ///
    /// # Errors
    /// Seats that make no sense.
    pub fn begin(table: Arc<Table>, setup: Setup) -> Result<Play, PlayError> {
        let mut play = Play::seated(table, setup)?;
        play.advance();
        Ok(play)
    }

    /// A play brought back from its events. Where the last of them was not followed to the next decision of a person,
    /// that is done, so that there may be more events than were given.
    ///
    /// # Errors
    /// Events that are none of a play of this game.
    pub fn replay(table: Arc<Table>, events: &[Event]) -> Result<Play, PlayError> {
        let unfit = |at: usize, why: &str| PlayError::Unfit {
            at,
            why: why.to_owned(),
        };
        let Some(Event::Seated { game, setup }) = events.first() else {
            return Err(unfit(0, "a play begins with who sits where"));
        };
        if *game != table.mark() {
            return Err(unfit(
                0,
                &format!("it is of the game “{}”, or of other numbers", game.title),
            ));
        }
        let mut play = Play::seated(table, setup.clone())?;
        for (at, event) in events.iter().enumerate().skip(1) {
            play.apply(event).map_err(|why| unfit(at, &why))?;
        }
        play.advance();
        Ok(play)
    }

    fn seated(table: Arc<Table>, setup: Setup) -> Result<Play, PlayError> {
        let (seats, seat_of) = seats(&table, &setup.seats)?;
        let event = Event::Seated {
            game: table.mark(),
            setup: setup.clone(),
        };
        Ok(Play {
            table,
            setup,
            turns: vec![0; seats.len()],
            seats,
            seat_of,
            events: vec![event],
            steps: Vec::new(),
            node: 0,
            injections: Vec::new(),
            paused: false,
            called: false,
        })
    }

    /// All that happened. It only ever grows: whoever keeps a play keeps what is new at its end after each call.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Who sits where.
    #[must_use]
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The game.
    #[must_use]
    pub fn table(&self) -> &Arc<Table> {
        &self.table
    }

    /// Whether the play has come to its end, or the facilitator has called it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.called || self.table.is_end(self.node)
    }

    /// Whether the facilitator has paused it.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// Whether the facilitator called the end before the play had come to it.
    #[must_use]
    pub fn is_called(&self) -> bool {
        self.called
    }

    /// Number of the seat that is to choose, from 0; none at the end. Not for other seats to know: see
    /// [`View::waiting_for`](crate::View::waiting_for).
    #[must_use]
    pub fn to_move(&self) -> Option<usize> {
        let set = self.table.set(self.node).filter(|_| !self.called)?;
        self.seat_of[self.table.owner(set)]
    }

    /// Takes an option for a seat. `option` counts from 1 in the order of its question; `turn` is that of the view
    /// that it answers, so that an answer that was sent twice or came too late does no harm.
    ///
    /// # Errors
    /// The play rests or is over, it is not the seat's turn, the question is an older one, or there is no such option.
    pub fn choose(&mut self, seat: usize, turn: u32, option: usize) -> Result<(), PlayError> {
        if seat >= self.seats.len() {
            return Err(PlayError::NoSeat(seat));
        }
        if self.is_over() {
            return Err(PlayError::Over);
        }
        if self.paused {
            return Err(PlayError::Paused);
        }
        // An answer to an older question is told as such before anything about the present one is.
        if turn != self.turn(seat) {
            return Err(PlayError::Stale);
        }
        if self.to_move() != Some(seat) {
            return Err(PlayError::NotYourTurn);
        }
        let options = self.table.arity(self.node);
        if option == 0 || option > options {
            return Err(PlayError::NoOption {
                number: option,
                options,
            });
        }
        self.take(option - 1, By::Person);
        self.advance();
        Ok(())
    }

    /// Lays down how the next draw of a variable comes out. It holds from the first draw of this variable where that
    /// can come out at all, and what was laid down for the variable before no longer does.
    ///
    /// # Errors
    /// Nothing of this kind can still be drawn with this result, or the play is over.
    pub fn inject(&mut self, variable: &str, option: &str) -> Result<(), PlayError> {
        if self.is_over() {
            return Err(PlayError::Over);
        }
        let wanted = Injection {
            variable: variable.to_owned(),
            option: option.to_owned(),
        };
        let possible = self.injectable();
        let known = possible.iter().any(|draw| {
            draw.variable == variable && draw.options.iter().any(|(id, _)| id == option)
        });
        if !known {
            return Err(PlayError::NoDraw {
                variable: wanted.variable,
                option: wanted.option,
            });
        }
        self.lay_down(wanted);
        Ok(())
    }

    /// Takes back what was laid down and is not drawn yet.
    ///
    /// # Errors
    /// Nothing is laid down for this variable.
    pub fn withdraw(&mut self, variable: &str) -> Result<(), PlayError> {
        if !self.pending().any(|laid| laid.variable == variable) {
            return Err(PlayError::NothingLaidDown(variable.to_owned()));
        }
        self.forget(variable);
        self.events.push(Event::Withdrawn {
            variable: variable.to_owned(),
        });
        Ok(())
    }

    /// Lets nobody choose until [`Play::resume`].
    ///
    /// # Errors
    /// It is paused or over.
    pub fn pause(&mut self) -> Result<(), PlayError> {
        match (self.is_over(), self.paused) {
            (true, _) => Err(PlayError::Over),
            (_, true) => Err(PlayError::Paused),
            _ => {
                self.paused = true;
                self.events.push(Event::Paused);
                Ok(())
            }
        }
    }

    /// Goes on after [`Play::pause`].
    ///
    /// # Errors
    /// It is not paused.
    pub fn resume(&mut self) -> Result<(), PlayError> {
        if !self.paused {
            return Err(PlayError::NotPaused);
        }
        self.paused = false;
        self.events.push(Event::Resumed);
        Ok(())
    }

    /// Takes back the last choice of a person and all that followed, so that it is asked for again; after
    /// [`Play::call`], that alone. A pause stays. A draw that was laid down for what is taken back is laid down again.
    ///
    /// # Errors
    /// Nobody has chosen anything.
    pub fn undo(&mut self) -> Result<(), PlayError> {
        let chosen = self.steps.iter().any(|step| step.by == By::Person);
        if !self.called && !chosen {
            return Err(PlayError::NothingToUndo);
        }
        self.take_back();
        self.events.push(Event::Undone);
        Ok(())
    }

    /// Ends the play where it stands, as when the time is up.
    ///
    /// # Errors
    /// It is over already.
    pub fn call(&mut self) -> Result<(), PlayError> {
        if self.is_over() {
            return Err(PlayError::Over);
        }
        self.called = true;
        self.paused = false;
        self.events.push(Event::Called);
        Ok(())
    }

    /// Draws that are laid down and not used.
    pub(crate) fn pending(&self) -> impl Iterator<Item = &Injection> {
        let waiting = self.injections.iter().filter(|(_, used)| used.is_none());
        waiting.map(|(injection, _)| injection)
    }

    /// Where the play stands.
    pub(crate) fn node(&self) -> u32 {
        self.node
    }

    /// The actors of a seat.
    pub(crate) fn actors(&self, seat: usize) -> &[usize] {
        self.seats.get(seat).map_or(&[], Vec::as_slice)
    }

    /// The seat of an actor.
    pub(crate) fn seat_of(&self, actor: usize) -> Option<usize> {
        self.seat_of[actor]
    }

    /// Number of the question that a seat is asked or will be asked next: from 1, one more after each of its choices
    /// and after each undo that it can notice.
    pub(crate) fn turn(&self, seat: usize) -> u32 {
        self.turns[seat] + 1
    }

    /// What a seat can tell of where the play stands.
    pub(crate) fn standing(&self, seat: usize) -> Standing {
        let seen = self.seats[seat].iter();
        let asked = self.to_move() == Some(seat);
        Standing {
            seen: seen
                .map(|&actor| self.table.seen(Observer::Actor(actor), self.node))
                .collect(),
            asked: self.table.set(self.node).filter(|_| asked),
            over: self.is_over(),
        }
    }

    /// Draws and lets the program choose until a person is to choose, or to the end.
    fn advance(&mut self) {
        while !self.is_over() && self.to_move().is_none() {
            let decision = self.table.set(self.node).is_some();
            match self.laid_down().filter(|_| !decision) {
                Some(k) => self.take(k, By::Facilitator),
                None => {
                    let by = if decision { By::Program } else { By::Chance };
                    self.take(self.cast(), by);
                }
            }
        }
    }

    /// What falls at the present draw or decision of the program.
    fn cast(&self) -> usize {
        let branch = self.table.edge(self.node, 0).branch;
        let before = self.steps.iter();
        let time = before
            .filter(|step| self.table.edge(step.node, step.k).branch == branch)
            .count();
        pick(
            self.table.probabilities(self.node),
            uniform(self.setup.seed, branch, time),
        )
    }

    /// The option that is laid down for the present draw, if it can come out.
    fn laid_down(&self) -> Option<usize> {
        let table = &self.table;
        let variable = table.edge(self.node, 0).variable;
        let variable = &table.scenario.variables[variable].id;
        let laid = self.pending().find(|laid| laid.variable == *variable)?;
        let possible = |k: &usize| table.probabilities(self.node)[*k] > 0.0;
        let same = |k: &usize| table.option_id(self.node, *k) == laid.option;
        (0..table.arity(self.node)).find(|k| possible(k) && same(k))
    }

    /// Goes on with an option, and notes the event.
    fn take(&mut self, k: usize, by: By) {
        let table = &self.table;
        let edge = table.edge(self.node, k);
        let variable = table.scenario.variables[edge.variable].id.clone();
        let option = table.expansion.words.options[edge.branch][edge.option]
            .bare
            .clone();
        let position = k as u32;
        let event = match (table.set(self.node), by) {
            (Some(set), By::Person) => Event::Chose {
                seat: self.seat_of[table.owner(set)].unwrap_or(0),
                actor: table.scenario.actors[table.owner(set)].id.clone(),
                variable,
                option,
                position,
            },
            (Some(set), _) => Event::Played {
                actor: table.scenario.actors[table.owner(set)].id.clone(),
                variable,
                option,
                position,
                erred: table.regret(set, k) > ROUNDING * table.stake(table.owner(set)),
            },
            (None, _) => Event::Drew {
                variable,
                option,
                position,
                injected: by == By::Facilitator,
            },
        };
        self.go(k, by);
        self.events.push(event);
    }

    fn go(&mut self, k: usize, by: By) {
        let edge = self.table.edge(self.node, k);
        if by == By::Facilitator {
            let variable = &self.table.scenario.variables[edge.variable].id;
            let at = self.steps.len();
            let laid = self.injections.iter_mut();
            for (_, used) in
                laid.filter(|(laid, used)| laid.variable == *variable && used.is_none())
            {
                *used = Some(at);
            }
        }
        if by == By::Person
            && let Some(seat) = self.to_move()
        {
            self.turns[seat] += 1;
        }
        self.steps.push(Step {
            node: self.node,
            k,
            by,
        });
        self.node = edge.child;
    }

    fn lay_down(&mut self, injection: Injection) {
        self.forget(&injection.variable);
        self.events.push(Event::Injected {
            variable: injection.variable.clone(),
            option: injection.option.clone(),
        });
        self.injections.push((injection, None));
    }

    fn forget(&mut self, variable: &str) {
        self.injections
            .retain(|(laid, used)| laid.variable != variable || used.is_some());
    }

    /// Of what is laid down for one variable and not used, only the latest counts.
    fn keep_latest(&mut self) {
        let waiting: Vec<String> = self.pending().map(|laid| laid.variable.clone()).collect();
        let mut at = 0;
        self.injections.retain(|(laid, used)| {
            if used.is_some() {
                return true;
            }
            let last = waiting
                .iter()
                .rposition(|variable| *variable == laid.variable);
            let keep = last == Some(at);
            at += 1;
            keep
        });
    }

    fn take_back(&mut self) {
        let before: Vec<Standing> = (0..self.seats.len()).map(|s| self.standing(s)).collect();
        if self.called {
            self.called = false;
        } else {
            while let Some(step) = self.steps.pop() {
                self.node = step.node;
                if step.by == By::Person {
                    break;
                }
            }
        }
        let left = self.steps.len();
        for (_, used) in &mut self.injections {
            *used = used.filter(|&at| at < left);
        }
        self.keep_latest();
        for (seat, before) in before.iter().enumerate() {
            if self.standing(seat) != *before {
                self.turns[seat] += 1;
            }
        }
    }

    /// Repeats an event; why it cannot be where it does not fit.
    fn apply(&mut self, event: &Event) -> Result<(), String> {
        let done = match event {
            Event::Seated { .. } => return Err("people sit down once, at the beginning".to_owned()),
            Event::Chose { position, seat, .. } => {
                if self.to_move() != Some(*seat) {
                    return Err("it was not this seat's turn".to_owned());
                }
                return self.repeat(*position, By::Person, event);
            }
            Event::Played { position, .. } => {
                let program = self.table.set(self.node).is_some() && self.to_move().is_none();
                if !program || self.called {
                    return Err("the program was not to choose".to_owned());
                }
                return self.repeat(*position, By::Program, event);
            }
            Event::Drew {
                position, injected, ..
            } => {
                let draw = self.table.set(self.node).is_none() && !self.is_over();
                if !draw {
                    return Err("nothing was to be drawn".to_owned());
                }
                let by = if *injected {
                    By::Facilitator
                } else {
                    By::Chance
                };
                return self.repeat(*position, by, event);
            }
            Event::Injected { variable, option } => {
                self.lay_down(Injection {
                    variable: variable.clone(),
                    option: option.clone(),
                });
                Ok(())
            }
            Event::Withdrawn { variable } => self.withdraw(variable),
            Event::Paused => self.pause(),
            Event::Resumed => self.resume(),
            Event::Undone => self.undo(),
            Event::Called => self.call(),
        };
        done.map_err(|error| error.to_string())
    }

    fn repeat(&mut self, position: u32, by: By, event: &Event) -> Result<(), String> {
        let k = position as usize;
        if k >= self.table.arity(self.node) {
            return Err("there is no such option".to_owned());
        }
        self.go(k, by);
        self.events.push(event.clone());
        Ok(())
    }
}

/// The actors of each seat, and the seat of each actor.
type Seating = (Vec<Vec<usize>>, Vec<Option<usize>>);

fn seats(table: &Table, seats: &[Seat]) -> Result<Seating, PlayError> {
    if seats.is_empty() {
        return Err(PlayError::NoSeats);
    }
    let mut of = vec![None; table.scenario.actors.len()];
    let mut actors = Vec::with_capacity(seats.len());
    for (number, seat) in seats.iter().enumerate() {
        let mut own = Vec::with_capacity(seat.actors.len());
        for name in &seat.actors {
            let actor = table.actor(name).ok_or_else(|| no_actor(table, name))?;
            if of[actor].replace(number).is_some() {
                return Err(PlayError::TwoSeats(name.clone()));
            }
            own.push(actor);
        }
        if own.is_empty() {
            return Err(PlayError::EmptySeat(seat.name.clone()));
        }
        own.sort_unstable();
        actors.push(own);
    }
    Ok((actors, of))
}

fn no_actor(table: &Table, name: &str) -> PlayError {
    let known = table.scenario.actors.iter();
    let known: Vec<String> = known.map(|actor| format!("`{}`", actor.id)).collect();
    PlayError::NoActor {
        name: name.to_owned(),
        known: known.join(", "),
    }
}
