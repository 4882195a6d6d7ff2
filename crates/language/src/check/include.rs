//! Files that a scenario includes: read once each, in the order in which they are named.

use std::collections::HashMap;

use super::names::Reports;
use crate::ast::{File, Item, ItemKind, Text};
use crate::diagnostic::Diagnostic;
use crate::parser;
use crate::source::{Loader, Sources};

/// How deep files may include one another.
const DEEPEST: usize = 32;
/// How many files a scenario may have.
const MOST: usize = 1000;

/// The files of a scenario, parsed, each behind those it includes.
pub(super) struct Files {
    pub(super) sources: Sources,
    /// Number and tree of each file, included files first, the scenario itself last.
    pub(super) trees: Vec<(u16, File)>,
}

/// Reads a scenario and everything it includes.
pub(super) fn read(name: &str, text: &str, loader: &dyn Loader, reports: &mut Reports) -> Files {
    let mut reader = Reader {
        loader,
        reports,
        sources: Sources::new(),
        known: HashMap::new(),
        open: Vec::new(),
        trees: Vec::new(),
    };
    reader.file(name, text.to_owned());
    Files {
        sources: reader.sources,
        trees: reader.trees,
    }
}

struct Reader<'a> {
    loader: &'a dyn Loader,
    reports: &'a mut Reports,
    sources: Sources,
    /// Files read so far, by name.
    known: HashMap<String, u16>,
    /// The files on the way to the present one.
    open: Vec<u16>,
    trees: Vec<(u16, File)>,
}

impl Reader<'_> {
    fn file(&mut self, name: &str, text: String) {
        let number = self.sources.add(name, text.as_str());
        self.known.insert(name.to_owned(), number);
        let (tree, diagnostics) = parser::parse(&text, number);
        for diagnostic in diagnostics {
            self.reports.push(diagnostic);
        }
        self.open.push(number);
        for item in &tree.items {
            match &item.kind {
                ItemKind::Use(path) => self.include(path, number),
                _ if number != 0 => self.only_shared(item),
                _ => {}
            }
        }
        self.open.pop();
        self.trees.push((number, tree));
    }

    fn include(&mut self, path: &Text, from: u16) {
        let shown = crate::suggest::shorten(&path.value);
        if self.open.len() >= DEEPEST || self.sources.files().len() >= MOST {
            let limit = if self.open.len() >= DEEPEST {
                format!("files may include one another at most {DEEPEST} deep")
            } else {
                format!("a scenario may have at most {MOST} files")
            };
            self.reports.push(
                Diagnostic::error(
                    "E0606",
                    format!("`{shown}` is one file too many"),
                    path.span,
                )
                .label("not included")
                .note(limit),
            );
            return;
        }
        let from_name = self.sources.file(from).map_or("", |file| file.name());
        let (name, text) = match self.loader.load(&path.value, from_name) {
            Ok(found) => found,
            Err(why) => {
                self.reports.push(
                    Diagnostic::error(
                        "E0213",
                        format!("cannot include `{shown}`: {why}"),
                        path.span,
                    )
                    .label("not included"),
                );
                return;
            }
        };
        match self.known.get(&name) {
            Some(number) if self.open.contains(number) => self.circle(path, *number),
            Some(_) => {}
            None => self.file(&name, text),
        }
    }

    fn circle(&mut self, path: &Text, back_to: u16) {
        let at = self.open.iter().position(|&n| n == back_to).unwrap_or(0);
        let name = |&number: &u16| {
            let name = self.sources.file(number).map_or("", |file| file.name());
            format!("`{name}`")
        };
        let mut chain: Vec<String> = self.open[at..].iter().map(name).collect();
        chain.push(name(&back_to));
        self.reports.push(
            Diagnostic::error("E0214", "files include one another in a circle", path.span)
                .label("included again here")
                .note(format!("each includes the next: {}", chain.join(" → "))),
        );
    }

    fn only_shared(&mut self, item: &Item) {
        let what = match &item.kind {
            ItemKind::Param { .. }
            | ItemKind::Let { .. }
            | ItemKind::Function { .. }
            | ItemKind::Table { .. }
            | ItemKind::Issue { .. }
            | ItemKind::Scale { .. }
            | ItemKind::Package { .. }
            | ItemKind::Use(_)
            | ItemKind::Error => return,
            ItemKind::Scenario(_) => "`scenario`",
            ItemKind::Source(_) => "`source`",
            ItemKind::Note(_) => "`note`",
            ItemKind::AsOf(_) => "`as_of`",
            ItemKind::Happened { .. } => "`happened`",
            ItemKind::Actor { .. } => "`actor`",
            ItemKind::Outcome { .. } => "`outcome`",
            ItemKind::State { .. } => "`state`",
            ItemKind::Value { .. } => "`value`",
            ItemKind::Ratifier { .. } => "`ratifier`",
            ItemKind::Stakeholder { .. } => "`stakeholder`",
            ItemKind::Lens { .. } => "`lens`",
            ItemKind::ConflictOption(_) => "`option`",
            ItemKind::Situation(_) => "`situation`",
            ItemKind::Infeasible(_) => "`infeasible`",
            ItemKind::Prefers(_) => "`prefers`",
            ItemKind::Perceives(_) | ItemKind::Overlooks(_) | ItemKind::Unseen(_) => "`perceives`",
            ItemKind::Stable(_) => "`expect`",
            ItemKind::Correlation { .. } => "`correlation`",
            ItemKind::Ask { .. } => "`ask`",
            ItemKind::Expect { .. } => "`expect`",
            ItemKind::BaseRate { .. } => "`compare`",
            ItemKind::Block { .. } => "`block`",
            ItemKind::Play(_) => "`play`",
        };
        // A play may be as long as a book: its first word is enough to show it.
        let start = crate::span::Span {
            end: item.span.end.min(item.span.start + 1),
            ..item.span
        };
        self.reports.push(
            Diagnostic::error("E0215", format!("{what} cannot come from an included file"), start)
                .label("in an included file")
                .help("included files share `param`, `let`, `fn`, `issue` and `package`; move this to the scenario"),
        );
    }
}
