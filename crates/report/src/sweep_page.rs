//! What the points of a sweep say: a page, and a few lines for a terminal.

use detente_findings::model::{Doubt, ElementaryEffects, OutputKind, VarianceShares};

use crate::effects_svg;
use crate::hangs::hangs;
use crate::html::assets::scripts;
use crate::html::doubt::{self, Told};
use crate::html::information::information;
use crate::html::markup::{Column, Section, Table, code, escape};
use crate::html::scatter::scatter;
use crate::number::{self, Scale};
use crate::pen::{Pen, Tone};
use crate::plain_page::{in_short, scripted_page};
use crate::text::TextOptions;

/// A sweep and what its points say.
#[derive(Clone, Copy, Debug)]
pub struct SweepPage<'a> {
    /// The scenario's title.
    pub title: &'a str,
    /// Its file, without folders.
    pub file: &'a str,
    /// The design in words, as the beginning of a sentence.
    pub design: &'a str,
    /// Seed of all draws.
    pub seed: u64,
    /// All points of the design, those that are there, and those of them that failed.
    pub points: (u64, u64, u64),
    /// Whether points are draws, so that shares of points are probabilities.
    pub draws: bool,
    /// What a reader should know about how the points were made.
    pub notes: &'a [String],
    /// What the answers hang on.
    pub doubt: &'a Doubt,
}

/// Numbers that are shown of each output, and outputs that are shown at once.
const MOST: usize = 12;
const SHOWN: usize = 3;

impl SweepPage<'_> {
    /// What a solved point is called.
    fn word(&self) -> &'static str {
        if self.draws { "draws" } else { "points" }
    }

    fn sentences(&self) -> Vec<String> {
        let (planned, there, failed) = self.points;
        let mut told = vec![format!(
            "{}: {} solved{}{}.",
            self.design,
            number::counted((there - failed) as usize, "point", "points"),
            match failed {
                0 => String::new(),
                failed => format!(", {} failed", number::count(failed)),
            },
            match there < planned {
                true => format!(", {} are not there yet", number::count(planned - there)),
                false => String::new(),
            }
        )];
        if !self.draws {
            told.push(
                "The points are those of a design, not draws: shares of points are no probabilities.".to_owned(),
            );
        }
        told.extend(
            hangs(self.doubt, self.word())
                .into_iter()
                .map(|sentence| format!("{sentence}.")),
        );
        told.extend(strongest(self.doubt));
        told
    }
}

/// The number that the ending hangs on which moves most, by the indices of the design.
fn strongest(doubt: &Doubt) -> Option<String> {
    let moves = |output: usize| match doubt.outputs[output].kind {
        OutputKind::Ending => doubt.outputs[output].quantiles.map_or(0.0, |q| q[4] - q[0]),
        _ => -1.0,
    };
    let name = |at: usize| doubt.numbers[at].id.replace('_', " ");
    if let Some(of) = doubt
        .variance
        .iter()
        .max_by(|a, b| moves(a.output).total_cmp(&moves(b.output)))
    {
        let best = (0..of.total.len()).max_by(|&a, &b| of.total[a].0.total_cmp(&of.total[b].0))?;
        return Some(format!(
            "Of all that moves “{}”, {} has a hand in {}; by itself it makes {}.",
            doubt.outputs[of.output].label,
            name(best),
            number::percent(of.total[best].0.clamp(0.0, 1.0)),
            number::percent(of.first[best].0.clamp(0.0, 1.0))
        ));
    }
    let of = doubt
        .effects
        .iter()
        .max_by(|a, b| moves(a.output).total_cmp(&moves(b.output)))?;
    let best =
        (0..of.effects.len()).max_by(|&a, &b| of.effects[a].1.total_cmp(&of.effects[b].1))?;
    Some(format!(
        "“{}” is moved most by {}: across its range by {} on average.",
        doubt.outputs[of.output].label,
        name(best),
        number::percent(of.effects[best].1)
    ))
}

