//! The findings on one screen of a terminal.

mod pen;

use detente_findings::model::{Answer, CertificateFacts, Findings, Unit};
use unicode_width::UnicodeWidthStr;

use crate::number::{self, Scale};
use pen::{Pen, Tone};

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

fn endings(pen: &mut Pen, findings: &Findings) {
    heading(pen, "How it ends");
    let mut order: Vec<usize> = (0..findings.endings.len()).collect();
    order.sort_by(|&a, &b| {
        let p = |i: usize| findings.endings[i].probability;
        p(b).total_cmp(&p(a))
    });
    let shown = &order[..order.len().min(MOST_ENDINGS)];
    let row = |&i: &usize| {
        let e = &findings.endings[i];
        let range = match (e.low, e.high) {
            (Some(low), Some(high)) => number::percent_range(low, high),
            _ => String::new(),
        };
        (
            pen.clean(&e.label),
            pen.clean(&number::percent(e.probability)),
            pen.clean(&range),
            e.probability,
        )
    };
    let rows: Vec<_> = shown.iter().map(row).collect();
    let widest =
        |f: &dyn Fn(&(String, String, String, f64)) -> usize| rows.iter().map(f).max().unwrap_or(0);
    let (value, mut range) = (widest(&|r| r.1.width()), widest(&|r| r.2.width()));
    let mut label = widest(&|r| r.0.width());
    // The label yields before the range, the range before the label is too short to be told from others.
    let fixed = 2 + 2 + value;
    if pen.width < fixed + 2 + range + label.min(20) {
        range = 0;
    }
    let gap_range = if range > 0 { range + 2 } else { 0 };
    label = label.min(pen.width - fixed - gap_range);
    let bar = pen.width - fixed - gap_range - label;
    let largest = rows.iter().map(|r| r.3).fold(0.0, f64::max);
    for r in &rows {
        let bar = if bar >= 8 && largest > 0.0 {
            format!("  {}", pen.bar(r.3 / largest, (bar - 2).min(40)))
        } else {
            String::new()
        };
        let range = if range > 0 {
            format!("  {}", pen.right(&r.2, range))
        } else {
            String::new()
        };
        pen.line(&[
            (Tone::Plain, &format!("  {}  ", pen.left(&r.0, label))),
            (Tone::Strong, &pen.right(&r.1, value)),
            (Tone::Faint, &range),
            (Tone::Bar, &bar),
        ]);
    }
    more(pen, order.len() - shown.len(), "endings");
    if let (Some(doubt), true) = (&findings.doubt, range > 0) {
        let note = format!(
            "  ranges: 5 to 95 % of {} draws of the doubted numbers",
            number::count(doubt.draws as u64)
        );
        pen.line(&[(Tone::Faint, &note)]);
    }
}

fn more(pen: &mut Pen, left_out: usize, what: &str) {
    if left_out > 0 {
        let dots = if pen.unicode { "…" } else { "..." };
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
    let numbers = Scale::of(
        asks.iter()
            .filter(|a| a.unit == Unit::Number)
            .filter_map(|a| a.value),
    );
    let write = |a: &Answer| match (a.value, a.unit) {
        (None, _) => "–".to_string(),
        (Some(v), Unit::Probability) => number::percent(v),
        (Some(v), Unit::Number) => numbers.write(v),
    };
    let range = |a: &Answer| match (a.low, a.high, a.unit) {
        (Some(low), Some(high), Unit::Probability) => number::percent_range(low, high),
        (Some(low), Some(high), Unit::Number) => numbers.range(low, high),
        _ => String::new(),
    };
    let rows: Vec<(String, String, Vec<String>)> = {
        let cells: Vec<_> = asks
            .iter()
            .map(|a| (pen.clean(&write(a)), pen.clean(&range(a))))
            .collect();
        let value = cells.iter().map(|c| c.0.width()).max().unwrap_or(0);
        let range = cells.iter().map(|c| c.1.width()).max().unwrap_or(0);
        let range = if pen.width < 2 + value + 4 + range + 30 {
            0
        } else {
            range
        };
        let used = 2 + value + 2 + if range > 0 { range + 2 } else { 0 };
        cells
            .into_iter()
            .zip(asks)
            .map(|((v, r), ask)| {
                let question = match ask.value {
                    Some(_) => ask.question.clone(),
                    None => format!("{} (its condition never holds)", ask.question),
                };
                (
                    format!("  {}  ", pen.right(&v, value)),
                    if range > 0 {
                        format!("{}  ", pen.right(&r, range))
                    } else {
                        String::new()
                    },
                    pen.wrap(&pen.clean(&question), pen.width.saturating_sub(used).max(8)),
                )
            })
            .collect()
    };
    heading(pen, "What was asked");
    let limit = pen.height().saturating_add(room.saturating_sub(2));
    for (i, (value, range, question)) in rows.iter().enumerate() {
        // The last line is kept for saying that there is more.
        let last = i + 1 == rows.len();
        if pen.height() + question.len() + usize::from(!last) > limit {
            more(pen, rows.len() - i, "answers");
            return;
        }
        for (k, line) in question.iter().enumerate() {
            if k == 0 {
                pen.line(&[
                    (Tone::Strong, value),
                    (Tone::Faint, range),
                    (Tone::Plain, line),
                ]);
            } else {
                let indent = " ".repeat(value.width() + range.width());
                pen.line(&[(Tone::Plain, &indent), (Tone::Plain, line)]);
            }
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
    more(pen, actors.len() - shown.len(), "actors");
}

fn checks(pen: &mut Pen, findings: &Findings) {
    let all = &findings.expects;
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
    let game = &findings.game;
    let mut facts = vec![
        number::counted(game.nodes, "node", "nodes"),
        number::counted(game.information_sets, "information set", "information sets"),
    ];
    if let Some(precision) = certificate.precision {
        facts.push(format!("precision {}", number::plain(precision, false)));
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
