//! Explanations in words.

use crate::concept::Concept;
use crate::conflict::Conflict;
use crate::explain::{Answer, Explanation, Improvement, Reply, Step};

/// At most so many answered improvements are told one by one.
const TOLD: usize = 3;

/// A state in words: its name, or its number and the options chosen.
pub fn state_words(conflict: &Conflict, state: usize) -> String {
    if let Some(label) = conflict.label(state) {
        return label.to_owned();
    }
    let number = state + 1;
    let Some(states) = conflict.states().filter(|_| state < conflict.size()) else {
        return format!("state {number}");
    };
    let options = conflict.options().iter().enumerate();
    let chosen: Vec<&str> = options
        .filter(|(k, _)| states.bits(state) >> k & 1 == 1)
        .map(|(_, option)| option.name.as_str())
        .collect();
    match chosen.as_slice() {
        [] => format!("state {number} (nothing chosen)"),
        chosen => format!("state {number} ({})", chosen.join(", ")),
    }
}

/// A move in words, as after "by": which options are taken up and given up.
pub fn move_words(conflict: &Conflict, from: usize, to: usize) -> String {
    let Some(states) = conflict.states() else {
        return format!("moving to {}", state_words(conflict, to));
    };
    let (from, target) = (states.bits(from), states.bits(to));
    let changed = conflict.options().iter().enumerate();
    let changed = changed.filter(|(k, _)| (from ^ target) >> k & 1 == 1);
    let words: Vec<String> = changed
        .map(|(k, option)| {
            let (words, plain) = if target >> k & 1 == 1 {
                (&option.doing, "choosing")
            } else {
                (&option.undoing, "giving up")
            };
            words
                .clone()
                .unwrap_or_else(|| format!("{plain} “{}”", option.name))
        })
        .collect();
    match words.len() {
        0 => format!("moving to {}", state_words(conflict, to)),
        _ => list(&words, "and"),
    }
}

/// The explanation in one or two sentences: "From the blockade, Moscow would gain by withdrawing, and Washington has no
/// countermove that hurts it."
pub fn sentence(conflict: &Conflict, explanation: &Explanation) -> String {
    let speaker = Speaker {
        conflict,
        explanation,
    };
    let place = state_words(conflict, explanation.state);
    let actor = &conflict.actors()[explanation.actor];
    let mut told = match (explanation.improvements.last(), explanation.concept) {
        (None, Concept::Limited(horizon)) => {
            format!(
                "From {place}, looking {}, {actor} would rather stay.",
                ahead(horizon)
            )
        }
        (Some(improvement), Concept::Limited(horizon)) => speaker.foreseen(improvement, horizon),
        (None, _) => format!("From {place}, {actor} has no move to anything that it likes better."),
        (Some(last), _) if !explanation.stable => speaker.unanswered(last),
        (Some(_), _) => speaker.answered(),
    };
    if let Some(first) = told.get(..1).map(str::to_uppercase) {
        told.replace_range(..1, &first);
    }
    told
}

fn ahead(horizon: u32) -> String {
    match horizon {
        1 => "one move ahead".to_owned(),
        horizon => format!("{horizon} moves ahead"),
    }
}

struct Speaker<'a> {
    conflict: &'a Conflict,
    explanation: &'a Explanation,
}