/// The sweep as a page.
///
/// # Errors
/// The points could not be written into the page.
pub fn sweep_html(page: &SweepPage<'_>) -> Result<String, crate::ReportError> {
    let told = Told {
        doubt: page.doubt,
        draws: page.word(),
    };
    let intro = match page.draws {
        true if page.doubt.numbers.len() == 1 => {
            "The number that the sweep varies was drawn, and the scenario solved each time."
        }
        true => {
            "All numbers that the sweep varies were drawn together, and the scenario solved each time."
        }
        false => {
            "The scenario was solved at each point of the design; the bands below are over these points and say nothing of how likely they are."
        }
    };
    let sections: Vec<Section> = [
        Some(in_short(&page.sentences())),
        doubt::fan(&told, intro),
        variance(&told),
        effects(&told),
        doubt::importance(&told).filter(|_| !page.doubt.importance.is_empty()),
        doubt::conditions(&told),
        information(&told),
        scatter(&told),
        Some(made(page)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let facts = format!(
        "Sweep of {}, {}, seed {}",
        code(page.file),
        escape(page.design),
        page.seed
    );
    let json = serde_json::json!({ "doubt": page.doubt }).to_string();
    Ok(scripted_page(
        page.title,
        &facts,
        &sections,
        &scripts(&json),
    ))
}

/// Which outputs stand at once, and which are folded away.
fn arranged<'a, T>(told: &Told<'_>, all: &'a [T], output: impl Fn(&T) -> usize) -> Vec<&'a T> {
    let moves = |one: &T| {
        let of = &told.doubt.outputs[output(one)];
        match of.kind {
            OutputKind::Ending => of.quantiles.map_or(0.0, |q| q[4] - q[0]),
            _ => -1.0,
        }
    };
    let mut order: Vec<&T> = all.iter().collect();
    order.sort_by(|a, b| {
        moves(b)
            .total_cmp(&moves(a))
            .then(output(a).cmp(&output(b)))
    });
    order
}

fn folded(parts: &[String]) -> String {
    let first = SHOWN.min(parts.len());
    let rest = match parts.len() - first {
        0 => String::new(),
        more => format!(
            "<details class=\"more\"><summary>The same for {more} more answers</summary>\n{}</details>\n",
            parts[first..].concat()
        ),
    };
    parts[..first].concat() + &rest
}

fn variance(told: &Told<'_>) -> Option<Section> {
    let all = &told.doubt.variance;
    if all.is_empty() {
        return None;
    }
    let parts: Vec<String> = arranged(told, all, |of| of.output)
        .into_iter()
        .map(|of| shares(told, of))
        .collect();
    Some(Section {
        id: "variance",
        title: "Shares of what moves it",
        body: format!(
            "<p>An answer moves because the numbers do. If a number were known exactly, by how much would the answer move \
             less (its variance, the mean squared distance from the average)? <em>By itself</em> (dark; Sobol’s \
             first-order index) is what would go on average if this number alone were known. <em>With others</em> (pale; \
             total index) is what would be left if all other numbers were known: the number’s own share and all that it \
             does together with others. Where the pale bar is much longer than the dark one, the number matters mostly in \
             combination. The numbers behind ± are 95 % intervals.</p>\n{}",
            folded(&parts)
        ),
    })
}

fn shares(told: &Told<'_>, of: &VarianceShares) -> String {
    let name = &told.doubt.outputs[of.output].label;
    let mut table = Table::new(
        &format!("Shares of what moves “{name}”"),
        &[
            (Column::Head, "Number"),
            (Column::Number, "By itself"),
            (Column::Number, "With others"),
            (
                Column::Words,
                "<span class=\"scale\"><span>0</span><span>100 %</span></span>",
            ),
        ],
    )
    .of_class("stacked drawn");
    let mut order: Vec<usize> = (0..of.total.len()).collect();
    order.sort_by(|&a, &b| of.total[b].0.total_cmp(&of.total[a].0).then(a.cmp(&b)));
    let clear = |at: &usize| of.total[*at].0 > of.total[*at].1.max(0.005);
    let shown: Vec<usize> = order.into_iter().filter(clear).take(MOST).collect();
    let share = |(value, half): (f64, f64)| {
        format!(
            "{} <small>± {}</small>",
            number::percent(value.max(0.0)),
            number::percent(half)
        )
    };
    for &at in &shown {
        let width = |value: f64| 100.0 * value.clamp(0.0, 1.0);
        table.row(vec![
            told.about(at),
            share(of.first[at]),
            share(of.total[at]),
            format!(
                "<span class=\"track\" style=\"--key:var(--accent)\" aria-hidden=\"true\"><span class=\"pale\" style=\"left:0;width:{:.1}%\"></span><span class=\"dark\" style=\"left:0;width:{:.1}%\"></span></span>",
                width(of.total[at].0),
                width(of.first[at].0)
            ),
        ]);
    }
    let left = of.total.len() - shown.len();
    let mut below = match left {
        0 => String::new(),
        left => format!(
            "<p class=\"hint\">{} more cannot be told from nothing, or matter less.</p>\n",
            left
        ),
    };
    if !of.pairs.is_empty() {
        let pairs: Vec<String> = (of.pairs.iter())
            .map(|(a, b, value, half)| {
                format!(
                    "{} with {}: {} ± {}",
                    told.name(*a),
                    told.name(*b),
                    number::percent(*value),
                    number::percent(*half)
                )
            })
            .collect();
        below.push_str(&format!(
            "<p>Pairs that do something together beyond what each does by itself (second-order index): {}.</p>\n",
            pairs.join("; ")
        ));
    }
    let dropped = match of.dropped {
        0 => String::new(),
        dropped => format!(
            ", {} left out because a point failed or is missing",
            number::count(dropped as u64)
        ),
    };
    format!(
        "<h3>{}</h3>\n{}{below}<p class=\"hint\">From {} base points{dropped}.</p>\n",
        told.output(of.output),
        match shown.is_empty() {
            true => "<p>With so few points no share can be told from nothing.</p>\n".to_owned(),
            false => table.html(),
        },
        number::count(of.base_points as u64)
    )
}

fn effects(told: &Told<'_>) -> Option<Section> {
    let all = &told.doubt.effects;
    if all.is_empty() {
        return None;
    }
    let parts: Vec<String> = arranged(told, all, |of| of.output)
        .into_iter()
        .enumerate()
        // What is folded away is seen too rarely for a picture.
        .map(|(place, of)| steps(told, of, place < SHOWN))
        .collect();
    Some(Section {
        id: "effects",
        title: "What a step of one number does",
        body: format!(
            "<p>From many places, one number at a time took a step, and the answer moved by so much for the whole range \
             (Morris’ elementary effects). <em>Size</em> (dark; μ*) is how far on average, in whichever direction; \
             <em>direction</em> (μ) is the same with its sign; <em>unevenness</em> (pale; σ) is how much the effect hangs \
             on where the step is taken. A large unevenness means that the number matters in some circumstances and \
             not in others, alone or through other numbers.</p>\n{}",
            folded(&parts)
        ),
    })
}

fn steps(told: &Told<'_>, of: &ElementaryEffects, pictured: bool) -> String {
    let name = &told.doubt.outputs[of.output].label;
    let mut table = Table::new(
        &format!("What a step of each number does to “{name}”"),
        &[
            (Column::Head, "Number"),
            (Column::Number, "Size"),
            (Column::Number, "Direction"),
            (Column::Number, "Unevenness"),
            (Column::Words, "Size and unevenness"),
        ],
    )
    .of_class("stacked drawn");
    let mut order: Vec<usize> = (0..of.effects.len()).collect();
    order.sort_by(|&a, &b| of.effects[b].1.total_cmp(&of.effects[a].1).then(a.cmp(&b)));
    let most = of
        .effects
        .iter()
        .map(|one| one.1.max(one.3))
        .fold(1e-300, f64::max);
    let probability = told.doubt.outputs[of.output].kind == OutputKind::Ending
        || told.doubt.outputs[of.output].unit == detente_findings::model::Unit::Probability;
    let scale = Scale::of(of.effects.iter().map(|one| one.1));
    let write = |value: f64| match probability {
        true if value <= -0.001 => format!("−{}", number::percent(-value)),
        true if value < 0.0 => number::percent(0.0),
        true => number::percent(value),
        false => scale.write(value),
    };
    for &at in order.iter().take(MOST) {
        let (mu, star, half, sigma) = of.effects[at];
        let width = |value: f64| 100.0 * (value / most).clamp(0.0, 1.0);
        table.row(vec![
            told.about(at),
            format!("{} <small>± {}</small>", write(star), write(half)),
            write(mu),
            write(sigma),
            format!(
                "<span class=\"track\" style=\"--key:var(--accent)\" aria-hidden=\"true\"><span class=\"pale\" style=\"left:0;width:{:.1}%\"></span><span class=\"dark upper\" style=\"left:0;width:{:.1}%\"></span></span>",
                width(sigma),
                width(star)
            ),
        ]);
    }
    let left = of.effects.len().saturating_sub(MOST);
    let more = match left {
        0 => String::new(),
        left => format!("{left} more move it less. "),
    };
    let dropped = match of.dropped {
        0 => String::new(),
        dropped => format!(
            ", {} left out because a point failed or is missing",
            number::count(dropped as u64)
        ),
    };
    let picture = match pictured {
        true => effects_svg::pictures(told, of, &order[..order.len().min(MOST)], probability),
        false => String::new(),
    };
    format!(
        "<h3>{}</h3>\n{picture}{}<p class=\"hint\">{more}From {} trajectories{dropped}.</p>\n",
        told.output(of.output),
        table.html(),
        number::count(of.trajectories as u64)
    )
}

/// How the points were made, and why some failed.
fn made(page: &SweepPage<'_>) -> Section {
    let (planned, there, failed) = page.points;
    let mut body = format!(
        "<p>{} over {}, seed {}: {} of {} points are there.</p>\n",
        escape(page.design),
        number::counted(page.doubt.numbers.len(), "number", "numbers"),
        page.seed,
        number::count(there),
        number::count(planned)
    );
    let solved = there - failed;
    if (page.doubt.draws as u64) < solved {
        body.push_str(&format!(
            "<p>Bands, strengths, conditions and dots are taken from {} of the {} points that were solved, which lie evenly \
             among them; the more are used the less it changes.</p>\n",
            number::count(page.doubt.draws as u64),
            number::count(solved)
        ));
    }
    for note in page.notes {
        body.push_str(&format!("<p>Note: {}.</p>\n", escape(note)));
    }
    if !page.doubt.reasons.is_empty() {
        let mut table = Table::new(
            "Why points failed",
            &[(Column::Head, "Reason"), (Column::Number, "Points")],
        );
        for reason in &page.doubt.reasons {
            table.row(vec![escape(&reason.words), number::count(reason.points)]);
        }
        body.push_str(&format!(
            "<h3>Points that failed</h3>\n<p>{} of {} points have no answer. What is said above holds for the others, which \
             need not be like them.</p>\n{}",
            number::count(failed),
            number::count(there),
            table.html()
        ));
    }
    Section {
        id: "made",
        title: "How the points were made",
        body,
    }
}

/// The sweep in a few lines.
#[must_use]
pub fn sweep_text(page: &SweepPage<'_>, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for line in pen.wrap(&pen.clean(page.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    for sentence in page.sentences() {
        let words = pen.clean(&sentence);
        for (i, line) in pen
            .wrap(&words, pen.width.saturating_sub(2).max(12))
            .iter()
            .enumerate()
        {
            pen.line(&[
                (Tone::Plain, if i == 0 { "" } else { "  " }),
                (Tone::Plain, line),
            ]);
        }
    }
    if page
        .doubt
        .outputs
        .iter()
        .any(|of| of.kind == OutputKind::Ending && of.quantiles.is_some())
    {
        pen.gap();
        pen.line(&[(Tone::Strong, "Middle, and 5 to 95 % of the points")]);
    }
    for of in page
        .doubt
        .outputs
        .iter()
        .filter(|of| of.kind == OutputKind::Ending)
    {
        let Some(q) = of.quantiles else { continue };
        let values = format!(
            "{}  {}",
            number::percent(q[2]),
            number::percent_range(q[0], q[4])
        );
        let values = pen.clean(&values);
        let name = pen.clean(&of.label);
        let name = pen.left(&name, 44.min(pen.width / 2));
        pen.line(&[
            (Tone::Plain, &format!("  {name}  ")),
            (Tone::Strong, &values),
        ]);
    }
    for reason in &page.doubt.reasons {
        let words = pen.clean(&format!(
            "{} failed: {}",
            number::count(reason.points),
            reason.words
        ));
        for line in pen.wrap(&words, pen.width) {
            pen.line(&[(Tone::Warning, &line)]);
        }
    }
    pen.finish()
}
