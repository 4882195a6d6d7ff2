//! What a method found, and the table of methods, for a terminal.

use crate::number;
use crate::pen::{Pen, Tone};
use crate::text::TextOptions;

/// What a method found, in words and numbers ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct EquilibriaView {
    /// Title of the game, or its file.
    pub title: String,
    /// Players, nodes, information sets.
    pub size: [usize; 3],
    /// Name of the method.
    pub method: String,
    /// Whether the result is what was asked for.
    pub success: bool,
    /// How it ended, in a sentence.
    pub sentence: String,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Precision reached, where it has a meaning.
    pub precision: Option<f64>,
    /// What a reader should know.
    pub remarks: Vec<String>,
    /// Names of the players.
    pub players: Vec<String>,
    /// The equilibria.
    pub equilibria: Vec<EquilibriumView>,
}

/// An equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct EquilibriumView {
    /// Expected payoff of each player.
    pub payoffs: Vec<f64>,
    /// The same in exact fractions.
    pub exact_payoffs: Option<Vec<String>>,
    /// Largest gain from deviating as a share of the payoff range.
    pub largest_relative_gain: f64,
    /// The same at any information set, reached or not.
    pub largest_relative_gain_at_sets: f64,
    /// How it was found.
    pub remark: Option<String>,
    /// Choices at information sets.
    pub choices: Vec<ChoiceView>,
}

/// What is done at an information set.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceView {
    /// Who decides.
    pub player: String,
    /// Name of the information set.
    pub set: String,
    /// Probability that it is reached.
    pub reach: f64,
    /// Actions and their probabilities, as they are to be shown.
    pub actions: Vec<(String, String)>,
}

/// A row of the table of methods: its name, and heads with texts.
pub type MethodRow<'a> = (&'a str, [(&'a str, &'a str); 3]);

/// Equilibria that are listed.
const MOST_EQUILIBRIA: usize = 12;
/// Information sets whose choices are shown, of all equilibria together.
const MOST_CHOICES: usize = 24;
/// Columns that the numbers before a text take.
const INDENT: usize = 4;

/// What a method found, as text. No line is wider than the terminal.
pub fn equilibria_text(view: &EquilibriaView, options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    head(&mut pen, view);
    for remark in &view.remarks {
        paragraph(&mut pen, Tone::Plain, "", remark);
    }
    let mut room = MOST_CHOICES;
    for (k, equilibrium) in view.equilibria.iter().take(MOST_EQUILIBRIA).enumerate() {
        pen.gap();
        one(&mut pen, view, k, equilibrium, &mut room);
    }
    let left = view.equilibria.len().saturating_sub(MOST_EQUILIBRIA);
    if left > 0 {
        pen.gap();
        let words = number::counted(left, "more equilibrium", "more equilibria");
        paragraph(
            &mut pen,
            Tone::Faint,
            "",
            &format!("… {words}: --json has all"),
        );
    }
    pen.finish()
}

