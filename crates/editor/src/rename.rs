//! Giving a thing another name, everywhere and without changing what anything means.
//!
//! Clashes are looked for first, so that the refusal can say why; then the renamed texts are checked as a whole:
//! every name must mean what it meant, or nothing is renamed.

use std::collections::HashMap;

use detente_language::analysis::{Analysis, Meaning, Mention, analyse};
use detente_language::scenario::{Domain, Scenario, VariableId};
use detente_language::source::Loader;
use detente_language::span::Span;
use detente_language::suggest::shorten;
use detente_language::tokens::unfit_name;

use crate::Edit;
use crate::navigate::symbol_of;

/// The name at a byte of the text with its place, if it can be given another.
///
/// # Errors
/// Nothing that can be renamed stands there.
pub fn renameable(analysis: &Analysis, byte: u32) -> Result<(Span, Meaning), String> {
    match analysis.mention_at(0, byte) {
        Some(Mention {
            meaning: Meaning::Builtin(name),
            ..
        }) => Err(format!("`{name}` is a function that every scenario has")),
        Some(mention) => Ok((mention.span, mention.meaning)),
        None => Err("no name of the scenario stands here".to_owned()),
    }
}

/// The edits, in all files, that give something another name.
///
/// # Errors
/// Why the name cannot be given: it is no name, a word of the language, or taken; or something would then mean
/// something else.
pub fn rename(
    analysis: &Analysis,
    loader: &dyn Loader,
    meaning: Meaning,
    name: &str,
) -> Result<Vec<Edit>, String> {
    if let Some(why) = unfit_name(name) {
        return Err(why);
    }
    let together = together(analysis, meaning)?;
    clash(analysis, &together, name)?;
    let mentions = analysis.mentions.iter();
    let places: Vec<Span> = mentions
        .filter(|m| together.contains(&m.meaning))
        .map(|m| m.span)
        .collect();
    let unchanged = |span: &&Span| analysis.sources.text(**span) == name;
    if places.iter().filter(unchanged).count() == places.len() {
        return Ok(Vec::new());
    }
    same_meaning(analysis, loader, &places, name)?;
    let edit = |span| Edit {
        span,
        text: name.to_owned(),
    };
    Ok(places.into_iter().map(edit).collect())
}

/// What must be renamed together: options of variables that are compared with one another are the same names.
fn together(analysis: &Analysis, meaning: Meaning) -> Result<Vec<Meaning>, String> {
    let draft = &analysis.draft;
    let (Meaning::Option(..) | Meaning::Symbol(_)) = meaning else {
        return Ok(vec![meaning]);
    };
    let symbol = match meaning {
        Meaning::Symbol(_) => meaning,
        _ => symbol_of(analysis, meaning).unwrap_or(meaning),
    };
    let owners = owners(draft, symbol);
    let loose = analysis.mentions_of(symbol).next().is_some();
    let mut linked: Vec<VariableId> = match meaning {
        Meaning::Option(variable, _) => vec![variable],
        _ => owners.iter().map(|(variable, _)| *variable).collect(),
    };
    let mut at = 0;
    while let Some(&variable) = linked.get(at) {
        for &(a, b) in &analysis.compared {
            for (one, other) in [(a, b), (b, a)] {
                if one == variable && !linked.contains(&other) {
                    linked.push(other);
                }
            }
        }
        at += 1;
    }
    if loose
        && owners
            .iter()
            .any(|(variable, _)| !linked.contains(variable))
    {
        return Err(
            "this option's name is also used where it is left open which choice has it, and several have it"
                .to_owned(),
        );
    }
    let mut all: Vec<Meaning> = owners
        .into_iter()
        .filter(|(variable, _)| linked.contains(variable))
        .map(|(variable, at)| Meaning::Option(variable, at))
        .collect();
    all.push(symbol);
    Ok(all)
}

/// The variables that have an option of this name, with its position.
fn owners(draft: &Scenario, symbol: Meaning) -> Vec<(VariableId, u32)> {
    let Meaning::Symbol(symbol) = symbol else {
        return Vec::new();
    };
    let position = |domain: &Domain| match domain {
        Domain::Symbols(options) => options.iter().position(|(option, _)| *option == symbol),
        Domain::Numbers => None,
    };
    (0..)
        .map(VariableId)
        .zip(&draft.variables)
        .filter_map(|(id, variable)| {
            let at = position(&variable.domain)?;
            Some((id, u32::try_from(at).ok()?))
        })
        .collect()
}

