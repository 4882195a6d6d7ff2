//! `detente session`: one negotiation played out between styles.

use std::fmt::Write;

use detente_deal::session::{Act, End, Session, Step, Style, Terms, play};
use detente_findings::deal::agreed;
use detente_report::session_html;
use serde_json::{Value, json};

use crate::args::{SessionArgs, When};
use crate::failure::Failure;
use crate::pages::{page_file, write_page};
use crate::session_input::{Ready, failure, ready, seat, styles, terms};
use crate::session_page::{Told, page};
use crate::terminal::print;

/// Offers shown from the beginning and from the end.
const SHOWN: usize = 6;

/// Plays a session and prints it.
///
/// # Errors
/// Bad input; a space too large to enumerate.
pub fn run(args: &SessionArgs, color: When) -> Result<u8, Failure> {
    let mut styles = styles(&args.styles)?;
    let ready = ready(&args.table, color)?;
    if styles.is_empty() {
        styles = own_styles(&ready)?;
    }
    let mut terms = terms(&args.table);
    if let Some(name) = &args.opener {
        terms = terms.opened_by(seat(&ready.ids, name)?);
    }
    if styles.len() != ready.ids.len() {
        return Err(Failure::input(format!(
            "{} styles are given for {} parties ({}); give one per party",
            styles.len(),
            ready.ids.len(),
            ready.ids.join(", ")
        )));
    }
    terms.check(styles.len()).map_err(failure)?;
    let mut tactics: Vec<_> = (styles.iter().enumerate())
        .map(|(p, style)| style.tactic(&ready.prepared, p, &terms, !args.table.no_trades))
        .collect();
    let session = play(&ready.prepared, &mut tactics, &terms).map_err(failure)?;
    let told = Told {
        ready: &ready,
        styles: &styles,
        session: &session,
        terms: &terms,
        sentences: sentences(&ready, &session),
    };
    let page = (args.table.out.as_ref())
        .map(|out| Ok::<_, Failure>((page_file(out, "session.html"), page(&told, &args.plane)?)))
        .transpose()?;
    print(&if args.table.json {
        format!("{:#}\n", in_json(&ready, &styles, &session, &terms))
    } else {
        in_text(&ready, &styles, &session)
    })?;
    if let Some((path, page)) = page {
        write_page(&path, &session_html(&page))?;
        if !args.table.json {
            print(&format!("\nReport: {}\n", path.display()))?;
        }
    }
    Ok(0)
}

/// The styles that the scenario gives its actors.
fn own_styles(ready: &Ready) -> Result<Vec<Style>, Failure> {
    let without = ready.ids.iter().zip(&ready.styles);
    let without: Vec<&str> = without
        .filter(|(_, style)| style.is_none())
        .map(|(id, _)| id.as_str())
        .collect();
    if !without.is_empty() {
        return Err(Failure::input(format!(
            "no style is given for {}: name one per party, such as `patient blunt`, or write it behind the actor in \
             the scenario, as in `actor {} style patient`",
            without.join(", "),
            without[0]
        )));
    }
    Ok(ready.styles.iter().copied().flatten().collect())
}

pub fn labels(ready: &Ready, outcome: u32) -> Vec<String> {
    let domain = ready.prepared.space().domain();
    domain.labels(&domain.outcome(outcome as usize))
}

fn in_json(ready: &Ready, styles: &[Style], session: &Session, terms: &Terms) -> Value {
    let prepared = &ready.prepared;
    let (end, round) = match session.end {
        End::Agreement { round, .. } => ("agreement", round),
        End::NoAgreement { rounds } => ("no_agreement", rounds),
        End::Left { round, .. } => ("left", round),
    };
    let left = match session.end {
        End::Left { party, .. } => Some(&ready.ids[party]),
        End::Agreement { .. } | End::NoAgreement { .. } => None,
    };
    let agreement = session.agreement().map(|outcome| {
        json!({
            "outcome": labels(ready, outcome),
            "number": outcome,
            "values": prepared.values(outcome),
            "on_frontier": prepared.is_efficient(outcome),
            "distance": prepared.distance(outcome),
        })
    });
    let turn = |step: &Step| match step.act {
        Act::Offer(outcome) => json!({
            "party": ready.ids[step.party],
            "act": "offer",
            "outcome": labels(ready, outcome),
            "values": prepared.values(outcome),
        }),
        Act::Accept => json!({"party": ready.ids[step.party], "act": "accept"}),
        Act::Leave => json!({"party": ready.ids[step.party], "act": "leave"}),
    };
    let proposals = session.proposals.iter().map(|proposal| {
        json!({
            "party": ready.ids[proposal.party],
            "outcome": labels(ready, proposal.outcome),
            "values": prepared.values(proposal.outcome),
            "accepted": proposal.accepted,
        })
    });
    let settlement = session.settlement().map(
        |outcome| json!({"outcome": labels(ready, outcome), "values": prepared.values(outcome)}),
    );
    let parties = ready.ids.iter().zip(styles).zip(prepared.space().parties());
    json!({
        "parties": parties.map(|((id, style), party)| json!({
            "party": id,
            "style": style.name(),
            "fallback": party.fallback,
        })).collect::<Vec<_>>(),
        "rounds": terms.rounds,
        "opener": ready.ids[terms.opener],
        "end": end,
        "round": round,
        "left": left,
        "offers": session.offers(),
        "agreement": agreement,
        "payoffs": session.payoffs(prepared, terms),
        "deal_existed": !prepared.zone().is_empty(),
        "trace": session.trace.iter().map(turn).collect::<Vec<_>>(),
        "settlement": settlement,
        "proposals": proposals.collect::<Vec<_>>(),
    })
}

