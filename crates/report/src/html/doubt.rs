//! What the answers hang on, from the draws: fan, tipping points, importance, conditions, a tree.
//!
//! Pictures are tables whose cells hold bars, so that they need no script and fit any page.

use detente_findings::model::{
    Change, Condition, Doubt, DoubtNode, DoubtNumber, DoubtTree, Importance, OutputKind,
    TippingPoint, Unit,
};

use super::markup::{Column, Section, Table, escape, key, label, listed};
use crate::number;

/// Outputs whose numbers are shown at once; those of the others are folded away.
const SHOWN: usize = 3;
/// Numbers that are shown of each output.
const MOST: usize = 8;

/// Draws that are told of.
pub(crate) struct Told<'a> {
    pub(crate) doubt: &'a Doubt,
    /// What a solved point is called.
    pub(crate) draws: &'a str,
}

impl Told<'_> {
    /// The name of a number.
    pub(crate) fn name(&self, number: usize) -> String {
        let number = &self.doubt.numbers[number];
        format!("<bdi>{}</bdi>", escape(&number.id.replace('_', " ")))
    }

    /// The name of a number, and what it is.
    pub(crate) fn about(&self, number: usize) -> String {
        let about = &self.doubt.numbers[number].about;
        let small = match about.is_empty() {
            true => String::new(),
            false => format!("<br><small>{}</small>", label(about)),
        };
        format!("{}{small}", self.name(number))
    }

    fn value(&self, number: usize, value: f64) -> String {
        number::plain(value, self.doubt.numbers[number].percent)
    }

    /// The label of an output, with its colour.
    pub(crate) fn output(&self, output: usize) -> String {
        let of = &self.doubt.outputs[output];
        let before = |kind| {
            let same = self.doubt.outputs[..output].iter();
            same.filter(|other| other.kind == kind).count()
        };
        match of.kind {
            OutputKind::Ending => format!("{}{}", key("ending", output), label(&of.label)),
            OutputKind::Actor => format!(
                "{}What it is worth to {}",
                key("actor", before(OutputKind::Actor)),
                label(&of.label)
            ),
            OutputKind::Ask => label(&of.label),
        }
    }

    /// An output's value.
    pub(crate) fn amount(&self, output: usize, value: f64) -> String {
        match self.doubt.outputs[output].unit {
            Unit::Probability => number::percent(value),
            Unit::Number => number::plain(value, false),
        }
    }

    fn rows(&self) -> String {
        number::count(self.doubt.draws as u64)
    }
}

/// Endings as bands.
pub(crate) fn fan(told: &Told<'_>, intro: &str) -> Option<Section> {
    let doubt = told.doubt;
    let mut endings: Vec<(usize, [f64; 5])> = (doubt.outputs.iter().enumerate())
        .filter(|(_, output)| output.kind == OutputKind::Ending)
        .filter_map(|(at, output)| Some((at, output.quantiles?)))
        .collect();
    if endings.is_empty() || doubt.numbers.is_empty() {
        return None;
    }
    endings.sort_by(|a, b| b.1[2].total_cmp(&a.1[2]).then(a.0.cmp(&b.0)));
    let most = endings.iter().map(|(_, q)| q[4]).fold(0.01, f64::max);
    let top = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0]
        .into_iter()
        .find(|top| most <= *top)
        .unwrap_or(1.0);
    let mut table = Table::new(
        "How far each ending moves",
        &[
            (Column::Head, "Ending"),
            (Column::Number, "Middle"),
            (Column::Number, "50 %"),
            (Column::Number, "90 %"),
        ],
    )
    .of_class("stacked drawn");
    let first = doubt.most_likely.iter().any(|share| *share > 0.0);
    if first {
        table.column(Column::Number, "Likeliest in");
    }
    table.column(
        Column::Words,
        &format!(
            "<span class=\"scale\"><span>0</span><span>{}</span></span>",
            number::percent(top)
        ),
    );
    for (at, q) in &endings {
        let mut cells = vec![
            told.output(*at),
            number::percent(q[2]),
            number::percent_range(q[1], q[3]),
            number::percent_range(q[0], q[4]),
        ];
        if first {
            cells.push(number::percent(doubt.most_likely[*at]));
        }
        let best = doubt.outputs[*at].best;
        cells.push(bands(q, best, top, &format!("var(--ending-{})", at % 10)));
        table.row(cells);
    }
    let body = format!(
        "<p>{intro} The dark band holds the middle half of the {draws}, the pale band nine in ten; the line is the \
         middle one (half are below, half above){ring}.{last}</p>\n{table}",
        ring = match doubt.outputs.iter().any(|output| output.best.is_some()) {
            true => ", the ring the answer at the best guesses",
            false => "",
        },
        draws = told.draws,
        last = match first {
            true => format!(
                " The last number says in which share of the {} an ending is the likeliest of all.",
                told.draws
            ),
            false => String::new(),
        },
        table = table.html()
    );
    Some(Section {
        id: "fan",
        title: "How far the numbers carry it",
        body,
    })
}

