//! The scenarios that the program carries with it: the flagship and the library of textbook models.
//!
//! The table is written when the program is built, from all files of `scenarios/` and `scenarios/library/`.

mod groups;

use detente_language::suggest::nearest;

pub use groups::Group;

/// A scenario that is built in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// Its name: that of its file without `.detente`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Whether it is a case of its own and no textbook model.
    pub flagship: bool,
}

static TABLE: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/table.rs"));

/// All of them: cases first, then textbook models, each by name.
#[must_use]
pub fn all() -> &'static [Embedded] {
    TABLE
}

/// The scenario of this name, with or without `.detente`.
#[must_use]
pub fn find(name: &str) -> Option<&'static Embedded> {
    let name = name.strip_suffix(".detente").unwrap_or(name);
    TABLE.iter().find(|embedded| embedded.name == name)
}

/// Names that may have been meant: the one that differs by a slip, and those that contain the word (of three
/// letters or more) or begin like it.
#[must_use]
pub fn near(name: &str) -> Vec<&'static str> {
    let word = name.strip_suffix(".detente").unwrap_or(name).to_lowercase();
    let names = || TABLE.iter().map(|embedded| embedded.name);
    let mut found: Vec<&str> = nearest(&word, names()).into_iter().collect();
    if word.chars().count() >= 3 {
        let first = word.split(['-', '_', ' ']).next().unwrap_or_default();
        let alike = |known: &str| {
            known.contains(&word) || first.len() >= 4 && known.split('-').any(|part| part == first)
        };
        let others = names().filter(|known| alike(known));
        for other in others {
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_language::check::load;
    use detente_language::source::NoFiles;

    /// Scenarios that are built in have no files beside them to include.
    #[test]
    fn every_scenario_stands_for_itself_and_has_its_name_alone() {
        assert!(TABLE.len() >= 20, "{}", TABLE.len());
        for embedded in TABLE {
            let loaded = load(embedded.name, embedded.text, &NoFiles);
            assert!(loaded.scenario.is_some(), "{}", embedded.name);
            let same = TABLE.iter().filter(|other| other.name == embedded.name);
            assert_eq!(same.count(), 1, "{}", embedded.name);
        }
    }

    #[test]
    fn names_are_found_and_slips_are_understood() {
        assert!(find("chicken").is_some_and(|found| !found.flagship));
        assert_eq!(find("chicken.detente"), find("chicken"));
        assert!(find("us-iran-2025").is_some_and(|found| found.flagship));
        assert_eq!(find("Chicken"), None);
        assert_eq!(near("chiken"), ["chicken"]);
        assert!(near("fearon").contains(&"fearon-1995"));
        assert!(near("beer").contains(&"beer-quiche"));
        assert!(near("zzzzzz").is_empty());
    }
}
