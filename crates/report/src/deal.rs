//! Who would accept what, on one screen of a terminal.

use detente_findings::model::{Deal, DealParty};

use crate::deal_page::estimated;
use crate::number::{self, Scale, large as count};
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// Issues of which the stakes are shown.
const MOST_ISSUES: usize = 12;
/// What is to be remembered of solutions where parties count in units of their own.
pub(crate) const SCALES: &str = "Egalitarian and utilitarian compare one party’s points with another’s: they mean \
    something only where these are of one kind. The others do not depend on the units.";
/// Columns of a bar.
const BAR: usize = 20;

/// The screen. No line is wider than the terminal.
pub fn deal_text(deal: &Deal, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for line in pen.wrap(&pen.clean(&deal.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    head(&mut pen, deal);
    parties(&mut pen, deal);
    stakes(&mut pen, deal);
    table(&mut pen, deal, "Solutions", solutions(deal));
    pen.paragraph(Tone::Faint, "  ", SCALES);
    if !deal.packages.is_empty() {
        table(&mut pen, deal, "Packages", packages(deal));
    }
    if !deal.sentences.is_empty() {
        pen.gap();
    }
    for sentence in &deal.sentences {
        let mark = if pen.unicode { "• " } else { "* " };
        pen.paragraph(Tone::Plain, mark, sentence);
    }
    pen.finish()
}

fn head(pen: &mut Pen, deal: &Deal) {
    let outcomes = deal.outcomes;
    let facts = format!(
        "{} outcomes of {}, {} on the frontier",
        count(outcomes),
        number::counted(deal.issues.len(), "issue", "issues"),
        number::counted(deal.frontier, "point", "points"),
    );
    pen.paragraph(Tone::Faint, "", &facts);
    pen.gap();
    let share = number::small_percent(deal.zone.count / outcomes);
    let (tone, words) = match (deal.zone.count, deal.zone.standard_error) {
        (zone, Some(error)) => (
            if zone > 0.0 { Tone::Good } else { Tone::Warning },
            format!(
                "About {} outcomes ({share}) are acceptable to all{}.",
                count(zone),
                estimated(deal, error / outcomes)
            ),
        ),
        (0.0, None) => (
            Tone::Warning,
            "No outcome is acceptable to all: there is no zone of possible agreement, and no solution."
                .to_owned(),
        ),
        (zone, None) => (
            Tone::Good,
            format!("{} of the outcomes ({share}) acceptable to all.", count(zone)),
        ),
    };
    pen.paragraph(tone, "", &words);
    if let Some(opposition) = deal.opposition {
        let words = format!("Opposition {opposition:.3}: 0 if one outcome were best for all.");
        pen.paragraph(Tone::Faint, "", &words);
    }
}

/// The column of numbers of one party.
fn scale(deal: &Deal, party: usize) -> Scale {
    let party = &deal.parties[party];
    Scale::of([party.fallback, party.worst, party.best])
}

/// Columns of the numbers of one party.
const NUMBER: usize = 14;

/// Columns of the names before the numbers.
fn names(pen: &Pen, deal: &Deal) -> usize {
    let numbers = deal.parties.len() * (NUMBER + 1);
    pen.width.saturating_sub(numbers).clamp(12, 26)
}

fn parties(pen: &mut Pen, deal: &Deal) {
    pen.gap();
    let first = names(pen, deal);
    header(pen, deal, "", first);
    type Read = fn(&DealParty) -> f64;
    let rows: [(&str, Read); 3] = [
        ("without a deal", |party| party.fallback),
        ("at worst", |party| party.worst),
        ("at best", |party| party.best),
    ];
    for (label, value) in rows {
        let mut line = pen.left(label, first);
        for (p, party) in deal.parties.iter().enumerate() {
            line.push(' ');
            line += &pen.right(&pen.clean(&scale(deal, p).write(value(party))), NUMBER);
        }
        pen.line(&[(Tone::Plain, &line)]);
    }
}

fn header(pen: &mut Pen, deal: &Deal, title: &str, first: usize) {
    let title = pen.left(title, first);
    let mut line = String::new();
    for party in &deal.parties {
        let name = pen.cut(&pen.clean(&party.name), NUMBER);
        line.push(' ');
        line += &pen.right(&name, NUMBER);
    }
    pen.line(&[(Tone::Strong, &title), (Tone::Faint, &line)]);
}

fn stakes(pen: &mut Pen, deal: &Deal) {
    if deal.issues.iter().all(|issue| issue.stakes.is_empty()) {
        return;
    }
    pen.gap();
    let title = "What hangs on each issue, as a share of what a party can win or lose";
    pen.paragraph(Tone::Strong, "", title);
    for issue in deal.issues.iter().take(MOST_ISSUES) {
        pen.line(&[(Tone::Plain, &pen.clean(&issue.name))]);
        for (party, share) in deal.parties.iter().zip(&issue.stakes) {
            let name = format!("  {}", pen.left(&pen.clean(&party.name), 22));
            let percent = pen.right(&pen.clean(&number::percent(*share)), 6);
            let bar = pen.bar(*share, BAR);
            pen.line(&[
                (Tone::Faint, &name),
                (Tone::Plain, &percent),
                (Tone::Bar, &format!(" {bar}")),
            ]);
        }
    }
    let left = deal.issues.len().saturating_sub(MOST_ISSUES);
    if left > 0 {
        let words = number::counted(left, "more issue", "more issues");
        pen.paragraph(Tone::Faint, "", &format!("… {words}: --json has all"));
    }
}

/// A row of a table of outcomes.
struct Row<'a> {
    name: &'a str,
    /// Values to the parties, and whether each prefers its fallback; none where there is no such outcome.
    values: Option<Vec<(f64, bool)>>,
    words: &'a str,
}

fn solutions(deal: &Deal) -> impl Iterator<Item = Row<'_>> {
    deal.solutions.iter().map(|solution| Row {
        name: &solution.name,
        values: solution.values.as_ref().map(|values| {
            let parties = deal.parties.iter().zip(values);
            parties.map(|(p, v)| (*v, *v < p.fallback)).collect()
        }),
        words: &solution.agreed,
    })
}

fn packages(deal: &Deal) -> impl Iterator<Item = Row<'_>> {
    deal.packages.iter().map(|package| Row {
        name: &package.name,
        values: Some(
            (package.values.iter().zip(&package.gains))
                .map(|(value, gain)| (*value, *gain < 0.0))
                .collect(),
        ),
        words: &package.verdict,
    })
}

fn table<'a>(pen: &mut Pen, deal: &Deal, title: &str, rows: impl Iterator<Item = Row<'a>>) {
    pen.gap();
    let first = names(pen, deal);
    header(pen, deal, title, first);
    for row in rows {
        let label = pen.left(&pen.clean(row.name), first);
        let Some(values) = row.values else {
            pen.line(&[(Tone::Plain, &label), (Tone::Faint, " none")]);
            continue;
        };
        let mut pieces = vec![(Tone::Plain, label)];
        for (p, (value, refused)) in values.into_iter().enumerate() {
            let text = format!(
                " {}",
                pen.right(&pen.clean(&scale(deal, p).write(value)), NUMBER)
            );
            pieces.push((if refused { Tone::Warning } else { Tone::Plain }, text));
        }
        let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(t, s)| (*t, s.as_str())).collect();
        pen.line(&pieces);
        pen.paragraph(Tone::Faint, "  ", row.words);
    }
}
