//! The form of the function whose arguments are being written.

use detente_language::analysis::{Analysis, Meaning};
use detente_language::tokens::functions;

use crate::context::{Context, Frame};
use crate::words;

/// How a function is written, with the argument at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// `max(a, b, …)`; another form of the same function is another signature.
    pub form: String,
    /// The arguments as they stand in the form.
    pub arguments: Vec<String>,
    /// The argument being written, from 0; the last one where the form goes on with `…`.
    pub active: usize,
    /// What the function gives.
    pub meaning: String,
}

/// The forms of the function around a byte of the text.
#[must_use]
pub fn signatures(analysis: &Analysis, byte: u32) -> Vec<Signature> {
    let text = analysis.sources.file(0).map_or("", |file| file.text());
    let Some(context) = Context::new(text, crate::floor(text, byte)) else {
        return Vec::new();
    };
    let open = context.innermost();
    let Frame::Call(name) = &open.frame else {
        return Vec::new();
    };
    let declared = (0..).zip(&analysis.draft.functions);
    let own = declared
        .filter(|(_, f)| f.id == *name)
        .filter_map(|(i, _)| {
            let meaning = Meaning::Function(detente_language::scenario::FunctionId(i));
            form(analysis, meaning)
        });
    let known = functions().filter(|f| f.name == name);
    let known = known.flat_map(|f| f.form.split(" or ")).map(str::to_owned);
    own.chain(known)
        .map(|form| signature(form, open.argument, name))
        .collect()
}

fn signature(form: String, argument: usize, name: &str) -> Signature {
    let inside = form.split_once('(').map_or("", |(_, rest)| rest);
    let inside = inside.trim_end_matches(')');
    let arguments: Vec<String> = inside.split(", ").map(str::to_owned).collect();
    Signature {
        active: argument.min(arguments.len().saturating_sub(1)),
        arguments,
        meaning: words::function(name).to_owned(),
        form,
    }
}

/// The form of a `fn` of the scenario: its name with its arguments.
pub(crate) fn form(analysis: &Analysis, meaning: Meaning) -> Option<String> {
    let Meaning::Function(function) = meaning else {
        return None;
    };
    let declared = analysis.draft.functions.get(function.index())?;
    let names = analysis.mentions.iter().filter_map(|m| match m.meaning {
        Meaning::Argument(of, at) if of == function && m.declares => {
            Some((at, analysis.sources.text(m.span)))
        }
        _ => None,
    });
    let mut names: Vec<(u32, &str)> = names.collect();
    names.sort_unstable();
    let names: Vec<&str> = names.into_iter().map(|(_, name)| name).collect();
    Some(format!("{}({})", declared.id, names.join(", ")))
}
