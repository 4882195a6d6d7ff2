//! Renaming: everywhere, and never so that something else would be meant.

use std::collections::HashMap;

use detente_editor::Edit;
use detente_editor::rename::{rename, renameable};
use detente_language::analysis::analyse;
use detente_language::source::Loader;
use detente_language::tokens::unfit_name;
use proptest::prelude::*;

use crate::{alone, marked, scenarios};

#[derive(Default)]
struct Shelf(HashMap<&'static str, &'static str>);

impl Loader for Shelf {
    fn load(&self, path: &str, _: &str) -> Result<(String, String), String> {
        let text = self.0.get(path).ok_or("not there")?;
        Ok((path.to_owned(), (*text).to_owned()))
    }
}

fn renamed(text: &str, name: &str) -> Result<String, String> {
    let (text, at) = marked(text);
    let analysis = alone(&text);
    let (_, meaning) = renameable(&analysis, at)?;
    let edits = rename(&analysis, &Shelf::default(), meaning, name)?;
    Ok(apply(&text, &edits))
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut text = text.to_owned();
    for edit in edits.iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

const TEXT: &str = "actor us\nactor iran\nparam cost = 2\nfn f(x) = x * cost\noutcome war\nplay {\n    us chooses a { yes, no }\n    iran chooses b { yes, no }\n    us chooses c { no, up }\n    if a == yes { gain us f(cost) }\n    if b == no and c == no { gain iran 1 }\n    end war\n}\n";

#[test]
fn a_name_changes_everywhere_it_is_meant() {
    let new = renamed(&TEXT.replacen("cost", "co|st", 1), "price").unwrap();
    assert_eq!(new, TEXT.replace("cost", "price"));
    let new = renamed(&TEXT.replacen("{ yes", "{ y|es", 1), "accept").unwrap();
    assert!(new.contains("a { accept, no }") && new.contains("a == accept"));
    assert!(new.contains("b { yes, no }"), "options of others stay");
    let new = renamed(&TEXT.replacen("(x)", "(|x)", 1), "share").unwrap();
    assert!(new.contains("fn f(share) = share * cost"));
    let same = renamed(&TEXT.replacen("cost", "co|st", 1), "cost").unwrap();
    assert_eq!(same, TEXT);
}

#[test]
fn options_that_are_compared_go_together() {
    let text = TEXT.replace("if a == yes", "if a == b");
    let new = renamed(&text.replacen("{ yes", "{ y|es", 1), "accept").unwrap();
    assert!(new.contains("a { accept, no }") && new.contains("b { accept, no }"));
    let text = TEXT
        .replace("x * cost", "if x == no then 1 else 2")
        .replace("f(cost)", "f(a)");
    let refused = renamed(&text.replacen("no }", "n|o }", 1), "never");
    assert!(refused.unwrap_err().contains("left open which choice"));
}

#[test]
fn names_that_clash_are_refused() {
    let refused = |from: &str, name: &str| {
        let text = TEXT.replacen(&from.replace('|', ""), from, 1);
        renamed(&text, name).unwrap_err()
    };
    assert_eq!(refused("co|st", "us"), "`us` is taken");
    assert_eq!(refused("co|st", "play"), "`play` is a word of the language");
    assert_eq!(refused("co|st", "and"), "`and` is a word of the language");
    assert!(refused("co|st", "max").contains("function"));
    assert!(refused("co|st", "a b").contains("letters"));
    assert!(refused("co|st", "").contains("letters"));
    assert_eq!(refused("{ y|es", "no"), "`no` is taken");
    // The argument would hide the parameter.
    assert!(refused("f(|x)", "cost").contains("change its meaning"));
    assert!(refused("co|st", "x").contains("change its meaning"));
    assert!(renamed("let x = m|ax(1, 2)\n", "y").is_err());
    assert!(renamed("let| x = 1\n", "y").is_err());
}

#[test]
fn files_that_are_included_are_renamed_too() {
    let shelf = Shelf(HashMap::from([(
        "base",
        "param cost = 2\nlet more = cost + 1\n",
    )]));
    let (text, at) = marked("use \"base\"\nlet mine = co|st * more\n");
    let analysis = analyse("main", &text, &shelf);
    assert!(!analysis.has_errors());
    let (_, meaning) = renameable(&analysis, at).unwrap();
    let edits = rename(&analysis, &shelf, meaning, "price").unwrap();
    let files: Vec<u16> = edits.iter().map(|e| e.span.file).collect();
    assert_eq!(files, [0, 1, 1]);
    assert_eq!(
        rename(&analysis, &shelf, meaning, "more").unwrap_err(),
        "`more` is taken"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// Renaming there and back gives the text, and what is between is as sound as before.
    #[test]
    fn there_and_back(which in any::<prop::sample::Index>(), what in any::<prop::sample::Index>()) {
        let all = scenarios();
        let (_, text) = which.get(&all);
        let analysis = alone(text);
        let mention = what.get(&analysis.mentions);
        let old = analysis.sources.text(mention.span).to_owned();
        let Ok((_, meaning)) = renameable(&analysis, mention.span.start) else {
            return Ok(());
        };
        // The language bears a round called `round`; renaming never makes one.
        if unfit_name(&old).is_some() {
            return Ok(());
        }
        let Ok(edits) = rename(&analysis, &Shelf::default(), meaning, "zz_new_name") else {
            return Ok(());
        };
        let new = apply(text, &edits);
        let after = alone(&new);
        prop_assert_eq!(after.has_errors(), analysis.has_errors());
        let at = u32::try_from(new.find("zz_new_name").unwrap()).unwrap();
        let (_, meaning) = renameable(&after, at).unwrap();
        let back = rename(&after, &Shelf::default(), meaning, &old).unwrap();
        prop_assert_eq!(&apply(&new, &back), text);
    }
}
