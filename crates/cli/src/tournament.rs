//! `detente tournament`: bargaining styles against one another.

use std::fmt::Write;

use detente_deal::session::{End, Record, Rules, Style, Tournament, play, tournament};
use detente_report::{TournamentPage, tournament_html};
use serde_json::json;

use crate::args::{TournamentArgs, When};
use crate::failure::Failure;
use crate::pages::{page_file, write_page};
use crate::session_input::{Ready, failure, ready, styles, terms};
use crate::terminal::print;

/// Width of the column of names.
const NAMES: usize = 11;

/// Holds a tournament and prints its tables.
///
/// # Errors
/// Bad input; too many sessions.
pub fn run(args: &TournamentArgs, color: When) -> Result<u8, Failure> {
    let mut taking_part = styles(&args.styles)?;
    if taking_part.is_empty() {
        taking_part = Style::ALL.to_vec();
    }
    let mut seen = Vec::new();
    taking_part.retain(|style| {
        !seen.contains(style) && {
            seen.push(*style);
            true
        }
    });
    let ready = ready(&args.table, color)?;
    let rules = Rules {
        terms: terms(&args.table),
        trades: !args.table.no_trades,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
    };
    let parties = ready.prepared.space().parties().iter();
    let names: Vec<String> = parties.map(|party| party.party.clone()).collect();
    let own = own_match(&ready, &rules)?;
    let spaces = [ready.prepared];
    let found = tournament(&spaces, &taking_part, &rules).map_err(failure)?;
    print(&if args.table.json {
        let object = json!({"title": ready.title, "parties": ready.ids, "tournament": found});
        format!("{:#}\n", object)
    } else {
        in_text(&ready.title, &found) + &own
    })?;
    if let Some(out) = &args.table.out {
        let path = page_file(out, "tournament.html");
        let page = TournamentPage {
            title: &ready.title,
            parties: &names,
            rounds: args.table.rounds,
            found: &found,
        };
        write_page(&path, &tournament_html(&page))?;
        if !args.table.json {
            print(&format!("\nReport: {}\n", path.display()))?;
        }
    }
    Ok(0)
}

/// How the actors' own styles fare, where the scenario gives every party one.
fn own_match(ready: &Ready, rules: &Rules) -> Result<String, Failure> {
    let Some(styles) = ready.styles.iter().copied().collect::<Option<Vec<Style>>>() else {
        return Ok(String::new());
    };
    let mut tactics: Vec<_> = (styles.iter().enumerate())
        .map(|(p, style)| style.tactic(&ready.prepared, p, &rules.terms, rules.trades))
        .collect();
    let session = play(&ready.prepared, &mut tactics, &rules.terms).map_err(failure)?;
    let who = ready.ids.iter().zip(&styles);
    let who: Vec<String> = who
        .map(|(id, style)| format!("{id} {}", style.word()))
        .collect();
    let (who, exists) = (who.join(", "), !ready.prepared.zone().is_empty());
    Ok(match session.end {
        End::Agreement { round, .. } => {
            format!("\nIn the styles of the scenario ({who}) they agree in round {round}.\n")
        }
        _ if exists => format!(
            "\nIn the styles of the scenario ({who}) they do not agree, although a deal that all could accept exists.\n"
        ),
        _ => format!(
            "\nIn the styles of the scenario ({who}) they do not agree; nothing is acceptable to all.\n"
        ),
    })
}

fn in_text(title: &str, found: &Tournament) -> String {
    let mut text = format!("{title}\n\n");
    let _ = writeln!(
        text,
        "  {:<NAMES$}  agree  rounds  share  others  wins  off frontier  deal missed",
        "style"
    );
    let row = |text: &mut String, name: &str, record: &Record| {
        let _ = writeln!(
            text,
            "  {name:<NAMES$}  {:>5}  {:>6.1}  {:>5.2}  {:>6.2}  {:>4}  {:>12.3}  {:>11}",
            percent(record.agreements, record.seats),
            record.rounds,
            record.share,
            record.others,
            percent(record.wins, record.seats),
            record.distance,
            percent(record.left_on_the_table, record.seats),
        );
    };
    for (style, record) in found.styles.iter().zip(&found.records) {
        row(&mut text, style.word(), record);
    }
    row(&mut text, "all", &found.all);
    text.push_str(
        "\nShare of the best possible gain, row against column (· no agreement at all):\n\n",
    );
    let _ = write!(text, "  {:<NAMES$}", "");
    for style in &found.styles {
        let short: String = style.word().chars().take(5).collect();
        let _ = write!(text, "  {short:>5}");
    }
    text.push('\n');
    for (style, row) in found.styles.iter().zip(&found.against) {
        let _ = write!(text, "  {:<NAMES$}", style.word());
        for record in row {
            if record.agreements == 0 {
                let _ = write!(text, "  {:>5}", "·");
            } else {
                let _ = write!(text, "  {:>5.2}", record.share);
            }
        }
        text.push('\n');
    }
    text.push_str(&mismatches(found));
    text
}

/// Pairs of styles that never agree although there is something to agree on.
fn mismatches(found: &Tournament) -> String {
    let mut pairs = Vec::new();
    for (a, row) in found.against.iter().enumerate() {
        for (b, record) in row.iter().enumerate().skip(a) {
            if record.agreements == 0 && record.left_on_the_table > 0 {
                let (a, b) = (found.styles[a].word(), found.styles[b].word());
                pairs.push(format!("{a} with {b}"));
            }
        }
    }
    if pairs.is_empty() {
        return String::new();
    }
    format!(
        "\nThese never agree although a deal that all could accept exists: {}.\n",
        pairs.join(", ")
    )
}

fn percent(part: u32, of: u32) -> String {
    format!("{:.0} %", 100.0 * f64::from(part) / f64::from(of.max(1)))
}