fn in_text(ready: &Ready, styles: &[Style], session: &Session) -> String {
    let prepared = &ready.prepared;
    let mut text = format!("{}\n\n", ready.title);
    let parties = prepared.space().parties();
    for ((id, party), style) in ready.ids.iter().zip(parties).zip(styles) {
        let name = if party.party == *id {
            id.clone()
        } else {
            format!("{} ({id})", party.party)
        };
        let _ = writeln!(text, "  {name}, {}: {}.", style.word(), style.manner());
    }
    text.push('\n');
    let turns = session.trace.len();
    let width = ready.ids.iter().map(|id| id.chars().count()).max();
    let width = width.unwrap_or(0);
    for (number, step) in session.trace.iter().enumerate() {
        if number == SHOWN && turns > 2 * SHOWN {
            let _ = writeln!(text, "  … {} turns", turns - 2 * SHOWN);
        }
        if number >= SHOWN && number + SHOWN < turns {
            continue;
        }
        let round = number / ready.ids.len() + 1;
        let id = &ready.ids[step.party];
        let did = match step.act {
            Act::Offer(outcome) => valued(ready, outcome),
            Act::Accept => "accepts".to_owned(),
            Act::Leave => "leaves".to_owned(),
        };
        let _ = writeln!(text, "  {round:>4}  {id:<width$}  {did}");
    }
    if let Some(afterwards) = afterwards(session) {
        let _ = writeln!(text, "\n{afterwards}");
    }
    for proposal in session.proposals.iter().filter(|p| p.accepted) {
        let (id, what) = (&ready.ids[proposal.party], valued(ready, proposal.outcome));
        let _ = writeln!(text, "   new  {id:<width$}  {what}");
    }
    let _ = writeln!(text, "\n{}", ending(ready, session));
    text
}

/// What an outcome is worth to all, and what it is.
fn valued(ready: &Ready, outcome: u32) -> String {
    let values = ready.prepared.values(outcome);
    let values: Vec<String> = values.iter().map(|v| format!("{v:.3}")).collect();
    format!(
        "{}  {}",
        values.join("  "),
        labels(ready, outcome).join(" · ")
    )
}

/// What came of the time that was left after the settlement, in a sentence.
fn afterwards(session: &Session) -> Option<String> {
    let proposals = session.proposals.len();
    let better = session.proposals.iter().filter(|p| p.accepted).count();
    let times = match better {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{better} times"),
    };
    match (proposals, better) {
        (0, _) => None,
        (1, 0) => Some("Afterwards one other deal is proposed, and refused.".to_owned()),
        (_, 0) => Some(format!(
            "Afterwards {proposals} other deals are proposed, and all refused."
        )),
        (1, _) => Some("Afterwards one other deal is proposed and takes its place.".to_owned()),
        _ => Some(format!(
            "Afterwards {proposals} other deals are proposed; {times} one takes the place of what is agreed."
        )),
    }
}

/// How it ended, what was agreed, and what that is worth to each.
fn sentences(ready: &Ready, session: &Session) -> Vec<String> {
    let prepared = &ready.prepared;
    let mut sentences = vec![ending(ready, session)];
    sentences.extend(afterwards(session));
    let Some(outcome) = session.agreement() else {
        return sentences;
    };
    let domain = prepared.space().domain();
    sentences.push(format!(
        "Agreed: {}.",
        agreed(prepared.space(), &domain.outcome(outcome as usize))
    ));
    let best = prepared.zone().ideal();
    for (p, (party, value)) in (prepared.space().parties().iter())
        .zip(prepared.values(outcome))
        .enumerate()
    {
        let gain = value - party.fallback;
        let most = best.as_ref().map_or(0.0, |best| best[p] - party.fallback);
        let share = if most > 0.0 {
            format!(
                ", {:.0} % of the most that a deal could give it",
                100.0 * gain / most
            )
        } else {
            String::new()
        };
        sentences.push(match gain {
            gain if gain > 0.0 => format!("{} gains by it{share}.", party.party),
            0.0 => format!("{} gains nothing by it.", party.party),
            _ => format!("{} is worse off than without a deal.", party.party),
        });
    }
    sentences
}

/// How it ended, in a sentence.
fn ending(ready: &Ready, session: &Session) -> String {
    let prepared = &ready.prepared;
    let existed = if prepared.zone().is_empty() {
        "There was no deal that all could accept."
    } else {
        "A deal that all could accept was left on the table."
    };
    match session.end {
        End::Agreement { outcome, round, .. } => {
            let place = if prepared.is_efficient(outcome) {
                "no other outcome is better for one and worse for none".to_owned()
            } else {
                format!(
                    "better for one and worse for none was possible (distance to the frontier {:.3})",
                    prepared.distance(outcome)
                )
            };
            format!("Agreement in round {round}: {place}.")
        }
        End::NoAgreement { rounds } => {
            format!("No agreement in {rounds} rounds. {existed}")
        }
        End::Left { party, round } => {
            let who = &prepared.space().parties()[party].party;
            format!("{who} leaves in round {round}. {existed}")
        }
    }
}
