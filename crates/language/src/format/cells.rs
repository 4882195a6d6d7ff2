//! Declarations cut into the cells that are aligned with those of their neighbours.

use super::flat::{Flat, Shape, comparison};
use crate::ast::{
    Condition, ConflictOption, Expr, Ident, ItemKind, Once, Ruled, Stable, Text, When,
};

/// A part of a cell.
pub(super) enum Piece<'t> {
    Words(String),
    Text(&'t Text),
    Expr(&'t Expr),
}

/// What stands in one column of a line.
pub(super) struct Cell<'t>(pub Vec<Piece<'t>>);

impl Cell<'_> {
    /// Whether it is a quoted text, which cannot be broken.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.0.as_slice(), [Piece::Text(_)])
    }
}

impl Shape for Cell<'_> {
    fn print(&self, flat: &mut Flat) {
        for piece in &self.0 {
            match piece {
                Piece::Words(words) => flat.write(words),
                Piece::Text(text) => text.print(flat),
                Piece::Expr(expr) => expr.print(flat),
            }
        }
    }
}

/// The cells of one declaration; missing ones leave their column empty.
pub(super) type Cells<'t> = Vec<Option<Cell<'t>>>;
/// The word that begins a declaration.
pub(super) fn keyword(kind: &ItemKind) -> &'static str {
    match kind {
        ItemKind::Scenario(_) => "scenario",
        ItemKind::Source(_) => "source",
        ItemKind::Note(_) => "note",
        ItemKind::AsOf(_) => "as_of",
        ItemKind::Happened { .. } => "happened",
        ItemKind::Actor { .. } => "actor",
        ItemKind::Param { .. } => "param",
        ItemKind::Correlation { .. } => "correlation",
        ItemKind::Let { .. } => "let",
        ItemKind::Function { .. } => "fn",
        ItemKind::Outcome { .. } => "outcome",
        ItemKind::State { .. } => "state",
        ItemKind::Ask { .. } => "ask",
        ItemKind::Expect { .. } => "expect",
        ItemKind::BaseRate { .. } => "compare",
        ItemKind::Use(_) => "use",
        ItemKind::Scale { .. } => "issue",
        ItemKind::ConflictOption(_) => "option",
        ItemKind::Infeasible(_) => "infeasible",
        ItemKind::Overlooks(_) => "overlooks",
        ItemKind::Unseen(_) => "unseen",
        ItemKind::Stable(_) => "expect",
        // The others hold braces and are not aligned.
        _ => "",
    }
}

