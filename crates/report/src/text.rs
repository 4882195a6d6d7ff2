//! The findings on one screen of a terminal.

use detente_findings::model::{Answer, CertificateFacts, DealPackage, Ending, Findings};
use unicode_width::UnicodeWidthStr;

use crate::answer::Answers;
use crate::deal_page::zone_words;
use crate::equilibria;
use crate::hangs::hangs;
use crate::html::markup::listed;
use crate::number::{self, Scale};
use crate::pen::{Pen, Tone};

/// What the terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextOptions {
    /// Columns of the terminal. No line is wider, down to 24 columns.
    pub width: usize,
    /// Whether to use ANSI colours.
    pub color: bool,
    /// Whether characters outside ASCII can be shown. Labels lose theirs where not.
    pub unicode: bool,
}

/// Lines of one screen, kept to where the terminal is at least as wide as [`SCREEN_WIDTH`].
const SCREEN_LINES: usize = 45;
/// From this width on the summary fits on one screen.
const SCREEN_WIDTH: usize = 100;
/// Endings, actors and failed checks that are shown; the report has all.
const MOST_ENDINGS: usize = 10;
const MOST_ACTORS: usize = 6;
const MOST_FAILED: usize = 3;
/// Packages that are shown.
const MOST_PACKAGES: usize = 4;

/// The findings as text: title, endings, answers, values, failed checks and the certificate.
///
/// The text ends with a line break and tells the story on one screen: 45 lines at 100 columns or more. Widths
/// are counted in terminal columns (Unicode Standard Annex 11), so that labels of any script keep the columns.
pub fn text(findings: &Findings, options: TextOptions) -> String {
    let mut head = Pen::new(options);
    title(&mut head, findings);
    endings(&mut head, findings);
    let mut tail = Pen::new(options);
    actors(&mut tail, findings);
    doubted(&mut tail, findings);
    packages(&mut tail, findings);
    lenses(&mut tail, findings);
    checks(&mut tail, findings);
    certificate(&mut tail, findings);
    let room = if options.width >= SCREEN_WIDTH {
        SCREEN_LINES
            .saturating_sub(head.height() + tail.height())
            .max(5)
    } else {
        usize::MAX
    };
    asks(&mut head, &findings.asks, room);
    head.append(tail);
    head.finish()
}