/// A pale band, a dark band, a line and a ring on a track from 0 to `top`.
fn bands(q: &[f64; 5], best: Option<f64>, top: f64, colour: &str) -> String {
    let at = |value: f64| 100.0 * (value / top).clamp(0.0, 1.0);
    let band = |class: &str, low: f64, high: f64| {
        let (from, to) = (at(low), at(high));
        format!(
            "<span class=\"{class}\" style=\"left:{from:.2}%;width:{:.2}%\"></span>",
            (to - from).max(0.3)
        )
    };
    let ring = best.map_or_else(String::new, |best| {
        format!(
            "<span class=\"ring\" style=\"left:{:.2}%\"></span>",
            at(best)
        )
    });
    format!(
        "<span class=\"track\" style=\"--key:{colour}\" aria-hidden=\"true\">{}{}<span class=\"line\" style=\"left:{:.2}%\"></span>{ring}</span>",
        band("pale", q[0], q[4]),
        band("dark", q[1], q[3]),
        at(q[2]),
    )
}

/// The smallest changes that turn an answer over.
pub(crate) fn tipping(told: &Told<'_>) -> Option<Section> {
    let tipping = told.doubt.tipping.as_ref().filter(|t| t.tried > 0)?;
    let lead = label(&told.doubt.outputs[tipping.ending].label);
    let all = told.doubt.numbers.len();
    let tried = match tipping.tried == all {
        true if all == 1 => "The doubtful number was set to both ends of its range".to_owned(),
        true => format!("Each of the {all} doubtful numbers was set to both ends of its range"),
        false => format!(
            "The {} of the {all} doubtful numbers that matter most were set to both ends of their ranges",
            tipping.tried
        ),
    };
    let mut body = format!(
        "<p>At the best guesses “{lead}” is the likeliest ending. How far must the numbers move, with all others at \
         their best guesses, until another is? {tried}; where the answer turned over, the place where it turns was \
         closed in on. Everything below was solved at that place, not estimated.</p>\n"
    );
    if tipping.single.is_empty() {
        body.push_str(&format!(
            "<p><strong>No single number does it</strong>: “{lead}” stays the likeliest ending at both ends of every \
             range that was tried.</p>\n"
        ));
    } else {
        body.push_str("<h3>One number</h3>\n");
        body.push_str(&changes(told, &tipping.single, "Changes of one number"));
    }
    if !tipping.pairs.is_empty() {
        body.push_str(&format!(
            "<h3>Two numbers together</h3>\n<p>Both go the same share of the way to the ends of their ranges. Of all pairs \
             the {} that looked most promising were tried.</p>\n",
            tipping.pairs_tried
        ));
        body.push_str(&changes(
            told,
            &tipping.pairs,
            "Changes of two numbers together",
        ));
    } else if tipping.pairs_tried > 0 {
        body.push_str(&format!(
            "<p>Nor do two numbers together, of the {} that looked most promising.</p>\n",
            number::counted(tipping.pairs_tried, "pair", "pairs")
        ));
    }
    if !tipping.asks.is_empty() {
        body.push_str(
            "<h3>Answers that cross one half</h3>\n<p>The smallest change of one number after which a question is \
             answered the other way: likelier than not, or less likely than not.</p>\n",
        );
        body.push_str(&changes(
            told,
            &tipping.asks,
            "Changes that carry an answer across one half",
        ));
    }
    Some(Section {
        id: "tipping",
        title: "What would turn it over",
        body,
    })
}