/// The table of methods, as text.
pub fn methods_text(rows: &[MethodRow<'_>], options: TextOptions) -> String {
    let mut pen = Pen::new(options);
    for (name, texts) in rows {
        pen.line(&[(Tone::Strong, name)]);
        for (head, text) in texts {
            let head = format!("  {head:<6} ");
            paragraph(&mut pen, Tone::Plain, &head, text);
        }
        pen.gap();
    }
    pen.line(&[(Tone::Plain, "detente solve FILE --method NAME")]);
    pen.finish()
}

fn head(pen: &mut Pen, view: &EquilibriaView) {
    for line in pen.wrap(&pen.clean(&view.title), pen.width) {
        pen.line(&[(Tone::Strong, &line)]);
    }
    let [players, nodes, sets] = view.size;
    let facts = format!(
        "{}, {}, {}",
        number::counted(players, "player", "players"),
        number::counted(nodes, "node", "nodes"),
        number::counted(sets, "information set", "information sets")
    );
    paragraph(pen, Tone::Faint, "", &facts);
    pen.gap();
    let (sign, tone) = match (view.success, pen.unicode) {
        (true, true) => ("✓", Tone::Good),
        (true, false) => ("+", Tone::Good),
        (false, _) => ("!", Tone::Warning),
    };
    let count = number::counted(view.equilibria.len(), "equilibrium", "equilibria");
    let found = match (view.success, view.equilibria.len()) {
        (true, _) => count,
        (false, 1) => "the best profile reached".to_owned(),
        (false, _) => format!("{count} so far"),
    };
    let precision = view.precision.map_or_else(String::new, |lambda| {
        format!(", precision {}", number::precision(lambda))
    });
    let words = format!(
        "{}: {found} in {}{precision}. {}",
        view.method,
        number::seconds(view.seconds),
        view.sentence
    );
    paragraph(pen, tone, &format!("{sign} "), &words);
}

fn one(
    pen: &mut Pen,
    view: &EquilibriaView,
    k: usize,
    equilibrium: &EquilibriumView,
    room: &mut usize,
) {
    let many = view.equilibria.len() > 1;
    if many {
        let remark = equilibrium.remark.as_ref();
        let remark = remark.map_or_else(String::new, |remark| format!(" · {remark}"));
        let words = format!("Equilibrium {}{remark}", k + 1);
        paragraph(pen, Tone::Strong, "", &words);
    } else if let Some(remark) = &equilibrium.remark {
        paragraph(pen, Tone::Plain, "", &sentence(remark));
    }
    let shown: Vec<String> = match &equilibrium.exact_payoffs {
        Some(exact) => exact.clone(),
        None => equilibrium.payoffs.iter().map(|v| digits(*v)).collect(),
    };
    for (player, value) in view.players.iter().zip(&shown) {
        let name = pen.clean(player);
        paragraph(pen, Tone::Plain, "  ", &format!("{name}: {value}"));
    }
    let gain = format!(
        "largest gain from deviating {} of a payoff range, {} at any information set",
        number::small_percent(equilibrium.largest_relative_gain),
        number::small_percent(equilibrium.largest_relative_gain_at_sets)
    );
    paragraph(pen, Tone::Faint, "  ", &gain);
    choices(pen, equilibrium, room);
}

/// A remark as a sentence of its own.
fn sentence(remark: &str) -> String {
    let mut letters = remark.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let end = if remark.ends_with('.') { "" } else { "." };
    first.chain(letters).collect::<String>() + end
}

fn choices(pen: &mut Pen, equilibrium: &EquilibriumView, room: &mut usize) {
    let count = equilibrium.choices.len();
    let shown = if count <= *room || *room == MOST_CHOICES {
        count.min(*room)
    } else {
        0
    };
    *room -= shown;
    for choice in &equilibrium.choices[..shown] {
        let mut parts: Vec<String> = Vec::new();
        for (action, probability) in &choice.actions {
            parts.push(format!("{action} {probability}"));
        }
        let unreached = if choice.reach > 0.0 {
            ""
        } else {
            " (not reached)"
        };
        let words = format!(
            "{} at {}{unreached}: {}",
            choice.player,
            choice.set,
            parts.join(", ")
        );
        paragraph(pen, Tone::Plain, &" ".repeat(INDENT), &words);
    }
    if shown > 0 && shown < count {
        let left = number::counted(
            count - shown,
            "more information set",
            "more information sets",
        );
        paragraph(
            pen,
            Tone::Faint,
            &" ".repeat(INDENT),
            &format!("… {left}: --json has all"),
        );
    }
}

/// A text whose first line follows `head` and whose others are set in as far.
fn paragraph(pen: &mut Pen, tone: Tone, head: &str, text: &str) {
    let indent = head.chars().count();
    let text = pen.clean(text);
    let columns = pen.width.saturating_sub(indent).max(10);
    for (k, line) in pen.wrap(&text, columns).iter().enumerate() {
        let before = if k == 0 {
            head.to_owned()
        } else {
            " ".repeat(indent)
        };
        pen.line(&[(tone, &before), (tone, line)]);
    }
}

/// Six significant digits, without zeros at the end.
fn digits(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let whole = value.abs().log10().floor() as i32 + 1;
    if !(-4..=9).contains(&whole) {
        return number::scientific(value);
    }
    let decimals = (6 - whole).max(0) as usize;
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if text == "-0" {
        "0".to_owned()
    } else {
        text.replace('-', "−")
    }
}
