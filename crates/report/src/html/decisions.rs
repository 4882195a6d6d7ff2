//! Every actor's decisions at the information sets that matter.

use detente_findings::model::{Decision, Findings};

use super::markup::{Section, key, label, listed};
use crate::number::{self, Scale};

/// Information sets of an actor that stand open; the others wait behind a fold.
const OPEN: usize = 4;
/// Beliefs shown at an information set.
const MOST_BELIEFS: usize = 5;

/// Decisions grouped by actor, by reach.
pub(super) fn decisions(findings: &Findings) -> Option<Section> {
    if findings.decisions.is_empty() {
        return None;
    }
    let mut body = "<p>At each information set the actor knows only what its name says. The bar and the percentage give how \
         likely each option is taken there; <i>worth</i> is the actor’s expected payoff if it takes that option here and \
         all play on as they do. Where options are worth nearly the same, a mixture is what keeps the others from \
         exploiting a habit; where a worse option keeps a sizeable share, the precision is still low.</p>\n"
        .to_string();
    for (index, actor) in findings.actors.iter().enumerate() {
        let mut own: Vec<&Decision> = findings
            .decisions
            .iter()
            .filter(|d| d.actor == actor.id)
            .collect();
        own.sort_by(|a, b| b.reach.total_cmp(&a.reach));
        if own.is_empty() {
            continue;
        }
        body.push_str(&format!(
            "<h3>{}{}</h3>\n",
            key("actor", index),
            label(&actor.label)
        ));
        let cards: Vec<String> = own.iter().map(|d| card(d, index)).collect();
        let (open, folded) = cards.split_at(cards.len().min(OPEN));
        body.push_str(&open.concat());
        if !folded.is_empty() {
            body.push_str(&format!(
                "<details class=\"more\"><summary>{} more: {}</summary>\n{}</details>\n",
                folded.len(),
                label(&actor.label),
                folded.concat()
            ));
        }
    }
    Some(Section {
        id: "decisions",
        title: "Who decides what",
        body,
    })
}

fn card(decision: &Decision, actor: usize) -> String {
    let scale = Scale::of(decision.options.iter().map(|o| o.value));
    let rows: String = decision
        .options
        .iter()
        .map(|o| {
            format!(
                "<tr><th scope=\"row\">{}</th><td class=\"bar\"><span style=\"width:{:.2}%;background:var(--actor-{})\"></span></td>\
                 <td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
                label(&o.label),
                100.0 * if o.probability.is_finite() { o.probability.clamp(0.0, 1.0) } else { 0.0 },
                actor % 10,
                number::percent(o.probability),
                scale.write(o.value)
            )
        })
        .collect();
    format!(
        "<article class=\"decision\">\n<h4>{}</h4>\n<p class=\"reach\">Reached in {} of courses{}</p>\n\
         <table class=\"options\"><thead><tr><th scope=\"col\">Option</th><td></td><th scope=\"col\" class=\"n\">Taken</th>\
         <th scope=\"col\" class=\"n\">Worth</th></tr></thead><tbody>\n{rows}</tbody></table>\n{}</article>\n",
        name(&decision.name),
        number::percent(decision.reach),
        gain(decision, scale),
        beliefs(decision),
    )
}

/// Who stands where, and, set off from it, what it has seen until then.
fn name(name: &str) -> String {
    match name.split_once(", after: ") {
        Some((who, seen)) => format!(
            "{}, <span class=\"seen\">after: {}</span>",
            label(who),
            label(seen)
        ),
        None => label(name),
    }
}

/// What the mixture leaves on the table, where that can be seen at the digits shown.
fn gain(decision: &Decision, scale: Scale) -> String {
    let more = scale.write(decision.gain);
    if decision.gain > 0.0 && more.chars().any(|c| ('1'..='9').contains(&c)) {
        format!("; its best option alone would give {more} more")
    } else {
        String::new()
    }
}

fn beliefs(decision: &Decision) -> String {
    let said: Vec<String> = decision
        .beliefs
        .iter()
        .take(MOST_BELIEFS)
        .map(|b| {
            format!(
                "{} <span class=\"p\">{}</span>",
                label(&b.words),
                number::percent(b.probability)
            )
        })
        .collect();
    if said.is_empty() {
        return String::new();
    }
    let rest: f64 = decision
        .beliefs
        .iter()
        .skip(MOST_BELIEFS)
        .map(|b| b.probability)
        .sum();
    let rest = if rest > 0.0 {
        format!(
            "; anything else <span class=\"p\">{}</span>",
            number::percent(rest)
        )
    } else {
        String::new()
    };
    format!(
        "<p class=\"beliefs\">Believes: {}{rest}.</p>\n",
        listed(&said)
    )
}