fn changes(told: &Told<'_>, points: &[TippingPoint], caption: &str) -> String {
    let mut table = Table::new(
        caption,
        &[
            (Column::Head, "If"),
            (Column::Words, "Of the way to the end of the range"),
            (Column::Words, "Then"),
        ],
    )
    .of_class("stacked drawn tipping");
    for point in points {
        let moved: Vec<String> = point.changes.iter().map(|c| change(told, c)).collect();
        let share = point.changes.first().map_or(0.0, |c| c.share);
        let then = match told.doubt.outputs[point.output].kind {
            OutputKind::Ending => format!("{} is the likeliest", told.output(point.output)),
            _ => told.output(point.output),
        };
        table.row(vec![
            moved.join("<br>and "),
            format!(
                "<span class=\"track\" style=\"--key:var(--accent)\" aria-hidden=\"true\"><span class=\"dark\" style=\"left:0;width:{:.1}%\"></span></span> <span class=\"beside\">{}</span>",
                100.0 * share,
                number::percent(share)
            ),
            format!(
                "{then}{} {}, at the best guesses {}",
                if then.ends_with("?</bdi>") { "" } else { ":" },
                told.amount(point.output, point.after),
                told.amount(point.output, point.before)
            ),
        ]);
    }
    table.html()
}

fn change(told: &Told<'_>, change: &Change) -> String {
    format!(
        "<strong>{}</strong> {} <small>(best guess {})</small>",
        told.name(change.number),
        turning(told.doubt, change),
        told.value(change.number, change.from)
    )
}

/// Where a number turns an answer: "goes above about 23 %", or "reaches 6" where it goes in steps.
pub(crate) fn turning(doubt: &Doubt, change: &Change) -> String {
    let number = &doubt.numbers[change.number];
    if (change.to - change.still).abs() > 0.05 * (number.high - number.low).abs() {
        return format!("reaches {}", number::plain(change.to, number.percent));
    }
    let way = if change.to > change.from {
        "above"
    } else {
        "below"
    };
    let place = near(number, f64::midpoint(change.still, change.to));
    format!("goes {way} about {place}")
}

/// A value of a number with no more digits than a fiftieth of its range has.
pub(crate) fn near(number: &DoubtNumber, value: f64) -> String {
    let hundredth = 0.01 * (number.high - number.low).abs();
    number::rounded(value - hundredth, value + hundredth, number.percent)
}

/// Which numbers each answer hangs on.
pub(crate) fn importance(told: &Told<'_>) -> Option<Section> {
    let doubt = told.doubt;
    if doubt.numbers.is_empty() || doubt.draws < 2 {
        return None;
    }
    let moved = match doubt.numbers.len() {
        1 => "one number was moved".to_owned(),
        count => format!("all {count} numbers were moved at once"),
    };
    let mut body = format!(
        "<p>In {} {} {moved}. Which answers went up and down with which number? A strength of +100 \
         would mean that the higher the number, the higher the answer, without exception; −100, the higher the number, \
         the lower the answer; 0, that they have nothing to do with each other. The bar is the range in which the \
         strength lies with nine chances in ten: with more {} it would be narrower. Numbers that cannot be told from \
         chance are left out; of those shown, about one in ten may still be there by chance.</p>\n",
        told.rows(),
        told.draws,
        told.draws
    );
    if doubt.importance.is_empty() {
        body.push_str(&format!(
            "<p><strong>No number stands out.</strong> With {} {} none can be told from chance, or the answers hardly \
             move at all.</p>\n",
            told.rows(),
            told.draws
        ));
    }
    let mut order: Vec<&Importance> = doubt.importance.iter().collect();
    let moves = |of: &Importance| match doubt.outputs[of.output].kind {
        OutputKind::Ending => doubt.outputs[of.output]
            .quantiles
            .map_or(0.0, |q| q[4] - q[0]),
        _ => -1.0,
    };
    order.sort_by(|a, b| moves(b).total_cmp(&moves(a)).then(a.output.cmp(&b.output)));
    let endings = order.iter().filter(|of| moves(of) >= 0.0).count();
    let first = SHOWN.min(endings.max(1)).min(order.len());
    for of in &order[..first] {
        body.push_str(&weights(told, of));
    }
    if order.len() > first {
        let rest: String = order[first..].iter().map(|of| weights(told, of)).collect();
        body.push_str(&format!(
            "<details class=\"more\"><summary>The same for {} more answers</summary>\n{rest}</details>\n",
            order.len() - first
        ));
    }
    Some(Section {
        id: "importance",
        title: "Which numbers matter",
        body,
    })
}