/// Whether the name is taken where it would stand.
fn clash(analysis: &Analysis, meanings: &[Meaning], name: &str) -> Result<(), String> {
    let draft = &analysis.draft;
    let short = shorten(name);
    for &meaning in meanings {
        let taken = match meaning {
            Meaning::Option(variable, at) => {
                let variable = draft.variables.get(variable.index());
                variable.is_some_and(|variable| match &variable.domain {
                    Domain::Symbols(options) => (0..).zip(options).any(|(i, (symbol, _))| {
                        i != at && draft.symbols.get(symbol.index()).is_some_and(|s| s == name)
                    }),
                    Domain::Numbers => false,
                })
            }
            Meaning::IssueOption(issue, at) => {
                let issue = draft.issues.get(issue.index());
                issue.is_some_and(|issue| {
                    (0..)
                        .zip(&issue.options)
                        .any(|(i, option)| i != at && option.id == name)
                })
            }
            Meaning::Symbol(_) | Meaning::Builtin(_) => false,
            _ => analysis.mentions.iter().any(|m| {
                m.declares
                    && m.meaning != meaning
                    && one_namespace(m.meaning, meaning)
                    && analysis.sources.text(m.span) == name
            }),
        };
        if taken {
            return Err(format!("`{short}` is taken"));
        }
    }
    Ok(())
}

/// Whether two declarations may not have the same name.
fn one_namespace(a: Meaning, b: Meaning) -> bool {
    let local = |m| matches!(m, Meaning::Option(..) | Meaning::IssueOption(..));
    match (a, b) {
        (Meaning::Argument(f, _), Meaning::Argument(g, _)) => f == g,
        (Meaning::Argument(..) | Meaning::Bound(_), _)
        | (_, Meaning::Argument(..) | Meaning::Bound(_)) => false,
        (a, b) => !local(a) && !local(b),
    }
}

/// Checks the renamed texts: every name must mean what it meant, and no error may come up.
fn same_meaning(
    analysis: &Analysis,
    loader: &dyn Loader,
    places: &[Span],
    name: &str,
) -> Result<(), String> {
    let files = analysis.sources.files();
    let texts: HashMap<&str, String> = (0..)
        .zip(files)
        .map(|(number, file)| {
            let inside = places.iter().filter(|span| span.file == number);
            (file.name(), replaced(file.text(), inside, name))
        })
        .collect();
    let Some(root) = files.first() else {
        return Ok(());
    };
    let overlay = Overlay {
        loader,
        texts: &texts,
    };
    let text = texts.get(root.name()).map_or("", String::as_str);
    let after = analyse(root.name(), text, &overlay);
    let moved = moved(&analysis.mentions, places, name.len());
    let symbols = |m: &Mention| match m.meaning {
        Meaning::Symbol(_) | Meaning::Bound(_) => (m.span, None, m.declares),
        meaning => (m.span, Some(meaning), m.declares),
    };
    let same = moved
        .iter()
        .map(symbols)
        .eq(after.mentions.iter().map(symbols));
    if same && after.diagnostics.len() == analysis.diagnostics.len() {
        return Ok(());
    }
    Err(format!(
        "with the name `{}` something else would change its meaning",
        shorten(name)
    ))
}

/// A text with these places, in order, replaced.
fn replaced<'a>(text: &str, places: impl Iterator<Item = &'a Span>, name: &str) -> String {
    let (mut out, mut from) = (String::with_capacity(text.len()), 0);
    for place in places {
        let range = place.range();
        out.push_str(text.get(from..range.start).unwrap_or(""));
        out.push_str(name);
        from = range.end;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out
}

/// Mentions at the places where they stand after the renaming.
fn moved(mentions: &[Mention], places: &[Span], length: usize) -> Vec<Mention> {
    let length = i64::try_from(length).unwrap_or(0);
    let mut next = 0;
    let (mut file, mut shift) = (0, 0_i64);
    let at = |byte: u32, shift: i64| u32::try_from(i64::from(byte) + shift).unwrap_or(0);
    let mut out = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let span = mention.span;
        if span.file != file {
            (file, shift) = (span.file, 0);
        }
        let start = at(span.start, shift);
        if places.get(next) == Some(&span) {
            shift += length - i64::from(span.end - span.start);
            next += 1;
        }
        out.push(Mention {
            span: Span {
                file,
                start,
                end: at(span.end, shift),
            },
            ..*mention
        });
    }
    out
}

/// Files as they would be.
struct Overlay<'a> {
    loader: &'a dyn Loader,
    texts: &'a HashMap<&'a str, String>,
}

impl Loader for Overlay<'_> {
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String> {
        let (name, text) = self.loader.load(path, from)?;
        let text = self.texts.get(name.as_str()).cloned().unwrap_or(text);
        Ok((name, text))
    }
}
