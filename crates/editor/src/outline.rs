//! The outline of a text: its declarations, and the choices and draws of its play within one another.

use detente_language::ast::{
    Block, File, Ident, Item, ItemKind, Options, Statement, StatementKind, Text,
};
use detente_language::span::Span;

/// An entry of the outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name.
    pub name: String,
    /// A few words about it.
    pub detail: String,
    /// What it is.
    pub kind: EntryKind,
    /// All of it.
    pub span: Span,
    /// Its name's place.
    pub name_span: Span,
    /// What stands inside.
    pub inside: Vec<Entry>,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// The scenario's title.
    Title,
    /// An actor.
    Actor,
    /// A `param`.
    Parameter,
    /// A `let`.
    Constant,
    /// A `fn`.
    Function,
    /// An outcome.
    Outcome,
    /// A `state`.
    State,
    /// An issue.
    Issue,
    /// An option of an issue.
    Option,
    /// Preferences.
    Preferences,
    /// A package.
    Package,
    /// A question or check.
    Question,
    /// An included file.
    Include,
    /// The play.
    Play,
    /// A choice.
    Choice,
    /// A draw.
    Draw,
}

/// The outline of a syntax tree.
#[must_use]
pub fn outline(file: &File) -> Vec<Entry> {
    file.items.iter().filter_map(entry).collect()
}

fn entry(item: &Item) -> Option<Entry> {
    let span = item.span;
    let label = |label: &Option<Text>| label.as_ref().map_or("", |l| &l.value).to_owned();
    let plain = |id: &Ident, detail, kind| named(id, detail, kind, span);
    match &item.kind {
        ItemKind::Scenario(title) => Some(titled(title, EntryKind::Title, span)),
        ItemKind::Actor { id, label: l, .. } => plain(id, label(l), EntryKind::Actor),
        ItemKind::Outcome { id, label: l, .. } => plain(id, label(l), EntryKind::Outcome),
        ItemKind::Param { id, source, .. } => plain(id, label(source), EntryKind::Parameter),
        ItemKind::Let { id, .. } => plain(id, String::new(), EntryKind::Constant),
        ItemKind::Table { id, label: l, .. } => plain(id, label(l), EntryKind::Function),
        ItemKind::Block { id, label: l, body } => {
            let mut block = plain(id, label(l), EntryKind::Play)?;
            within(body, &mut block.inside);
            Some(block)
        }
        ItemKind::Function { id, .. } => plain(id, String::new(), EntryKind::Function),
        ItemKind::State { id, label: l, .. } => plain(id, label(l), EntryKind::State),
        ItemKind::Package { id, label: l, .. } => plain(id, label(l), EntryKind::Package),
        ItemKind::Issue {
            id,
            label: l,
            options,
        } => {
            let mut issue = plain(id, label(l), EntryKind::Issue)?;
            issue.inside = options
                .iter()
                .filter_map(|(id, l)| {
                    let whole = l.as_ref().map_or(id.span, |l| id.span.to(l.span));
                    named(id, label(l), EntryKind::Option, whole)
                })
                .collect();
            Some(issue)
        }
        ItemKind::Scale { id, label: l, .. } => plain(id, label(l), EntryKind::Issue),
        ItemKind::Stakeholder { id, label: l, .. } => plain(id, label(l), EntryKind::Actor),
        ItemKind::ConflictOption(option) => {
            plain(&option.id, label(&option.label), EntryKind::Option)
        }
        ItemKind::Situation(at) => match &at.id {
            Some(id) => plain(id, label(&at.label), EntryKind::Outcome),
            None => Some(question("today", at.label.as_ref(), span)),
        },
        ItemKind::Prefers(prefers) => {
            let detail = "prefers".to_owned();
            named(&prefers.actor, detail, EntryKind::Preferences, span)
        }
        ItemKind::Perceives(view) => {
            let detail = "perceives".to_owned();
            let mut found = named(&view.actor, detail, EntryKind::Preferences, span)?;
            found.inside = view.items.iter().filter_map(entry).collect();
            Some(found)
        }
        ItemKind::Infeasible(ruled) => Some(question("infeasible", ruled.why.as_ref(), span)),
        ItemKind::Overlooks(ruled) => Some(question("overlooks", ruled.why.as_ref(), span)),
        ItemKind::Unseen(_) => None,
        ItemKind::Stable(stable) => Some(question("expect", stable.why.as_ref(), span)),
        ItemKind::Value { actor, .. } => {
            named(actor, "value".to_owned(), EntryKind::Preferences, span)
        }
        ItemKind::Ratifier { actor, of, .. } => {
            let detail = format!("ratifier of {}", of.name);
            named(actor, detail, EntryKind::Preferences, span)
        }
        ItemKind::Lens { id, .. } => named(id, "lens".to_owned(), EntryKind::Preferences, span),
        ItemKind::Ask { question, .. } => Some(titled(question, EntryKind::Question, span)),
        ItemKind::Expect { why, .. } => Some(question("expect", why.as_ref(), span)),
        ItemKind::BaseRate { source, .. } => Some(question("compare", source.as_ref(), span)),
        ItemKind::Use(path) => Some(titled(path, EntryKind::Include, span)),
        ItemKind::Play(block) => {
            let mut play = question("play", None, span);
            play.kind = EntryKind::Play;
            within(block, &mut play.inside);
            Some(play)
        }
        ItemKind::Source(_)
        | ItemKind::Correlation { .. }
        | ItemKind::Note(_)
        | ItemKind::AsOf(_)
        | ItemKind::Happened { .. }
        | ItemKind::Error => None,
    }
}