fn weights(told: &Told<'_>, of: &Importance) -> String {
    let name = &told.doubt.outputs[of.output].label;
    let mut table = Table::new(
        &format!("Numbers on which “{name}” hangs"),
        &[(Column::Head, "Number"), (Column::Number, "Strength")],
    )
    .of_class("stacked drawn");
    table.column(
        Column::Words,
        "<span class=\"scale\"><span>−100</span><span>0</span><span>+100</span></span>",
    );
    for weight in of.found.iter().take(MOST) {
        let at = |value: f64| 50.0 + 50.0 * value;
        let bar = format!(
            "<span class=\"track middle\" style=\"--key:var(--accent)\" aria-hidden=\"true\"><span class=\"pale\" style=\"left:{:.2}%;width:{:.2}%\"></span><span class=\"dot\" style=\"left:{:.2}%\"></span></span>",
            at(weight.low),
            at(weight.high) - at(weight.low),
            at(weight.rank)
        );
        table.row(vec![
            told.about(weight.number),
            format!(
                "{} <small>({} to {})</small>",
                strength(weight.rank),
                strength(weight.low),
                strength(weight.high)
            ),
            bar,
        ]);
    }
    let more = of.found.len().saturating_sub(MOST);
    let more = match more {
        0 => String::new(),
        more => format!("<p class=\"hint\">{more} more, weaker ones.</p>\n"),
    };
    let crooked: Vec<String> = (of.found.iter())
        .filter(|weight| weight.low < 0.0 && weight.high > 0.0 && weight.delta.is_some())
        .map(|weight| told.name(weight.number))
        .collect();
    let crooked = match crooked.is_empty() {
        true => String::new(),
        false => format!(
            "<p class=\"hint\">{} is here because the answer changes with it without simply rising or falling (by the \
             δ measure, which looks at the whole distribution).</p>\n",
            listed(&crooked)
        ),
    };
    format!(
        "<h3>{}</h3>\n{}{more}{crooked}",
        told.output(of.output),
        table.html()
    )
}

/// A rank correlation in hundredths with its sign.
fn strength(value: f64) -> String {
    let hundredths = (100.0 * value).round();
    match hundredths {
        h if h > 0.0 => format!("+{h}"),
        h if h < 0.0 => format!("−{}", -h),
        _ => "0".to_owned(),
    }
}

/// Conditions in words and as boxes, and a tree.
pub(crate) fn conditions(told: &Told<'_>) -> Option<Section> {
    let doubt = told.doubt;
    if doubt.conditions.is_empty() && doubt.tree.is_none() {
        return None;
    }
    let mut body = String::new();
    if !doubt.conditions.is_empty() {
        body.push_str(
            "<p>Where among all the numbers does it come otherwise? Each condition was searched for among the numbers that \
             can be told from chance, and is told only if random halves of the cases mostly lead to the same numbers. \
             The filled part of a line is where the number must lie; the ring is its best guess.</p>\n",
        );
        for condition in &doubt.conditions {
            body.push_str(&boxes(told, condition));
        }
    }
    if let Some(tree) = &doubt.tree {
        body.push_str(&questions(told, tree));
    }
    Some(Section {
        id: "conditions",
        title: "When it comes otherwise",
        body,
    })
}

