//! Whatever the text and the place, there is an answer, and soon.

use std::time::{Duration, Instant};

use detente_editor::{
    colour, complete, fold, hover, layout, mend, navigate, outline, rename, signature,
};
use detente_language::source::NoFiles;
use proptest::prelude::*;

use crate::{alone, root, scenarios};

/// Asks everything at a place; every place that is answered lies in the text.
fn ask(text: &str, byte: u32) {
    let analysis = alone(text);
    let fits = |span: detente_language::span::Span| {
        assert!(text.get(span.range()).is_some(), "{span:?} in {text:?}");
    };
    let (span, _) = complete::complete(&analysis, byte);
    fits(span);
    hover::hover(&analysis, byte)
        .into_iter()
        .for_each(|(span, _)| fits(span));
    navigate::definitions(&analysis, byte)
        .into_iter()
        .for_each(fits);
    navigate::references(&analysis, byte, true)
        .into_iter()
        .for_each(fits);
    for signature in signature::signatures(&analysis, byte) {
        assert!(signature.active < signature.arguments.len());
    }
    if let Ok((span, meaning)) = rename::renameable(&analysis, byte) {
        fits(span);
        if let Ok(edits) = rename::rename(&analysis, &NoFiles, meaning, "zz_other") {
            edits.iter().for_each(|edit| fits(edit.span));
        }
    }
    colour::colours(&analysis).iter().for_each(|c| fits(c.span));
    for fold in fold::folds(text) {
        assert!(text.get(fold.bytes).is_some());
    }
    for diagnostic in &analysis.diagnostics {
        if let Some((_, edit)) = mend::mend(diagnostic, &analysis.sources) {
            fits(edit.span);
        }
    }
    if let Some(tree) = analysis.tree(0) {
        inside(&outline::outline(tree), &fits);
    }
    if let Ok(Some((range, _))) = layout::layout(text) {
        assert!(text.get(range).is_some());
    }
}

/// As the protocol demands, names lie within what they name.
fn inside(entries: &[outline::Entry], fits: &impl Fn(detente_language::span::Span)) {
    for entry in entries {
        fits(entry.span);
        assert!(entry.span.start <= entry.name_span.start);
        assert!(entry.name_span.end <= entry.span.end, "{entry:?}");
        inside(&entry.inside, fits);
    }
}

const PIECES: &[&str] = &[
    "",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "#",
    "==",
    " in { ",
    ",",
    ";",
    "\n",
    " ",
    "é",
    "𝔸",
    "\r",
    "play {",
    "end ",
    "x",
    "repeat 2 as i {",
    "gain ",
    "chooses ",
    "worth(",
    "p(",
    "fn f(",
    "value ",
    "@",
    "let a = a\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edited_scenarios_are_survived(
        which in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..30_usize, prop::sample::select(PIECES)), 1..6),
        place in any::<prop::sample::Index>(),
    ) {
        let all = scenarios();
        let mut text = which.get(&all).1.clone();
        for (at, length, piece) in edits {
            let floor = |mut at: usize| {
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let start = floor(at.index(text.len() + 1));
            let end = floor((start + length).min(text.len())).max(start);
            text.replace_range(start..end, piece);
        }
        // Places may lie inside of characters and behind the end.
        let byte = u32::try_from(place.index(text.len() + 3)).unwrap();
        ask(&text, byte);
    }

    #[test]
    fn soup_is_survived(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60), place in any::<prop::sample::Index>()) {
        let text = pieces.concat();
        let byte = u32::try_from(place.index(text.len() + 1)).unwrap();
        ask(&text, byte);
    }
}

/// The bound is generous, for slow machines and builds without optimisation; each takes a few milliseconds.
#[test]
fn the_flagship_is_answered_at_once() {
    let path = root().join("scenarios/us-iran-2025.detente");
    let text = std::fs::read_to_string(path).unwrap();
    let middle = text.find("play {").unwrap() + 400;
    let byte = u32::try_from(middle).unwrap();
    let started = Instant::now();
    let analysis = alone(&text);
    let mut measured = vec![("check", started.elapsed())];
    let mut time = |what, ask: &dyn Fn()| {
        let started = Instant::now();
        ask();
        measured.push((what, started.elapsed()));
    };
    time("completion", &|| drop(complete::complete(&analysis, byte)));
    time("hover", &|| drop(hover::hover(&analysis, byte)));
    time("colours", &|| drop(colour::colours(&analysis)));
    time("layout", &|| drop(layout::layout(&text)));
    let mention = analysis.mentions[analysis.mentions.len() / 2];
    time("rename", &|| {
        let renamed = rename::rename(&analysis, &NoFiles, mention.meaning, "zz_other");
        assert!(renamed.is_ok(), "{renamed:?}");
    });
    println!("{} bytes: {measured:?}", text.len());
    for (what, took) in measured {
        assert!(took < Duration::from_millis(500), "{what}: {took:?}");
    }
}
