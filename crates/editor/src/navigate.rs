//! Where a name is declared and where it is used.

use detente_language::analysis::{Analysis, Meaning};
use detente_language::ast::ItemKind;
use detente_language::scenario::Domain;
use detente_language::span::Span;

/// Where what stands at a byte of the text is declared: once for most names, at every statement that sets it for
/// a choice or draw, at the beginning of the file for the path of a `use`.
#[must_use]
pub fn definitions(analysis: &Analysis, byte: u32) -> Vec<Span> {
    let Some(mention) = analysis.mention_at(0, byte) else {
        return included(analysis, byte).into_iter().collect();
    };
    meanings(analysis, mention.meaning)
        .into_iter()
        .flat_map(|meaning| analysis.mentions_of(meaning).filter(|m| m.declares))
        .map(|m| m.span)
        .collect()
}

/// Everywhere the thing named at a byte of the text is named, declarations too if they are wanted.
#[must_use]
pub fn references(analysis: &Analysis, byte: u32, declarations: bool) -> Vec<Span> {
    match analysis.mention_at(0, byte) {
        Some(mention) => references_of(analysis, mention.meaning, declarations),
        None => Vec::new(),
    }
}

/// Everywhere something is named, an option also where it is left open which variable's it is.
#[must_use]
pub fn references_of(analysis: &Analysis, meaning: Meaning, declarations: bool) -> Vec<Span> {
    let mut same = meanings(analysis, meaning);
    if let Meaning::Option(..) = meaning
        && let Some(symbol) = symbol_of(analysis, meaning)
    {
        same.push(symbol);
    }
    analysis
        .mentions
        .iter()
        .filter(|m| same.contains(&m.meaning) && (declarations || !m.declares))
        .map(|m| m.span)
        .collect()
}

/// What a meaning may be: an option's bare name is an option of every variable that has it.
fn meanings(analysis: &Analysis, meaning: Meaning) -> Vec<Meaning> {
    let Meaning::Symbol(symbol) = meaning else {
        return vec![meaning];
    };
    let mut all = vec![meaning];
    for (variable, declared) in (0..).zip(&analysis.draft.variables) {
        if let Domain::Symbols(options) = &declared.domain {
            let at = options.iter().position(|(option, _)| *option == symbol);
            let at = at.and_then(|at| u32::try_from(at).ok());
            all.extend(
                at.map(|at| Meaning::Option(detente_language::scenario::VariableId(variable), at)),
            );
        }
    }
    all
}

/// The bare name of an option.
pub(crate) fn symbol_of(analysis: &Analysis, meaning: Meaning) -> Option<Meaning> {
    let Meaning::Option(variable, at) = meaning else {
        return None;
    };
    match &analysis.draft.variables.get(variable.index())?.domain {
        Domain::Symbols(options) => options
            .get(at as usize)
            .map(|(symbol, _)| Meaning::Symbol(*symbol)),
        Domain::Numbers => None,
    }
}

/// The file that the `use` at a byte includes, if it was found.
fn included(analysis: &Analysis, byte: u32) -> Option<Span> {
    let items = &analysis.tree(0)?.items;
    let path = items.iter().find_map(|item| match &item.kind {
        ItemKind::Use(path) if (path.span.start..=path.span.end).contains(&byte) => Some(path),
        _ => None,
    })?;
    // Several files may end alike; the one that the path names most fully is meant.
    let wanted = path.value.trim_start_matches("./");
    let wanted = wanted.rsplit("../").next().unwrap_or(wanted);
    let names = analysis.sources.files().iter().enumerate().skip(1);
    let found = names
        .filter(|(_, file)| file.name().replace('\\', "/").ends_with(wanted))
        .min_by_key(|(_, file)| file.name().len());
    let (number, _) = found?;
    Some(Span {
        file: u16::try_from(number).ok()?,
        start: 0,
        end: 0,
    })
}