fn boxes(told: &Told<'_>, condition: &Condition) -> String {
    let mut out = format!(
        "<h3>When {}</h3>\n<p>It is so in {} of {} {}.</p>\n",
        escape(&condition.what),
        number::percent(condition.share),
        number::count(condition.rows as u64),
        told.draws
    );
    for (k, found) in condition.boxes.iter().enumerate() {
        out.push_str(&format!(
            "<p class=\"condition\">{} <strong>{}</strong>: there it is so in {} of {} {} (without the condition in {}). \
             The condition holds in {} of all cases in which it is so.</p>\n",
            if k == 0 { "Mostly when" } else { "Apart from that, when" },
            escape(&found.words),
            number::percent(found.density),
            number::count(found.rows as u64),
            told.draws,
            number::percent(condition.share),
            number::percent(found.coverage),
        ));
        let mut table = Table::new(
            &format!("The condition for “{}”, number {}", condition.what, k + 1),
            &[
                (Column::Head, "Number"),
                (Column::Number, "From"),
                (Column::Number, "To"),
                (Column::Words, "Within its range"),
            ],
        )
        .of_class("stacked drawn");
        for side in &found.limits {
            let number = &told.doubt.numbers[side.number];
            let (low, high) = (number.low, number.high);
            let at = |value: f64| 100.0 * ((value - low) / (high - low)).clamp(0.0, 1.0);
            let (from, to) = (side.lower.unwrap_or(low), side.upper.unwrap_or(high));
            let ring = number.base.map_or_else(String::new, |base| {
                format!(
                    "<span class=\"ring\" style=\"left:{:.2}%\"></span>",
                    at(base)
                )
            });
            table.row(vec![
                told.about(side.number),
                near(number, from),
                near(number, to),
                format!(
                    "<span class=\"track\" style=\"--key:var(--accent)\" aria-hidden=\"true\"><span class=\"dark\" style=\"left:{:.2}%;width:{:.2}%\"></span>{ring}</span>",
                    at(from),
                    (at(to) - at(from)).max(1.0)
                ),
            ]);
        }
        out.push_str(&table.html());
    }
    out
}

fn questions(told: &Told<'_>, tree: &DoubtTree) -> String {
    let name = label(&told.doubt.outputs[tree.output].label);
    format!(
        "<h3>A few questions that tell where “{name}” is likely</h3>\n<p>Go down the list by answering each question. The \
         answers tell {} of the differences between the {}; other numbers make the rest.</p>\n<ul class=\"tree\">\n{}</ul>\n",
        number::percent(tree.r2),
        told.draws,
        branch(told, tree, 0)
    )
}

fn branch(told: &Told<'_>, tree: &DoubtTree, at: usize) -> String {
    let node = &tree.nodes[at];
    let Some(question) = &node.question else {
        return String::new();
    };
    let side = |words: &str, child: usize| {
        let below = &tree.nodes[child];
        format!(
            "<li>If <strong>{} {words} {}</strong>: {}{}</li>\n",
            told.name(question.number),
            escape(&question.words),
            leaf(told, tree, below),
            match branch(told, tree, child) {
                deeper if deeper.is_empty() => String::new(),
                deeper => format!("\n<ul>\n{deeper}</ul>\n"),
            }
        )
    };
    side("is at most", question.below) + &side("is above", question.above)
}

fn leaf(told: &Told<'_>, tree: &DoubtTree, node: &DoubtNode) -> String {
    format!(
        "{} on average <small>({} {})</small><span class=\"track\" style=\"--key:var(--ending-{})\" aria-hidden=\"true\"><span class=\"dark\" style=\"left:0;width:{:.1}%\"></span></span>",
        told.amount(tree.output, node.mean),
        number::count(node.rows as u64),
        told.draws,
        tree.output % 10,
        100.0 * node.mean.clamp(0.0, 1.0)
    )
}