/// The cells of a declaration without braces, its keyword padded to `word` columns.
pub(super) fn cells(kind: &ItemKind, word: usize) -> Cells<'_> {
    let keyword = format!("{:word$}", keyword(kind));
    let named = |id: &Ident| Some(Cell(vec![Piece::Words(format!("{keyword} {}", id.name))]));
    match kind {
        ItemKind::Scenario(text)
        | ItemKind::Source(text)
        | ItemKind::Note(text)
        | ItemKind::AsOf(text)
        | ItemKind::Use(text) => vec![words(keyword), quoted(Some(text))],
        ItemKind::Happened {
            outcome,
            date,
            words,
        } => {
            let before = Piece::Words(format!("{keyword} {} on ", outcome.name));
            let first = Cell(vec![before, Piece::Text(date)]);
            vec![Some(first), quoted(words.as_ref())]
        }
        ItemKind::Actor { id, label, style } => {
            let style = style.as_ref().map(|style| format!("style {}", style.name));
            vec![named(id), quoted(label.as_ref()), style.and_then(words)]
        }
        ItemKind::Outcome { id, label, gains } => {
            vec![named(id), quoted(label.as_ref()), braced(gains)]
        }
        ItemKind::Param {
            id,
            value,
            range,
            step,
            distribution,
            source,
        } => vec![
            named(id),
            after("= ", value),
            range.as_ref().map(|range| {
                let mut pieces: Vec<Piece<'_>> = interval(range).into();
                if let Some(step) = step {
                    pieces.push(Piece::Words(" step ".to_owned()));
                    pieces.push(Piece::Expr(step));
                }
                Cell(pieces)
            }),
            distribution.as_ref().map(|(name, list)| call(name, list)),
            quoted(source.as_ref()),
        ],
        ItemKind::Scale {
            id,
            label,
            range: (from, to),
            unit,
            reference,
            actual,
        } => {
            let dots = Piece::Words(" .. ".to_owned());
            let range = vec![Piece::Expr(from), dots, Piece::Expr(to)];
            vec![
                named(id),
                quoted(label.as_ref()),
                Some(Cell(range)),
                quoted(unit.as_ref()),
                reference.as_ref().and_then(|at| after("reference ", at)),
                actual.as_ref().and_then(|at| after("actual ", at)),
            ]
        }
        ItemKind::Correlation { a, b, rank } => {
            let head = format!("{keyword} {}, {}", a.name, b.name);
            vec![words(head), after("= ", rank)]
        }
        ItemKind::Let { id, value } => vec![named(id), after("= ", value)],
        ItemKind::State { id, label, value } => {
            let mut first = vec![Piece::Words(format!("{keyword} {}", id.name))];
            if let Some(label) = label {
                first.push(Piece::Words(" ".to_owned()));
                first.push(Piece::Text(label));
            }
            vec![Some(Cell(first)), after("= ", value)]
        }
        ItemKind::Function {
            id,
            arguments,
            body,
        } => {
            let arguments: Vec<&str> = arguments.iter().map(|a| a.name.as_str()).collect();
            let head = format!("{keyword} {}({})", id.name, arguments.join(", "));
            vec![words(head), after("= ", body)]
        }
        ItemKind::Ask { question, query } => {
            vec![words(keyword), quoted(Some(question)), after("", query)]
        }
        ItemKind::Expect {
            left,
            compare,
            right,
            within,
            when,
            why,
        } => {
            let sign = format!(" {} ", comparison(*compare));
            let mut check = vec![Piece::Expr(left), Piece::Words(sign), Piece::Expr(right)];
            if let Some(tolerance) = within {
                check.push(Piece::Words(" within ".to_owned()));
                check.push(Piece::Expr(tolerance));
            }
            if let Some(condition) = when {
                check.push(Piece::Words(" if ".to_owned()));
                check.push(Piece::Expr(condition));
            }
            vec![words(keyword), Some(Cell(check)), quoted(why.as_ref())]
        }
        ItemKind::BaseRate {
            query,
            rate,
            range,
            source,
        } => {
            let with = Piece::Words(" with ".to_owned());
            let mut middle = vec![Piece::Expr(query), with, Piece::Expr(rate)];
            if let Some(range) = range {
                middle.push(Piece::Words(" ".to_owned()));
                middle.extend(interval(range));
            }
            vec![words(keyword), Some(Cell(middle)), quoted(source.as_ref())]
        }
        ItemKind::ConflictOption(option) => option_cells(&keyword, option),
        ItemKind::Infeasible(Ruled { condition: c, why })
        | ItemKind::Overlooks(Ruled { condition: c, why }) => {
            vec![
                words(keyword),
                Some(Cell(condition(c))),
                quoted(why.as_ref()),
            ]
        }
        ItemKind::Unseen(names) => vec![words(keyword), words(list(names))],
        ItemKind::Stable(stable) => {
            let check = Some(Cell(stability(stable)));
            vec![words(keyword), check, quoted(stable.why.as_ref())]
        }
        // The others hold braces and are not aligned.
        _ => Vec::new(),
    }
}

fn list(names: &[Ident]) -> String {
    let names: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    names.join(", ")
}

