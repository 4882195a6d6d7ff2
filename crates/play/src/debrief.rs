//! What is told at the end: what was hidden, what the choices were worth, what was luck.

use serde::{Deserialize, Serialize};

use crate::event::By;

/// All that is told at the end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Debrief {
    /// Title of the scenario.
    pub title: String,
    /// Sentences that say the main things, in plain words.
    pub headlines: Vec<String>,
    /// How it ended; none where the facilitator called the end before that.
    pub ending: Option<EndingDebrief>,
    /// How likely this very course was from the start, by the strategies of all: in 0..1.
    pub likelihood: f64,
    /// All that happened, in order.
    pub story: Vec<StepDebrief>,
    /// Every actor, in the order declared; those that persons sat for have their decisions.
    pub actors: Vec<ActorDebrief>,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EndingDebrief {
    /// Name in the scenario.
    pub id: String,
    /// Label.
    pub label: String,
    /// How likely this ending was from the start, by the strategies of all: in 0..1.
    pub likelihood: f64,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepDebrief {
    /// Round, from 1; none outside rounds.
    pub round: Option<u16>,
    /// Who brought it about.
    pub by: By,
    /// Label of the actor that chose, where one did.
    pub actor: Option<String>,
    /// What was chosen or drawn.
    pub words: String,
    /// How likely it was there: by the actor's strategy, or by the odds of the draw; in 0..1.
    pub probability: f64,
    /// Labels of the actors that did not see it when it happened, or when it was revealed with what was chosen together
    /// with it.
    pub hidden_from: Vec<String>,
}

/// An actor looked back upon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ActorDebrief {
    /// Name in the scenario.
    pub actor: String,
    /// Label.
    pub label: String,
    /// The seat that decided for it; none where the program did.
    pub seat: Option<String>,
    /// What it could expect at the start, in its own points.
    pub expected: f64,
    /// What it got; where the end was called, what it could expect then.
    pub got: f64,
    /// Its smallest payoff at any end.
    pub least: f64,
    /// Its largest payoff at any end.
    pub most: f64,
    /// Where the difference between `got` and `expected` comes from.
    pub parts: Parts,
    /// Sentences about it, in plain words.
    pub words: Vec<String>,
    /// The decisions that a person took for it, in order.
    pub decisions: Vec<DecisionDebrief>,
}

/// Where the difference between what an actor got and what it could expect at the start comes from: the parts add up
/// to it exactly.
///
/// With V the actor's expected payoff at a node by the strategies of all, every step of the course adds V(child) −
/// V(node), and these differences telescope. A draw's goes to `draws`, or to `facilitator` where it was laid down;
/// another actor's choice to `others`. Of the actor's own choice, what could be known goes to `decisions`: what the
/// option is worth at the information set, less what the actor's strategy is worth there. The rest, which the actor
/// could not know, goes to `hidden`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// Luck of the draws.
    pub draws: f64,
    /// Draws that the facilitator laid down.
    pub facilitator: f64,
    /// What the others chose.
    pub others: f64,
    /// What the actor's own choices brought because of what it could not see.
    pub hidden: f64,
    /// What they were better (above 0) or worse than its strategy, as far as it could know.
    pub decisions: f64,
}

impl Parts {
    /// All parts together.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.draws + self.facilitator + self.others + self.hidden + self.decisions
    }
}

/// A decision looked back upon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionDebrief {
    /// Number of the decision among those of the actor, from 1.
    pub number: usize,
    /// Round, from 1; none outside rounds.
    pub round: Option<u16>,
    /// What was to be decided, in words.
    pub about: String,
    /// Label of what was chosen.
    pub chosen: String,
    /// All that could have been chosen.
    pub options: Vec<WeighedOption>,
    /// How good the choice was as far as the actor could know.
    pub foresight: Quality,
    /// How good it was given all that was hidden.
    pub hindsight: Quality,
    /// What had happened that the actor could not see.
    pub hidden: Vec<HiddenThing>,
    /// A sentence about it.
    pub words: String,
}

/// Something that could have been chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeighedOption {
    /// Its label.
    pub label: String,
    /// Whether it was chosen.
    pub chosen: bool,
    /// How often the actor's strategy takes it, in 0..1.
    pub probability: f64,
    /// What it was worth to the actor as far as it could know, in its own points, if all went on by their strategies.
    pub foresight: f64,
    /// What it was worth given all that was hidden.
    pub hindsight: f64,
}

/// How good a choice was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Label of the best option.
    pub best: String,
    /// How much less the choice was worth than the best, in the actor's own points: 0 or more.
    pub loss: f64,
    /// The same as a share of all that was at stake for the actor over the whole game, in 0..1.
    pub share: f64,
    /// In words: "as good as any".
    pub words: String,
}

/// Something that an actor could not see.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HiddenThing {
    /// What.
    pub words: String,
    /// How likely the actor had reason to think it, by the strategies of all: in 0..1.
    pub believed: f64,
}
