//! `detente list`: the scenarios that the program carries with it, a line each.

use detente_expand::{Limits, expand};
use detente_language::check::load;
use detente_language::eval::bind;
use detente_language::scenario::Scenario;
use detente_language::source::NoFiles;
use detente_library::{Embedded, Group, all};
use detente_report::{LibraryRow, library_text};

use crate::args::When;
use crate::args_library::ListArgs;
use crate::failure::Failure;
use crate::terminal;

/// Games that grow beyond this are listed without their size.
const MOST_NODES: usize = 500_000;

/// What is listed of a scenario.
pub struct Entry {
    /// Its text and name.
    pub embedded: &'static Embedded,
    /// The scenario.
    pub scenario: Scenario,
    /// Nodes of its game at its own numbers; none where it is larger than is worth waiting for.
    pub nodes: Option<usize>,
}

impl Entry {
    /// The entry of an embedded scenario.
    ///
    /// # Errors
    /// It has errors, which the tests rule out.
    pub fn of(embedded: &'static Embedded) -> Result<Entry, Failure> {
        let loaded = load(embedded.name, embedded.text, &NoFiles);
        let scenario = loaded.scenario.ok_or_else(|| {
            Failure::input(format!(
                "the library's scenario `{}` has errors",
                embedded.name
            ))
        })?;
        let limits = Limits {
            nodes: MOST_NODES,
            bytes: None,
        };
        let nodes = bind(&scenario, &[]).ok().and_then(|settings| {
            let game = expand(&scenario, &settings, limits, &mut |_, _| true).ok()?;
            Some(game.game.nodes())
        });
        Ok(Entry {
            embedded,
            scenario,
            nodes,
        })
    }

    /// Where it is listed.
    pub fn group(&self) -> &'static str {
        if self.embedded.flagship {
            "Cases"
        } else {
            Group::of(&self.scenario).title()
        }
    }

    /// Whether a word stands in its name, title, sources, notes or actors, in small letters or capitals.
    fn tells_of(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let scenario = &self.scenario;
        let labels = scenario.actors.iter().chain(&scenario.outcomes);
        let mut texts = [self.embedded.name, scenario.title.as_str()]
            .into_iter()
            .chain(scenario.sources.iter().map(String::as_str))
            .chain(scenario.notes.iter().map(String::as_str))
            .chain(labels.map(|named| named.label.as_str()));
        texts.any(|text| text.to_lowercase().contains(&word))
    }

    /// What is shown of it.
    pub fn row(&self) -> LibraryRow {
        LibraryRow {
            group: self.group().to_owned(),
            name: self.embedded.name.to_owned(),
            title: self.scenario.title.clone(),
            source: self.scenario.sources.first().cloned().unwrap_or_default(),
            actors: self.scenario.actors.len(),
            nodes: self.nodes,
        }
    }

    fn object(&self) -> serde_json::Value {
        let scenario = &self.scenario;
        serde_json::json!({
            "name": self.embedded.name,
            "title": scenario.title,
            "sources": scenario.sources,
            "notes": scenario.notes,
            "group": if self.embedded.flagship { "case" } else { Group::of(scenario).word() },
            "actors": scenario.actors.len(),
            "params": scenario.parameters.len(),
            "asks": scenario.asks.len(),
            "expects": scenario.expects.len(),
            "nodes": self.nodes,
        })
    }
}

/// All entries, group by group.
///
/// # Errors
/// A scenario of the library has errors, which the tests rule out.
pub fn entries() -> Result<Vec<Entry>, Failure> {
    let mut entries = all().iter().map(Entry::of).collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(|entry| {
        let group = (!entry.embedded.flagship).then(|| Group::of(&entry.scenario));
        (group, entry.embedded.name)
    });
    Ok(entries)
}

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// Nothing in the library tells of the words asked for.
pub fn run(args: &ListArgs, color: When) -> Result<u8, Failure> {
    let mut entries = entries()?;
    entries.retain(|entry| args.words.iter().all(|word| entry.tells_of(word)));
    if args.json {
        let objects: Vec<_> = entries.iter().map(Entry::object).collect();
        let text = serde_json::to_string_pretty(&objects)
            .map_err(|error| Failure::input(error.to_string()))?;
        terminal::print(&(text + "\n"))?;
        return Ok(0);
    }
    if entries.is_empty() {
        let words = args.words.join("` and `");
        return Err(Failure::input(format!(
            "no scenario of the library tells of `{words}`; `detente list` names all"
        )));
    }
    let rows: Vec<LibraryRow> = entries.iter().map(Entry::row).collect();
    terminal::print(&library_text(&rows, terminal::text_options(color)))?;
    Ok(0)
}
