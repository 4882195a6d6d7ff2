//! What a tournament shows, in sentences that hold for any.

use detente_deal::session::Record;

use super::TournamentPage;
use crate::html::markup::listed;
use crate::number;

/// Mismatches that are told one by one.
const MOST: usize = 6;
/// Share of sessions from which on a missed deal is worth a sentence.
const OFTEN: f64 = 0.25;

/// Who does best, who is met with agreement, and which styles leave a deal on the table.
#[must_use]
pub fn tournament_sentences(page: &TournamentPage<'_>) -> Vec<String> {
    let mut sentences = vec![overall(page)];
    if page.found.styles.len() > 1 {
        sentences.push(best(page));
    }
    sentences.extend(never(page));
    sentences.extend(often(page));
    sentences
}

fn rate(count: u32, record: &Record) -> f64 {
    f64::from(count) / f64::from(record.seats.max(1))
}

fn overall(page: &TournamentPage<'_>) -> String {
    let all = &page.found.all;
    let agreed = number::percent(rate(all.agreements, all));
    if all.left_on_the_table == 0 && all.agreements < all.seats {
        return format!(
            "{agreed} of the sessions end in agreement; where they do not, nothing was acceptable to all."
        );
    }
    let efficient = match all.agreements {
        0 => String::new(),
        agreements => format!(
            " {} of the agreements lie on the frontier.",
            number::percent(f64::from(all.efficient) / f64::from(agreements))
        ),
    };
    format!(
        "{agreed} of the sessions end in agreement; in {} a deal that all could accept is left on the table.{efficient}",
        number::percent(rate(all.left_on_the_table, all))
    )
}

fn best(page: &TournamentPage<'_>) -> String {
    let found = page.found;
    let most = |of: fn(&Record) -> f64| {
        (0..found.styles.len())
            .reduce(|a, b| {
                if of(&found.records[b]) > of(&found.records[a]) {
                    b
                } else {
                    a
                }
            })
            .unwrap_or(0)
    };
    let own = most(|record| record.share);
    let missed = most(|record| rate(record.left_on_the_table, record));
    let mut words = format!(
        "The {} style wins most for itself, {} of what it could gain on average",
        found.styles[own].word(),
        number::percent(found.records[own].share)
    );
    let record = &found.records[missed];
    if record.left_on_the_table > 0 {
        words += &format!(
            "; the {} one misses most deals, {} of those within its reach",
            found.styles[missed].word(),
            number::percent(
                f64::from(record.left_on_the_table)
                    / f64::from((record.left_on_the_table + record.agreements).max(1))
            )
        );
    }
    words + "."
}

/// Pairs of styles, each once, with what happened between them.
fn pairs<'a>(
    page: &'a TournamentPage<'_>,
) -> impl Iterator<Item = (&'static str, &'static str, &'a Record)> + 'a {
    let found = page.found;
    let rows = found.against.iter().enumerate();
    rows.flat_map(move |(a, row)| {
        let cells = row.iter().enumerate().skip(a);
        cells.map(move |(b, record)| (found.styles[a].word(), found.styles[b].word(), record))
    })
}

/// Styles that agree with nobody, and other pairs that never agree, although there is something to agree on.
fn never(page: &TournamentPage<'_>) -> Vec<String> {
    let found = page.found;
    let styles = found.styles.iter().zip(&found.records);
    let alone: Vec<&str> = styles
        .filter(|(_, record)| record.agreements == 0 && record.left_on_the_table > 0)
        .map(|(style, _)| style.word())
        .collect();
    let names: Vec<String> = pairs(page)
        .filter(|(a, b, _)| !alone.contains(a) && !alone.contains(b))
        .filter(|(_, _, record)| record.agreements == 0 && record.left_on_the_table > 0)
        .map(|(a, b, _)| match a == b {
            true => format!("{a} with its like"),
            false => format!("{a} with {b}"),
        })
        .collect();
    let mut sentences = Vec::new();
    if !alone.is_empty() {
        let alone: Vec<String> = alone.iter().map(|word| (*word).to_owned()).collect();
        sentences.push(format!(
            "{} {} to terms with nobody here, although a deal that all could accept exists.",
            capital(&listed(&alone)),
            if alone.len() == 1 { "comes" } else { "come" }
        ));
    }
    if !names.is_empty() {
        let names = listed(&some(names));
        sentences.push(match sentences.is_empty() {
            true => {
                format!("These never agree, although a deal that all could accept exists: {names}.")
            }
            false => format!("Nor do these ever agree: {names}."),
        });
    }
    sentences
}

/// The first few, and how many more.
fn some(mut names: Vec<String>) -> Vec<String> {
    let more = names.len().saturating_sub(MOST);
    names.truncate(MOST);
    if more > 0 {
        names.push(number::counted(more, "other pair", "other pairs"));
    }
    names
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// Pairs that agree at times and often miss a deal.
fn often(page: &TournamentPage<'_>) -> Option<String> {
    let mut names: Vec<(f64, String)> = pairs(page)
        .filter(|(_, _, record)| record.agreements > 0)
        .map(|(a, b, record)| {
            let missed = rate(record.left_on_the_table, record);
            let other = if a == b { "its like" } else { b };
            (
                missed,
                format!("{a} with {other} ({})", number::percent(missed)),
            )
        })
        .filter(|(missed, _)| *missed >= OFTEN)
        .collect();
    // Stable: of equals, in the order of styles.
    names.sort_by(|a, b| b.0.total_cmp(&a.0));
    let names: Vec<String> = names.into_iter().map(|(_, name)| name).collect();
    (!names.is_empty()).then(|| {
        format!(
            "These mismatch: they agree at times, and often leave a deal on the table: {}.",
            listed(&some(names))
        )
    })
}
