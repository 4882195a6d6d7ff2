//! Who would accept what, on one screen of a terminal.

use crate::number::{self, Scale, large as count};
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// What is known about a negotiation, ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct DealView {
    /// Title of the scenario, or name of the domain.
    pub title: String,
    /// Number of outcomes, of issues, and of points on the frontier.
    pub size: [f64; 3],
    /// How many outcomes are acceptable to all; its standard error where it is an estimate.
    pub zone: (f64, Option<f64>),
    /// Distance from the ideal point to the nearest acceptable outcome.
    pub opposition: Option<f64>,
    /// The parties.
    pub parties: Vec<DealParty>,
    /// The issues, with the share of each party's range of values that hangs on them.
    pub issues: Vec<(String, Vec<f64>)>,
    /// Solutions by name: the values to the parties and the options, or nothing.
    pub solutions: Vec<(String, Option<DealPoint>)>,
    /// Packages by name.
    pub packages: Vec<(String, DealPoint)>,
    /// What a negotiator would want to know.
    pub sentences: Vec<String>,
}

/// A party at the table.
#[derive(Clone, Debug, PartialEq)]
pub struct DealParty {
    /// Its name.
    pub name: String,
    /// What it gets without a deal, at its worst and at its best outcome.
    pub range: [f64; 3],
}

/// An outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct DealPoint {
    /// Its value to every party.
    pub values: Vec<f64>,
    /// Whether each party prefers its fallback.
    pub refused: Vec<bool>,
    /// What is agreed, or what is to be said of it.
    pub words: String,
}

/// Issues of which the stakes are shown.
const MOST_ISSUES: usize = 12;
/// Columns of a bar.
const BAR: usize = 20;

/// The screen. No line is wider than the terminal.
pub fn deal_text(view: &DealView, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for line in pen.wrap(&pen.clean(&view.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    head(&mut pen, view);
    parties(&mut pen, view);
    stakes(&mut pen, view);
    let points = view
        .solutions
        .iter()
        .map(|(name, point)| (name.as_str(), point.as_ref()));
    table(&mut pen, view, "Solutions", points);
    if !view.packages.is_empty() {
        let points = view.packages.iter();
        let points = points.map(|(name, point)| (name.as_str(), Some(point)));
        table(&mut pen, view, "Packages", points);
    }
    if !view.sentences.is_empty() {
        pen.gap();
    }
    for sentence in &view.sentences {
        let mark = if pen.unicode { "• " } else { "* " };
        paragraph(&mut pen, Tone::Plain, mark, sentence);
    }
    pen.finish()
}

fn paragraph(pen: &mut Pen, tone: Tone, head: &str, text: &str) {
    let indent = head.chars().count();
    let room = pen.width.saturating_sub(indent).max(12);
    let blank = " ".repeat(indent);
    for (k, line) in pen.wrap(&pen.clean(text), room).iter().enumerate() {
        let head = if k == 0 { head } else { &blank };
        pen.line(&[(tone, head), (tone, line)]);
    }
}

fn head(pen: &mut Pen, view: &DealView) {
    let [outcomes, issues, points] = view.size;
    let (zone, error) = view.zone;
    let noun = if points == 1.0 { "point" } else { "points" };
    let facts = format!(
        "{} outcomes of {}, {} {noun} on the frontier",
        count(outcomes),
        number::counted(issues as usize, "issue", "issues"),
        count(points),
    );
    paragraph(pen, Tone::Faint, "", &facts);
    pen.gap();
    let share = number::small_percent(zone / outcomes);
    let (tone, words) = match (zone, error) {
        (zone, Some(error)) => (
            if zone > 0.0 { Tone::Good } else { Tone::Warning },
            format!(
                "About {} outcomes ({share}, standard error {}) are acceptable to all.",
                count(zone),
                count(error)
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
    paragraph(pen, tone, "", &words);
    if let Some(opposition) = view.opposition {
        let words = format!("Opposition {opposition:.3}: 0 if one outcome were best for all.");
        paragraph(pen, Tone::Faint, "", &words);
    }
}

/// The column of numbers of one party.
fn scale(view: &DealView, party: usize) -> Scale {
    Scale::of(view.parties[party].range)
}

/// Columns of the numbers of one party.
const NUMBER: usize = 14;

/// Columns of the names before the numbers.
fn names(pen: &Pen, view: &DealView) -> usize {
    let numbers = view.parties.len() * (NUMBER + 1);
    pen.width.saturating_sub(numbers).clamp(12, 26)
}

fn parties(pen: &mut Pen, view: &DealView) {
    pen.gap();
    let first = names(pen, view);
    header(pen, view, "", first);
    for (k, label) in ["without a deal", "at worst", "at best"].iter().enumerate() {
        let mut line = pen.left(label, first);
        for (p, party) in view.parties.iter().enumerate() {
            line.push(' ');
            line += &pen.right(&pen.clean(&scale(view, p).write(party.range[k])), NUMBER);
        }
        pen.line(&[(Tone::Plain, &line)]);
    }
}

fn header(pen: &mut Pen, view: &DealView, title: &str, first: usize) {
    let title = pen.left(title, first);
    let mut line = String::new();
    for party in &view.parties {
        let name = pen.cut(&pen.clean(&party.name), NUMBER);
        line.push(' ');
        line += &pen.right(&name, NUMBER);
    }
    pen.line(&[(Tone::Strong, &title), (Tone::Faint, &line)]);
}

fn stakes(pen: &mut Pen, view: &DealView) {
    if view.issues.is_empty() {
        return;
    }
    pen.gap();
    let title = "What hangs on each issue, as a share of what a party can win or lose";
    paragraph(pen, Tone::Strong, "", title);
    for (name, shares) in view.issues.iter().take(MOST_ISSUES) {
        pen.line(&[(Tone::Plain, &pen.clean(name))]);
        for (party, share) in view.parties.iter().zip(shares) {
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
    let left = view.issues.len().saturating_sub(MOST_ISSUES);
    if left > 0 {
        let words = number::counted(left, "more issue", "more issues");
        paragraph(pen, Tone::Faint, "", &format!("… {words}: --json has all"));
    }
}

fn table<'a>(
    pen: &mut Pen,
    view: &DealView,
    title: &str,
    points: impl Iterator<Item = (&'a str, Option<&'a DealPoint>)>,
) {
    pen.gap();
    let first = names(pen, view);
    header(pen, view, title, first);
    for (name, point) in points {
        let label = pen.left(&pen.clean(name), first);
        let Some(point) = point else {
            pen.line(&[(Tone::Plain, &label), (Tone::Faint, " none")]);
            continue;
        };
        let mut pieces = vec![(Tone::Plain, label)];
        for (p, (value, refused)) in point.values.iter().zip(&point.refused).enumerate() {
            let text = format!(
                " {}",
                pen.right(&pen.clean(&scale(view, p).write(*value)), NUMBER)
            );
            pieces.push((if *refused { Tone::Warning } else { Tone::Plain }, text));
        }
        let pieces: Vec<(Tone, &str)> = pieces.iter().map(|(t, s)| (*t, s.as_str())).collect();
        pen.line(&pieces);
        paragraph(pen, Tone::Faint, "  ", &point.words);
    }
}
