//! How far the solution can be trusted, and how to read that.

use detente_findings::model::{Check, Findings};

use super::markup::{Column, Section, Table, code, escape, key, label};
use super::{actor_index, actor_label};
use crate::number::{self, Scale};

/// The certificate, the scenario's checks of itself, and the size of the game.
pub(super) fn certificate(findings: &Findings) -> Option<Section> {
    let c = &findings.certificate;
    let (class, verdict) = if c.trustworthy {
        ("good", "Trustworthy.")
    } else {
        ("bad", "Not trustworthy.")
    };
    let mut body = format!(
        "<p class=\"verdict {class}\"><strong>{verdict}</strong> {}</p>\n\
         <p>The certificate was computed from the game and the strategies alone, by code that does not know how they were \
         found. For each actor it holds everybody else’s behaviour fixed and works out the best reply to it. What that \
         reply would give more is the actor’s <i>gain from deviating</i>. In an equilibrium nobody has such a gain; a gain of 0.01 % \
         of the range between an actor’s worst and best payoff is, for every practical purpose, none.</p>\n",
        escape(&c.sentence)
    );
    if !c.actors.is_empty() {
        body.push_str(&gains_table(findings));
    }
    body.push_str(&format!(
        "<p>The largest gain of any actor is {} of its payoff range. At single information sets, those that are never reached \
         included, it is {}{}.{}</p>\n",
        number::small_percent(c.largest_relative_gain),
        number::small_percent(c.largest_relative_gain_at_sets),
        c.worst_set
            .as_ref()
            .map(|s| format!(" (at “{}”)", label(s)))
            .unwrap_or_default(),
        precision_words(findings),
    ));
    body.push_str(&checks(&findings.expects));
    body.push_str(&game(findings));
    Some(Section {
        id: "certificate",
        title: "How far to trust the solution",
        body,
    })
}

fn precision_words(findings: &Findings) -> String {
    let c = &findings.certificate;
    let precision = c
        .precision
        .map(|p| {
            format!(
                " The strategies are those of precision {}.",
                number::precision(p)
            )
        })
        .unwrap_or_default();
    let residual = c
        .residual
        .map(|r| {
            format!(
                " They satisfy the logit equation with a relative residual of {}.",
                number::scientific(r)
            )
        })
        .unwrap_or_default();
    format!("{precision}{residual}")
}

fn gains_table(findings: &Findings) -> String {
    let actors = &findings.certificate.actors;
    let range = Scale::of(actors.iter().map(|a| a.payoff_range));
    let mut table = Table::new(
        "Largest gain from deviating, by actor",
        &[
            (Column::Head, "Actor"),
            (Column::Number, "Gain, own units"),
            (Column::Number, "Payoff range"),
            (Column::Number, "Share of range"),
        ],
    );
    for a in actors {
        table.row(vec![
            format!(
                "{}{}",
                key("actor", actor_index(findings, &a.id)),
                label(actor_label(findings, &a.id))
            ),
            number::plain(a.gain, false),
            range.write(a.payoff_range),
            number::small_percent(a.relative_gain),
        ]);
    }
    table.html()
}

fn checks(checks: &[Check]) -> String {
    if checks.is_empty() {
        return String::new();
    }
    let failed = checks.iter().filter(|c| !c.holds).count();
    let applying = checks.iter().filter(|c| c.applies).count();
    let mut sentence = match failed {
        0 => format!("All {applying} checks hold."),
        n => format!("<strong>{n} of {applying} checks fail.</strong>"),
    };
    if applying < checks.len() {
        sentence.push_str(&format!(
            " {} do not apply at these numbers.",
            checks.len() - applying
        ));
    }
    let mut table = Table::new(
        "Checks of the scenario",
        &[
            (Column::Head, "Check"),
            (Column::Number, "Left"),
            (Column::Number, "Right"),
            (Column::Words, "Holds"),
            (Column::Words, "Why it must"),
        ],
    )
    .stacked();
    let side = |v: Option<f64>| v.map_or_else(|| "–".to_string(), |v| number::plain(v, false));
    for c in checks {
        table.row(vec![
            code(&c.text),
            side(c.left),
            side(c.right),
            match (c.applies, c.holds) {
                (false, _) => "does not apply here",
                (true, true) => "yes",
                (true, false) => "<strong class=\"bad\">no</strong>",
            }
            .to_string(),
            label(&c.why),
        ]);
    }
    format!(
        "<h3>Checks of the model itself</h3>\n<p>The scenario states what its own logic forces. {sentence}</p>\n{}",
        table.html()
    )
}

fn game(findings: &Findings) -> String {
    let g = &findings.game;
    format!(
        "<h3>The game that was solved</h3>\n<p>{}, {} of them ends of paths; {} of {} with {} between them; the longest path \
         has {}. It takes {:.1}\u{a0}MB of memory. Reading, expanding, solving and answering took {}.</p>\n",
        number::counted(g.nodes, "node", "nodes"),
        number::count(g.ends as u64),
        number::counted(g.information_sets, "information set", "information sets"),
        number::counted(g.actors, "actor", "actors"),
        number::counted(g.actions, "action", "actions"),
        number::counted(g.depth, "step", "steps"),
        g.bytes as f64 / 1e6,
        number::seconds(findings.seconds),
    )
}