fn title(pen: &mut Pen, findings: &Findings) {
    let scenario = &findings.scenario;
    for line in pen.wrap(&pen.clean(&scenario.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    let mut facts: Vec<String> = Vec::new();
    if let Some(date) = &scenario.as_of {
        facts.push(format!("as of {date}"));
    }
    facts.push(scenario.file.clone());
    facts.extend(
        scenario
            .settings
            .iter()
            .map(|(name, value)| format!("{name} = {}", number::plain(*value, false))),
    );
    let facts = pen.clean(&facts.join(", "));
    for line in pen.wrap(&facts, pen.width) {
        pen.line(&[(Tone::Faint, &line)]);
    }
}

fn heading(pen: &mut Pen, words: &str) {
    pen.gap();
    pen.line(&[(Tone::Strong, words)]);
}

/// One ending, written.
struct Row {
    label: String,
    value: String,
    range: String,
    probability: f64,
}

fn endings(pen: &mut Pen, findings: &Findings) {
    heading(pen, "How it ends");
    let mut order: Vec<&Ending> = findings.endings.iter().collect();
    order.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    let rows: Vec<Row> = order
        .iter()
        .take(MOST_ENDINGS)
        .map(|e| Row {
            label: pen.clean(&e.label),
            value: pen.clean(&number::percent(e.probability)),
            range: match (e.low, e.high) {
                (Some(low), Some(high)) => pen.clean(&number::percent_range(low, high)),
                _ => String::new(),
            },
            probability: e.probability,
        })
        .collect();
    let ranges = ending_rows(pen, &rows);
    more(pen, order.len() - rows.len(), "ending", "endings");
    if let (Some(doubt), true) = (&findings.doubt, ranges) {
        let note = format!(
            "  ranges: 5 to 95 % of {} draws of the doubted numbers",
            number::count(doubt.draws as u64)
        );
        pen.line(&[(Tone::Faint, &note)]);
    }
    failed_draws(pen, findings);
}

/// That some draws of the doubted numbers, or all of them, could not be solved, and why the first could not.
fn failed_draws(pen: &mut Pen, findings: &Findings) {
    let Some(doubt) = findings.doubt.as_ref().filter(|doubt| doubt.failed > 0) else {
        return;
    };
    let why = doubt.why.iter().map(|why| format!(": {why}"));
    let words = format!(
        "{} of {} draws of the doubted numbers could not be solved{}",
        number::count(doubt.failed as u64),
        number::count((doubt.draws + doubt.failed) as u64),
        why.collect::<String>()
    );
    let words = pen.clean(&words);
    for line in pen.wrap(&words, pen.width - 2) {
        pen.line(&[(Tone::Warning, &format!("  {line}"))]);
    }
}

/// Label, probability, range and bar in columns; the answer is whether there was room for ranges.
fn ending_rows(pen: &mut Pen, rows: &[Row]) -> bool {
    let value = widest(rows, |r| &r.value);
    let label = widest(rows, |r| &r.label);
    // The label yields before the range, the range before the label is too short to be told from others.
    let fixed = 2 + 2 + value;
    let range = match widest(rows, |r| &r.range) {
        0 => 0,
        range if pen.width < fixed + 2 + range + label.min(20) => 0,
        range => range + 2,
    };
    let label = label.min(pen.width.saturating_sub(fixed + range));
    let room = pen.width.saturating_sub(fixed + range + label + 2);
    let largest = rows.iter().map(|r| r.probability).fold(0.0, f64::max);
    for r in rows {
        let bar = if room >= 6 && largest > 0.0 {
            pen.bar(r.probability / largest, room.min(40))
        } else {
            String::new()
        };
        let shown = if range > 0 { r.range.as_str() } else { "" };
        pen.line(&[
            (Tone::Plain, &format!("  {}  ", pen.left(&r.label, label))),
            (Tone::Strong, &pen.right(&r.value, value)),
            (Tone::Faint, &pen.right(shown, range)),
            (Tone::Plain, "  "),
            (Tone::Bar, &bar),
        ]);
    }
    range > 0
}

/// Columns of the widest text of a column.
fn widest<T>(rows: &[T], text: impl Fn(&T) -> &str) -> usize {
    rows.iter().map(|r| text(r).width()).max().unwrap_or(0)
}

/// Says how many of `many` are left out here; `one` is what one of them is called.
fn more(pen: &mut Pen, left_out: usize, one: &str, many: &str) {
    if left_out > 0 {
        let dots = if pen.unicode { "…" } else { "..." };
        let what = if left_out == 1 { one } else { many };
        pen.line(&[(
            Tone::Faint,
            &format!("  {dots} {left_out} more {what} in the report"),
        )]);
    }
}

fn asks(pen: &mut Pen, asks: &[Answer], room: usize) {
    if asks.is_empty() {
        return;
    }
    let answers = Answers::of(asks);
    let none = if pen.unicode { "–" } else { "-" };
    let cells: Vec<(String, String)> = asks
        .iter()
        .map(|a| {
            let value = answers.value(a).unwrap_or_else(|| none.to_string());
            (pen.clean(&value), pen.clean(&answers.range(a)))
        })
        .collect();
    let value = widest(&cells, |c| &c.0);
    // Ranges yield where questions would become a narrow column.
    let range = match widest(&cells, |c| &c.1) {
        0 => 0,
        range if pen.width < 2 + value + 2 + range + 2 + 30 => 0,
        range => range + 2,
    };
    let indent = 2 + value + 2 + range;
    heading(pen, "What was asked");
    let limit = pen.height().saturating_add(room.saturating_sub(2));
    for (i, (ask, cell)) in asks.iter().zip(&cells).enumerate() {
        let question = match ask.value {
            Some(_) => ask.question.clone(),
            None => format!("{} (its condition never holds)", ask.question),
        };
        let lines = pen.wrap(
            &pen.clean(&question),
            pen.width.saturating_sub(indent).max(8),
        );
        // The last line is kept for saying that there is more.
        let last = i + 1 == asks.len();
        if pen.height() + lines.len() + usize::from(!last) > limit {
            more(pen, asks.len() - i, "answer", "answers");
            return;
        }
        let shown = if range > 0 { cell.1.as_str() } else { "" };
        for (k, line) in lines.iter().enumerate() {
            let (value_text, range_text) = if k == 0 {
                (cell.0.as_str(), shown)
            } else {
                ("", "")
            };
            pen.line(&[
                (Tone::Strong, &format!("  {}", pen.right(value_text, value))),
                (Tone::Faint, &pen.right(range_text, range)),
                (Tone::Plain, "  "),
                (Tone::Plain, line),
            ]);
        }
    }
}

fn actors(pen: &mut Pen, findings: &Findings) {
    let actors = &findings.actors;
    if actors.is_empty() {
        return;
    }
    heading(pen, "What it is worth");
    let shown = &actors[..actors.len().min(MOST_ACTORS)];
    let scale = Scale::of(actors.iter().map(|a| a.value));
    let values: Vec<String> = shown
        .iter()
        .map(|a| pen.clean(&scale.write(a.value)))
        .collect();
    let labels: Vec<String> = shown.iter().map(|a| pen.clean(&a.label)).collect();
    let value = values.iter().map(|v| v.width()).max().unwrap_or(0);
    let label = labels.iter().map(|l| l.width()).max().unwrap_or(0);
    let label = label.min(pen.width.saturating_sub(value + 4));
    for ((actor, name), worth) in shown.iter().zip(&labels).zip(&values) {
        let range = match (actor.low, actor.high) {
            (Some(low), Some(high)) => pen.clean(&format!("  {}", scale.range(low, high))),
            _ => String::new(),
        };
        let fits = 4 + label + value + range.width() <= pen.width;
        pen.line(&[
            (Tone::Plain, &format!("  {}  ", pen.left(name, label))),
            (Tone::Strong, &pen.right(worth, value)),
            (Tone::Faint, if fits { &range } else { "" }),
        ]);
    }
    more(pen, actors.len() - shown.len(), "actor", "actors");
}

/// What the answers hang on.
fn doubted(pen: &mut Pen, findings: &Findings) {
    let sentences = findings
        .doubt
        .as_ref()
        .map(|doubt| hangs(doubt, "draws"))
        .unwrap_or_default();
    if sentences.is_empty() {
        return;
    }
    heading(pen, "What it hangs on");
    for sentence in sentences {
        let words = pen.clean(&sentence);
        for (i, line) in pen
            .wrap(&words, pen.width.saturating_sub(4).max(12))
            .iter()
            .enumerate()
        {
            let lead = if i == 0 { "  " } else { "    " };
            pen.line(&[(Tone::Plain, lead), (Tone::Plain, line)]);
        }
    }
}

/// How much could be agreed, and what becomes of the packages.
fn packages(pen: &mut Pen, findings: &Findings) {
    let Some(deal) = &findings.deal else { return };
    heading(pen, "What could be agreed");
    let zone = pen.clean(&zone_words(deal));
    for line in pen.wrap(&zone, pen.width.saturating_sub(2).max(12)) {
        pen.line(&[(Tone::Plain, "  "), (Tone::Plain, &line)]);
    }
    let shown = deal.packages.iter().take(MOST_PACKAGES);
    let names: Vec<String> = shown.clone().map(|p| pen.clean(&p.name)).collect();
    let columns = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let columns = columns.min(pen.width / 2);
    for (package, name) in shown.zip(&names) {
        let name = format!("  {}  ", pen.left(name, columns));
        let refusers: Vec<String> = (deal.parties.iter().zip(&package.gains))
            .filter(|(_, gain)| **gain < 0.0)
            .map(|(party, _)| party.name.clone())
            .collect();
        let tone = if package.acceptable {
            Tone::Good
        } else {
            Tone::Plain
        };
        let words = pen.clean(&package_words(package, &refusers));
        pen.line(&[(Tone::Plain, &name), (tone, &words)]);
    }
    more(
        pen,
        deal.packages.len() - names.len(),
        "package",
        "packages",
    );
}

/// Whether other lenses agree with the play.
fn lenses(pen: &mut Pen, findings: &Findings) {
    let verdicts = findings.lenses.as_ref().map(|lenses| &lenses.verdicts);
    let Some(verdicts) = verdicts.filter(|verdicts| !verdicts.is_empty()) else {
        return;
    };
    heading(pen, "Other lenses");
    let agree = verdicts.iter().filter(|verdict| verdict.agree).count();
    let words = match (agree, verdicts.len()) {
        (agree, all) if agree == all => "Deals, stakeholders and the graph of the conflict, as far as told, agree with the play.".to_owned(),
        (agree, all) => format!(
            "{agree} of {all} comparisons with deals, stakeholders and the graph of the conflict agree; where not, the report tells \
             which assumption makes the difference."
        ),
    };
    for line in pen.wrap(&pen.clean(&words), pen.width.saturating_sub(2).max(12)) {
        pen.line(&[(Tone::Plain, "  "), (Tone::Plain, &line)]);
    }
}

fn package_words(package: &DealPackage, refusers: &[String]) -> String {
    let verdict = match refusers {
        [] if package.acceptable => "acceptable to all".to_owned(),
        [] => "blocked at home".to_owned(),
        some => format!("refused by {}", listed(some)),
    };
    match package.share.map(number::percent) {
        Some(share) if package.acceptable => format!("{verdict}, in {share} of draws"),
        Some(share) => format!("{verdict}; accepted in {share} of draws"),
        None => verdict,
    }
}

fn checks(pen: &mut Pen, findings: &Findings) {
    let all: Vec<_> = findings.expects.iter().filter(|c| c.applies).collect();
    let failed: Vec<_> = all.iter().filter(|c| !c.holds).collect();
    if failed.is_empty() {
        return;
    }
    heading(
        pen,
        &format!("Checks: {} of {} fail", failed.len(), all.len()),
    );
    let mark = if pen.unicode { "✗ " } else { "x " };
    for check in failed.iter().take(MOST_FAILED) {
        let found = check
            .left
            .map(|v| format!(" (found {})", number::plain(v, false)))
            .unwrap_or_default();
        let why = if check.why.is_empty() {
            String::new()
        } else {
            format!(": {}", check.why)
        };
        let words = pen.clean(&format!("{}{found}{why}", check.text));
        for (i, line) in pen.wrap(&words, pen.width - 4).iter().enumerate() {
            let lead = if i == 0 { mark } else { "  " };
            pen.line(&[
                (Tone::Plain, "  "),
                (Tone::Warning, lead),
                (Tone::Plain, line),
            ]);
        }
    }
    more(
        pen,
        failed.len().saturating_sub(MOST_FAILED),
        "failed check",
        "failed checks",
    );
}

fn certificate(pen: &mut Pen, findings: &Findings) {
    let certificate = &findings.certificate;
    pen.gap();
    let (tone, mark) = match (certificate.trustworthy, pen.unicode) {
        (true, true) => (Tone::Good, "✓ "),
        (true, false) => (Tone::Good, "ok "),
        (false, _) => (Tone::Warning, "! "),
    };
    let words = pen.clean(&certificate_words(certificate));
    let lead = mark.width();
    for (i, line) in pen.wrap(&words, pen.width - lead).iter().enumerate() {
        let mark = if i == 0 {
            mark.to_string()
        } else {
            " ".repeat(lead)
        };
        pen.line(&[(tone, &mark), (tone, line)]);
    }
    if let Some(words) = findings
        .equilibria
        .as_ref()
        .map(|e| equilibria::in_short(findings, e))
    {
        for line in pen.wrap(&pen.clean(&words), pen.width - lead) {
            pen.line(&[(Tone::Plain, &format!("{}{line}", " ".repeat(lead)))]);
        }
    }
    let game = &findings.game;
    let mut facts = vec![
        number::counted(game.nodes, "node", "nodes"),
        number::counted(game.information_sets, "information set", "information sets"),
    ];
    if let Some(precision) = certificate.precision {
        facts.push(format!("precision {}", number::precision(precision)));
    }
    facts.push(number::seconds(findings.seconds));
    let facts = pen.clean(&facts.join(", "));
    for line in pen.wrap(&facts, pen.width - lead) {
        pen.line(&[(Tone::Faint, &format!("{}{line}", " ".repeat(lead)))]);
    }
}

/// The certificate in one sentence with its meaning.
fn certificate_words(certificate: &CertificateFacts) -> String {
    let gain = number::small_percent(certificate.largest_relative_gain);
    if certificate.trustworthy {
        format!(
            "Trustworthy: by deciding otherwise an actor could gain at most {gain} of its payoff range."
        )
    } else {
        format!(
            "Not trustworthy: {} By deciding otherwise an actor could still gain {gain} of its payoff range.",
            certificate.sentence
        )
    }
}