impl Speaker<'_> {
    fn actor(&self) -> &str {
        &self.conflict.actors()[self.explanation.actor]
    }

    fn place(&self) -> String {
        state_words(self.conflict, self.explanation.state)
    }

    fn by_moving(&self, to: usize) -> String {
        move_words(self.conflict, self.explanation.state, to)
    }

    /// The others, as the subject of "has".
    fn others(&self) -> String {
        let actors = self.conflict.actors().iter().enumerate();
        let others: Vec<&String> = actors
            .filter(|(k, _)| *k != self.explanation.actor)
            .map(|(_, name)| name)
            .collect();
        match others.as_slice() {
            [only] => (*only).clone(),
            _ => "nobody else".to_owned(),
        }
    }

    /// "Washington has no", or "nobody else has a".
    fn have_no(&self) -> String {
        let others = self.others();
        let article = if others == "nobody else" { "a" } else { "no" };
        format!("{others} has {article}")
    }

    fn kind(&self) -> &'static str {
        match self.explanation.concept {
            Concept::Sequential | Concept::SymmetricSequential => "countermove in its own interest",
            Concept::Simultaneous => "move of its own interest at the same time",
            _ => "countermove",
        }
    }

    fn unanswered(&self, improvement: &Improvement) -> String {
        let gain = format!(
            "From {}, {} would gain by {}",
            self.place(),
            self.actor(),
            self.by_moving(improvement.to)
        );
        match &improvement.reply {
            Reply::Escape { answer, to } => format!(
                "{gain}: {} would hurt it, but {} could get away by {}.",
                self.steps(&answer.steps, improvement.to),
                self.actor(),
                move_words(self.conflict, answer.end, *to)
            ),
            _ if self.explanation.concept == Concept::Nash => format!("{gain}."),
            Reply::NoCountermove => format!("{gain}, and {} {}.", self.have_no(), self.kind()),
            _ => format!(
                "{gain}, and {} {} that hurts it.",
                self.have_no(),
                self.kind()
            ),
        }
    }

    fn answered(&self) -> String {
        let improvements = &self.explanation.improvements;
        let answers = improvements
            .iter()
            .filter_map(|improvement| match &improvement.reply {
                Reply::Answered(answer) => Some((improvement.to, answer)),
                _ => None,
            });
        let answers: Vec<(usize, &Answer)> = answers.collect();
        let told: Vec<String> = answers
            .iter()
            .take(TOLD)
            .map(|(to, a)| self.answer(*to, a))
            .collect();
        let from = format!("From {}, {}", self.place(), self.actor());
        let held = match self.explanation.concept {
            Concept::SymmetricGeneral | Concept::SymmetricSequential => {
                ", and from there it could not get away"
            }
            _ => "",
        };
        match (told.as_slice(), answers.len()) {
            ([only], _) => format!("{from} could gain by {only}{held}."),
            (_, count) if count > TOLD => format!(
                "{from} could gain in {count} ways, but each can be answered{held}. For example by {}.",
                told.join("; or by ")
            ),
            (_, count) => format!(
                "{from} could gain in {count} ways, but each can be answered{held}: by {}.",
                told.join("; or by ")
            ),
        }
    }

    fn answer(&self, to: usize, answer: &Answer) -> String {
        let end = state_words(self.conflict, answer.end);
        let than = format!("{end}, which it likes no better than {}", self.place());
        if self.explanation.concept == Concept::Simultaneous {
            let state = self.explanation.state;
            let moves: Vec<String> = answer
                .steps
                .iter()
                .map(|step| self.own_step(step, state))
                .collect();
            return format!(
                "{}, but with {} at the same time it would end at {than}",
                self.by_moving(to),
                list(&moves, "and")
            );
        }
        let steps = self.steps(&answer.steps, to);
        format!(
            "{}, but {steps} would lead it to {than}",
            self.by_moving(to)
        )
    }

    fn own_step(&self, step: &Step, from: usize) -> String {
        let actor = &self.conflict.actors()[step.actor];
        format!("{actor} {}", move_words(self.conflict, from, step.to))
    }

    /// "Washington attacking, then London withdrawing".
    fn steps(&self, steps: &[Step], from: usize) -> String {
        let mut at = from;
        let mut told = Vec::new();
        for step in steps {
            told.push(self.own_step(step, at));
            at = step.to;
        }
        told.join(", then ")
    }

    fn foreseen(&self, improvement: &Improvement, horizon: u32) -> String {
        let end = match improvement.reply {
            Reply::Ends { end } => state_words(self.conflict, end),
            _ => state_words(self.conflict, improvement.to),
        };
        format!(
            "From {}, looking {}, {} would begin by {}, as it expects play to end at {end}.",
            self.place(),
            ahead(horizon),
            self.actor(),
            self.by_moving(improvement.to)
        )
    }
}

/// "a, b and c".
fn list(words: &[String], join: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} {join} {last}", rest.join(", ")),
    }
}
