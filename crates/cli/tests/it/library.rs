//! Scenarios by name: what runs from anywhere, what is listed, what is begun, and what is never overwritten.

use crate::{detente, detente_in, scenarios};

#[test]
fn a_scenario_of_the_library_is_known_to_every_command() {
    for command in [
        vec!["check", "chicken"],
        vec!["ask", "chicken", "p(collision)"],
        vec!["ask", "chicken.detente", "p(collision)"],
        vec!["test", "chicken"],
        vec!["tree", "chicken"],
        vec!["solve", "chicken", "--method", "pure"],
        vec!["convert", "chicken", "--to", "nfg"],
        vec!["show", "chicken"],
    ] {
        let ran = detente(&command);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{command:?}");
        assert!(!ran.out.is_empty(), "{command:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let ran = detente_in(folder.path(), &["run", "chicken", "--no-doubt"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(folder.path().join("findings/chicken/report.html").exists());
}

#[test]
fn a_file_of_that_name_wins_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let text = "actor a\noutcome collision\nplay { end collision }\n";
    std::fs::write(folder.path().join("chicken.detente"), text).unwrap();
    for name in ["chicken", "chicken.detente"] {
        let ran = detente_in(folder.path(), &["ask", name, "p(collision)"]);
        assert_eq!((ran.out.as_str(), ran.code), ("1\n", 0));
        assert!(
            ran.err.starts_with("note: ") && ran.err.contains("chicken.detente of this folder"),
            "{}",
            ran.err
        );
    }
    // Who writes a path means the file; a copy of the library's hides nothing; a folder is no scenario.
    let ran = detente_in(folder.path(), &["ask", "./chicken.detente", "p(collision)"]);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("1\n", ""));
    let library = scenarios().join("library/inspection.detente");
    std::fs::copy(library, folder.path().join("inspection.detente")).unwrap();
    let ran = detente_in(folder.path(), &["check", "inspection"]);
    assert_eq!((ran.err.as_str(), ran.code), ("", 0));
    std::fs::create_dir(folder.path().join("bluffing")).unwrap();
    assert_eq!(detente_in(folder.path(), &["check", "bluffing"]).code, 0);
}

#[test]
fn a_misspelt_name_suggests_near_ones() {
    let ran = detente(&["run", "chiken"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("error: cannot read chiken") && ran.err.contains("`chicken`"),
        "{}",
        ran.err
    );
    let ran = detente(&["show", "fearon"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`fearon-1995`"), "{}", ran.err);
    // A path with folders is a file and nothing else.
    let ran = detente(&["run", "nowhere/chicken.detente"]);
    assert_eq!(ran.code, 2);
    assert!(!ran.err.contains("did you mean"), "{}", ran.err);
}

#[test]
fn the_library_is_never_written_to() {
    let ran = detente(&["fmt", "chicken"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("detente new --from chicken"),
        "{}",
        ran.err
    );
}

#[test]
fn the_list_has_a_line_for_each_and_can_be_narrowed() {
    let ran = detente(&["list"]);
    assert_eq!(ran.code, 0);
    let files = std::fs::read_dir(scenarios().join("library")).unwrap();
    for file in files {
        let name = file.unwrap().path();
        let name = name.file_stem().unwrap().to_string_lossy().into_owned();
        let lines = ran
            .out
            .lines()
            .filter(|line| line.trim_start().split(' ').next() == Some(name.as_str()));
        assert_eq!(lines.count(), 1, "{name}\n{}", ran.out);
    }
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.out
    );
    let some = detente(&["list", "QUICHE"]);
    assert!(some.out.contains("beer-quiche") && !some.out.contains("chicken"));
    assert_eq!(detente(&["list", "quiche", "nonsense"]).code, 2);
    let json = detente(&["list", "beer", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(found[0]["name"], "beer-quiche");
    assert_eq!(found[0]["group"], "private_information");
    assert_eq!(found[0]["nodes"], 15);
    let none = detente(&["list", "nonsense", "--json"]);
    assert_eq!((none.out.trim(), none.code), ("[]", 0));
}

#[test]
fn what_is_begun_checks_is_formatted_solves_and_passes() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| detente_in(folder.path(), args);
    let ran = run(&["new"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("a-dispute-between-two-states.detente"));
    let ran = run(&[
        "new",
        "mine",
        "--title",
        "Say \"no\"",
        "--actor",
        "North",
        "--actor",
        "South",
        "--actor",
        "Südreich",
        "--option",
        "wait",
        "--option",
        "ask",
        "--option",
        "attack",
        "--answer",
        "yield",
        "--answer",
        "offer half",
        "--answer",
        "fight",
        "--private",
        "resolved",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["a-dispute-between-two-states", "mine.detente"] {
        let ran = run(&["check", name]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let ran = run(&["test", name]);
        assert_eq!(ran.code, 0, "{}", ran.out);
    }
    let ran = run(&[
        "fmt",
        "--check",
        "a-dispute-between-two-states.detente",
        "mine.detente",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.detente");
    std::fs::write(&file, "mine").unwrap();
    for args in [
        vec!["new", "mine"],
        vec!["new", "mine.detente"],
        vec!["new", "mine", "--from", "chicken"],
    ] {
        let ran = detente_in(folder.path(), &args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.err.contains("is there already"), "{}", ran.err);
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
    let ran = detente_in(folder.path(), &["new", "--from", "chicken"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let copy = std::fs::read_to_string(folder.path().join("chicken.detente")).unwrap();
    assert_eq!(copy, detente(&["show", "chicken"]).out);
}

#[test]
fn beginnings_that_make_no_sense() {
    for wrong in [
        vec!["new", "--from", "chiken"],
        vec!["new", "--actor", "only"],
        vec!["new", "--option", "a", "--option", " "],
        vec!["new", "nowhere/mine"],
        vec!["new", "--from", "chicken", "--title", "T"],
    ] {
        let ran = detente(&wrong);
        assert_eq!(ran.code, 2, "{wrong:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn pages_of_the_book_are_the_same_twice_and_known_to_be_stale() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "SUMMARY.md",
        "# Summary\n\n- [The library](library.md)\n  - [Old](library/old.md)\n",
    );
    write(
        "library.md",
        "Before\n<!-- The table is written by `detente book`. -->\n<!-- End of the table. -->\nAfter\n",
    );
    std::fs::create_dir(folder.path().join("library")).unwrap();
    let mark = "<!-- Written by `detente book` from the scenario; changes belong there. -->";
    write("library/old.md", mark);
    write("library/own.md", "kept");
    let run = |more: &[&str]| {
        let all = [&["book", ".", "--only", "inspection"], more].concat();
        detente_in(folder.path(), &all)
    };
    assert_eq!(run(&["--check"]).code, 1);
    assert_eq!(run(&["--threads", "1"]).code, 0);
    let ran = run(&["--check", "--threads", "3"]);
    assert_eq!((ran.out.as_str(), ran.code), ("", 0));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("SUMMARY.md").contains("  - [The inspection game](library/inspection.md)\n"));
    assert!(!read("SUMMARY.md").contains("old.md"));
    assert!(read("library.md").starts_with("Before\n") && read("library.md").ends_with("After\n"));
    assert!(read("library/inspection.md").contains("A violation goes unseen"));
    assert!(read("library/inspection.svg").starts_with("<svg"));
    assert!(!folder.path().join("library/old.md").exists());
    assert_eq!(read("library/own.md"), "kept");
    write("library/inspection.md", "changed");
    let ran = run(&["--check"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("inspection.md: not up to date"),
        "{}",
        ran.out
    );
}