/// `a`, `a if b` or `a iff b`
pub(super) fn condition(condition: &Condition) -> Vec<Piece<'_>> {
    let mut pieces = vec![Piece::Expr(&condition.holds)];
    if let Some((when, other)) = &condition.when {
        let word = match when {
            When::If => " if ",
            When::Iff => " iff ",
        };
        pieces.push(Piece::Words(word.to_owned()));
        pieces.push(Piece::Expr(other));
    }
    pieces
}

fn option_cells<'t>(keyword: &str, option: &'t ConflictOption) -> Cells<'t> {
    let once = option.once.map(|(once, _)| match once {
        Once::Irreversible => "irreversible",
        Once::Unrepeatable => "unrepeatable",
    });
    let told = |word: &str, text: &'t Option<Text>| {
        text.as_ref().map(|text| {
            let word = Piece::Words(format!("{word} "));
            Cell(vec![word, Piece::Text(text)])
        })
    };
    vec![
        words(format!("{keyword} {}", option.id.name)),
        quoted(option.label.as_ref()),
        words(format!("of {}", option.owner.name)),
        once.and_then(|once| words(once.to_owned())),
        told("doing", &option.doing),
        told("undoing", &option.undoing),
        quoted(option.source.as_ref()),
    ]
}

/// `stable condition [for actor] by concept, … [with actor, …]`
fn stability(stable: &Stable) -> Vec<Piece<'_>> {
    let word = if stable.stable {
        "stable "
    } else {
        "unstable "
    };
    let mut pieces = vec![Piece::Words(word.to_owned()), Piece::Expr(&stable.states)];
    if let Some(actor) = &stable.actor {
        pieces.push(Piece::Words(format!(" for {}", actor.name)));
    }
    for (i, (concept, horizon)) in stable.concepts.iter().enumerate() {
        let before = if i > 0 { ", " } else { " by " };
        pieces.push(Piece::Words(format!("{before}{}", concept.name)));
        if let Some(horizon) = horizon {
            pieces.push(Piece::Words(" ".to_owned()));
            pieces.push(Piece::Expr(horizon));
        }
    }
    if !stable.allies.is_empty() {
        pieces.push(Piece::Words(format!(" with {}", list(&stable.allies))));
    }
    pieces
}

fn words<'t>(words: String) -> Option<Cell<'t>> {
    Some(Cell(vec![Piece::Words(words)]))
}

fn quoted(text: Option<&Text>) -> Option<Cell<'_>> {
    text.map(|text| Cell(vec![Piece::Text(text)]))
}

fn after<'t>(words: &str, expr: &'t Expr) -> Option<Cell<'t>> {
    Some(Cell(vec![
        Piece::Words(words.to_owned()),
        Piece::Expr(expr),
    ]))
}

/// `{ actor e, actor e }`
fn braced(gains: &[(Ident, Expr)]) -> Option<Cell<'_>> {
    if gains.is_empty() {
        return None;
    }
    let mut pieces = Vec::new();
    for (i, (actor, value)) in gains.iter().enumerate() {
        let before = if i > 0 { ", " } else { "{ " };
        pieces.push(Piece::Words(format!("{before}{} ", actor.name)));
        pieces.push(Piece::Expr(value));
    }
    pieces.push(Piece::Words(" }".to_owned()));
    Some(Cell(pieces))
}

/// `in lo .. hi`
fn interval((from, to): &(Expr, Expr)) -> [Piece<'_>; 4] {
    [
        Piece::Words("in ".to_owned()),
        Piece::Expr(from),
        Piece::Words(" .. ".to_owned()),
        Piece::Expr(to),
    ]
}

/// `~ name(a, b)`
fn call<'t>(name: &Ident, arguments: &'t [Expr]) -> Cell<'t> {
    let mut pieces = vec![Piece::Words(format!("~ {}(", name.name))];
    for (i, argument) in arguments.iter().enumerate() {
        if i > 0 {
            pieces.push(Piece::Words(", ".to_owned()));
        }
        pieces.push(Piece::Expr(argument));
    }
    pieces.push(Piece::Words(")".to_owned()));
    Cell(pieces)
}
