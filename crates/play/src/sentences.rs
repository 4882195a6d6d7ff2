//! Sentences that say what a play came to.

use detente_findings::headlines::percent;

use crate::debrief::{ActorDebrief, Debrief, DecisionDebrief, Parts, Quality};
use crate::judge::NOTHING;
use crate::words::{points, signed};

/// Losses up to these shares of all that is at stake, in words.
const VERDICTS: [(f64, &str); 3] = [
    (NOTHING, "as good as any"),
    (0.02, "a little worse than the best"),
    (0.1, "clearly worse than the best"),
];
/// Larger ones.
const FAR: &str = "far worse than the best";

/// How good a choice was whose loss is this share of all that is at stake.
pub(crate) fn verdict(share: f64) -> &'static str {
    let known = VERDICTS.iter().find(|(most, _)| share < *most);
    known.map_or(FAR, |(_, words)| words)
}

/// The main sentences of a debrief.
pub(crate) fn headlines(debrief: &Debrief) -> Vec<String> {
    let mut sentences = vec![match &debrief.ending {
        Some(ending) => format!(
            "It ended in “{}”, which was {} likely at the start; this very course was {} likely.",
            ending.label,
            percent(ending.likelihood),
            percent(debrief.likelihood)
        ),
        None => format!(
            "The end was called before the play had come to it; what happened until then was {} likely.",
            percent(debrief.likelihood)
        ),
    }];
    let seated = debrief.actors.iter().filter(|actor| actor.seat.is_some());
    sentences.extend(seated.flat_map(named));
    sentences
}

/// What is to be said of an actor, where it does not stand below its name.
fn named(actor: &ActorDebrief) -> impl Iterator<Item = String> {
    let told = actor.words.iter().enumerate();
    told.map(|(i, sentence)| match i {
        0 => sentence.clone(),
        _ => format!("{}: {}", actor.label, uncapitalised(sentence)),
    })
}

fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// What is to be said of an actor below its name; only the first sentence names it.
pub(crate) fn actor(actor: &ActorDebrief, called: bool) -> Vec<String> {
    let mut sentences = vec![result(actor, called)];
    sentences.extend(difference(actor));
    sentences.extend(foresight(actor));
    sentences.extend(hindsight(actor));
    sentences
}

fn result(actor: &ActorDebrief, called: bool) -> String {
    let verb = if called { "could then expect" } else { "got" };
    format!(
        "{} {verb} {}, on a scale from {} to {}; at the start {} was to be expected.",
        actor.label,
        points(actor.got),
        points(actor.least),
        points(actor.most),
        points(actor.expected)
    )
}

/// The parts of the difference that matter, the largest first.
fn difference(actor: &ActorDebrief) -> Option<String> {
    let stake = actor.most - actor.least;
    let Parts {
        draws,
        facilitator,
        others,
        hidden,
        decisions,
    } = actor.parts;
    let mut parts = vec![
        (draws, "the luck of the draws"),
        (others, "what the others chose"),
        (hidden, "what it could not see"),
        (decisions, "its own choices"),
        (facilitator, "what the facilitator laid down"),
    ];
    parts.retain(|(part, _)| part.abs() >= NOTHING * stake && part.abs() > 0.0);
    parts.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let total = actor.got - actor.expected;
    let listed: Vec<String> = parts
        .iter()
        .map(|(part, words)| format!("{words} {}", signed(*part)))
        .collect();
    match listed.len() {
        0 => None,
        _ => Some(format!(
            "Of the difference of {}, {}.",
            signed(total),
            listed.join(", ")
        )),
    }
}

/// The costliest choice as far as the actor could know.
fn foresight(actor: &ActorDebrief) -> Option<String> {
    let (worst, quality) = costliest(actor, |decision| &decision.foresight)?;
    Some(if quality.share < NOTHING {
        match actor.decisions.len() {
            1 => "As far as it could know, its one choice was as good as any.".to_owned(),
            many => {
                format!("As far as it could know, each of its {many} choices was as good as any.")
            }
        }
    } else {
        format!(
            "As far as it could know, its costliest choice was “{}”{}: {} points, or {} of all that was at \
             stake, worse than “{}”.",
            worst.chosen,
            at_round(worst),
            points(quality.loss),
            percent(quality.share),
            quality.best
        )
    })
}

/// The choice that looks worst with hindsight.
fn hindsight(actor: &ActorDebrief) -> Option<String> {
    let (worst, quality) = costliest(actor, |decision| &decision.hindsight)?;
    Some(if quality.share < NOTHING {
        "Even with hindsight no other choice promised more.".to_owned()
    } else {
        format!(
            "With hindsight, “{}” instead of “{}”{} would have been worth {} points more.",
            quality.best,
            worst.chosen,
            at_round(worst),
            points(quality.loss)
        )
    })
}

fn costliest(
    actor: &ActorDebrief,
    quality: fn(&DecisionDebrief) -> &Quality,
) -> Option<(&DecisionDebrief, &Quality)> {
    // Of equals the first.
    let mut worst: Option<&DecisionDebrief> = None;
    for decision in &actor.decisions {
        if worst.is_none_or(|known| quality(decision).loss > quality(known).loss) {
            worst = Some(decision);
        }
    }
    worst.map(|decision| (decision, quality(decision)))
}

fn at_round(decision: &DecisionDebrief) -> String {
    decision
        .round
        .map_or_else(String::new, |round| format!(" in round {round}"))
}

/// One decision in a sentence.
pub(crate) fn decision(decision: &DecisionDebrief) -> String {
    if decision.options.len() == 1 {
        return format!("“{}” was all that could be done.", decision.chosen);
    }
    let chosen = decision.options.iter().find(|option| option.chosen);
    let often = chosen.map_or(0.0, |option| option.probability);
    format!(
        "“{}” was {} as far as could be known{}, and {} with hindsight{}. In equilibrium it is chosen {} of the time.",
        decision.chosen,
        decision.foresight.words,
        instead(&decision.foresight),
        decision.hindsight.words,
        instead(&decision.hindsight),
        percent(often)
    )
}

fn instead(quality: &Quality) -> String {
    match quality.share < NOTHING {
        true => String::new(),
        false => format!(" (“{}”: {} more)", quality.best, points(quality.loss)),
    }
}