/// The choices and draws of a block, those of an option's block inside of it.
fn within(block: &Block, entries: &mut Vec<Entry>) {
    for statement in &block.statements {
        match &statement.kind {
            StatementKind::Choose {
                actor, id, options, ..
            } => {
                let detail = format!("{} chooses", actor.name);
                entries.extend(point(id, detail, EntryKind::Choice, statement, options));
            }
            StatementKind::Chance { id, options, .. } => {
                let detail = "chance".to_owned();
                entries.extend(point(id, detail, EntryKind::Draw, statement, options));
            }
            StatementKind::Bargain(bargain) => {
                let names = |ids: &[Ident]| {
                    let names: Vec<&str> = ids.iter().map(|id| id.name.as_str()).collect();
                    names.join(", ")
                };
                let detail = format!("bargain between {}", names(&bargain.parties));
                let entry = named(&bargain.id, detail, EntryKind::Choice, statement.span);
                entries.extend(entry);
            }
            StatementKind::Together(block) => within(block, entries),
            StatementKind::Repeat { body, .. } => within(body, entries),
            StatementKind::If { arms, otherwise } => {
                let blocks = arms.iter().map(|(_, block)| block);
                for block in blocks.chain(otherwise) {
                    within(block, entries);
                }
            }
            StatementKind::Show { .. }
            | StatementKind::Gain(_)
            | StatementKind::Set { .. }
            | StatementKind::Do(_)
            | StatementKind::End(_)
            | StatementKind::Error => {}
        }
    }
}

fn point(
    id: &Ident,
    detail: String,
    kind: EntryKind,
    statement: &Statement,
    options: &Options,
) -> Option<Entry> {
    let mut entry = named(id, detail, kind, statement.span)?;
    match options {
        Options::Listed(listed, _) => {
            for block in listed.iter().filter_map(|option| option.block.as_ref()) {
                within(block, &mut entry.inside);
            }
        }
        Options::Grid { block, .. } => {
            if let Some(block) = block {
                within(block, &mut entry.inside);
            }
        }
    }
    Some(entry)
}

/// An entry with a name; none where the name could not be read.
fn named(id: &Ident, detail: String, kind: EntryKind, span: Span) -> Option<Entry> {
    (!id.name.is_empty()).then(|| Entry {
        name: id.name.clone(),
        detail,
        kind,
        span: span.to(id.span),
        name_span: id.span,
        inside: Vec::new(),
    })
}

fn titled(text: &Text, kind: EntryKind, span: Span) -> Entry {
    let name = match text.value.lines().next() {
        Some(line) if !line.trim().is_empty() => line.to_owned(),
        _ => "…".to_owned(),
    };
    Entry {
        name,
        detail: String::new(),
        kind,
        span: span.to(text.span),
        name_span: text.span,
        inside: Vec::new(),
    }
}

fn question(word: &str, why: Option<&Text>, span: Span) -> Entry {
    let first = Span {
        end: (span.start + u32::try_from(word.len()).unwrap_or(0)).min(span.end),
        ..span
    };
    Entry {
        name: word.to_owned(),
        detail: why.map(|why| why.value.clone()).unwrap_or_default(),
        kind: EntryKind::Question,
        span,
        name_span: first,
        inside: Vec::new(),
    }
}
