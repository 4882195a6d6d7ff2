//! Files that include one another.

use std::cell::RefCell;
use std::collections::HashMap;

use detente_language::check::{Loaded, load};
use detente_language::source::Loader;

/// Files by name; paths are names. Remembers what was asked for.
#[derive(Default)]
struct Shelf {
    files: HashMap<String, String>,
    asked: RefCell<Vec<(String, String)>>,
}

impl Shelf {
    fn with<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Shelf {
            files: files
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .collect(),
            ..Shelf::default()
        }
    }
}

impl Loader for Shelf {
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String> {
        self.asked
            .borrow_mut()
            .push((path.to_owned(), from.to_owned()));
        let text = self.files.get(path).ok_or("there is no such file")?;
        Ok((path.to_owned(), text.clone()))
    }
}

fn codes(loaded: &Loaded) -> Vec<&str> {
    loaded.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn what_two_files_share_is_included_once() {
    let shelf = Shelf::with([
        ("left", "use \"base\"\nlet left = 2 * base_cost\n"),
        ("right", "use \"base\"\nfn right(x) = x * base_cost\n"),
        (
            "base",
            "param base_cost = 5 in 1 .. 9 \"somewhere\"\nissue arms { keep, scrap }\npackage none_left { arms scrap }\n",
        ),
    ]);
    let text = "use \"left\"\nuse \"right\"\nparam own = left + right(3)\n";
    let loaded = load("main", text, &shelf);
    assert_eq!(codes(&loaded), Vec::<&str>::new());
    let scenario = loaded.scenario.expect("no errors");
    let names: Vec<&str> = scenario.parameters.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(names, ["base_cost", "own"], "included files come first");
    assert_eq!(scenario.packages[0].choices, [1]);
    assert_eq!(loaded.sources.files().len(), 4);
    let place = scenario.parameters[0].span;
    assert_eq!(
        loaded.sources.file(place.file).map(|f| f.name()),
        Some("base")
    );
    assert_eq!(loaded.sources.text(place), "base_cost");
    let asked = shelf.asked.borrow();
    assert_eq!(
        asked[1],
        ("base".to_owned(), "left".to_owned()),
        "paths are told where they stand"
    );
}

#[test]
fn names_clash_across_files_with_both_places() {
    let shelf = Shelf::with([("base", "param cost = 5\n")]);
    let loaded = load("main", "use \"base\"\nparam cost = 6\n", &shelf);
    assert_eq!(codes(&loaded), ["E0201"]);
    let diagnostic = &loaded.diagnostics[0];
    assert_eq!(diagnostic.primary.0.file, 0);
    assert_eq!(diagnostic.secondary[0].0.file, 1);
}

#[test]
fn a_file_that_includes_itself_is_a_circle() {
    let shelf = Shelf::with([("main", "use \"main\"\n")]);
    assert_eq!(codes(&load("main", "use \"main\"\n", &shelf)), ["E0214"]);
}

#[test]
fn depth_is_limited() {
    let name = |i: usize| format!("f{i}");
    let mut shelf = Shelf::default();
    for i in 0..200 {
        let text = format!("use \"{}\"\nparam p{i} = 1\n", name(i + 1));
        shelf.files.insert(name(i), text);
    }
    shelf.files.insert(name(200), String::new());
    assert_eq!(codes(&load("main", "use \"f0\"\n", &shelf)), ["E0606"]);
    assert_eq!(
        codes(&load("main", "use \"f180\"\n", &shelf)),
        Vec::<&str>::new()
    );
}

#[test]
fn the_number_of_files_is_limited() {
    let names: Vec<String> = (0..1100).map(|i| format!("f{i}")).collect();
    let shelf = Shelf::with(names.iter().map(|name| (name.as_str(), "")));
    let text: String = names
        .iter()
        .map(|name| format!("use \"{name}\"\n"))
        .collect();
    let loaded = load("main", &text, &shelf);
    assert!(!loaded.diagnostics.is_empty());
    assert!(loaded.diagnostics.iter().all(|d| d.code == "E0606"));
    assert_eq!(loaded.sources.files().len(), 1000);
}

#[test]
fn errors_of_reading_in_an_included_file_leave_no_scenario() {
    let shelf = Shelf::with([("base", "param = 5\n")]);
    let loaded = load("main", "use \"base\"\nparam own = 1\n", &shelf);
    assert!(loaded.has_errors());
    assert!(
        loaded.diagnostics.iter().all(|d| d.primary.0.file == 1),
        "{:?}",
        loaded.diagnostics
    );
}
