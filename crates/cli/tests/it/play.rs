//! Sitting in a chair: `detente play`, driven through standard input.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::{Ran, library, ran, scenarios, written};

fn played(args: &[&str], answers: &str) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .arg("play")
        .args(args)
        .current_dir(folder.path())
        .env_remove("NO_COLOR")
        .env("COLUMNS", "80")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that ends before it has read all answers is no fault of theirs.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    ran(&child.wait_with_output().unwrap())
}

/// Ann's type is hers alone; Bob then guesses, and Ann answers.
const GAME: &str = "scenario \"A guess\"\nactor a \"Ann\"\nactor b \"Bob\"\noutcome right \"Bob is right\"\n\
outcome wrong \"Bob is wrong\"\nplay {\nchance coin { heads \"the coin shows heads\" 70 %, \
tails \"the coin shows tails\" 30 % } seen by a\nb chooses guess { say_heads, say_tails }\n\
a chooses comment { cheer, sigh }\ngain a (if comment == cheer then 1 else 0)\n\
if coin == heads and guess == say_heads or coin == tails and guess == say_tails { gain b 10 end right }\n\
end wrong\n}\n";

#[test]
fn a_game_is_played_to_its_end_and_looked_back_upon() {
    let (_folder, path) = written(GAME);
    let ran = played(&[&path, "--as", "b"], "2\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "You decide for: Bob.",
        "Bob: guess?",
        "1 say heads",
        "> 2",
        "It ends: Bob is ",
        "Looking back",
        "costliest choice was “say tails”: 4.00 points, or 40 %",
        "hidden: the coin shows",
        "What really happened",
        "(70 %; hidden from Bob)",
    ] {
        assert!(told.contains(words), "{words} is missing in:\n{}", ran.out);
    }
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.out
    );
    assert!(!ran.out.contains('\u{1b}'));
    let before = ran.out.split("Looking back").next().unwrap();
    assert!(!before.contains("the coin shows"), "{before}");
}

#[test]
fn answers_can_be_names_and_beginnings_and_help_is_at_hand() {
    let (_folder, path) = written(GAME);
    let ran = played(
        &[&path, "--as", "b"],
        "?\nwhy\nstory\nscale\nknown\nsay\nperhaps\n\n7\nsay_h\nsay h\n",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "choose the option of that number",
        "An adviser, who knows no more than you do",
        "70 %  the coin shows heads",
        "nothing yet",
        "“say” is no answer to this",
        "“perhaps” is no answer",
        "Answer with a number from 1 to 2",
        "“7” is no answer",
        "as good as any",
    ] {
        assert!(
            ran.out.contains(words),
            "{words} is missing in:\n{}",
            ran.out
        );
    }
}

#[test]
fn choices_can_be_taken_back_and_the_end_of_input_is_an_end() {
    let (_folder, path) = written(GAME);
    let ran = played(&[&path, "--as", "a,b"], "undo\n1\nundo\n2\nquit\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("There is no choice to take back."),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("Taken back."));
    assert!(ran.out.contains("The end was called before"), "{}", ran.out);
    let ended = played(&[&path, "--as", "b"], "");
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("> quit"), "{}", ended.out);
    // In the chair of both, Ann's story is Ann's, and Bob's is Bob's.
    let asked = ran.out.find("Bob: guess?").unwrap();
    assert!(!ran.out[..asked].contains("the coin shows"), "{}", ran.out);
}

#[test]
fn the_same_seed_gives_the_same_course() {
    let (_folder, path) = written(GAME);
    let once = |seed: &str| played(&[&path, "--as", "b", "--seed", seed], "1\n").out;
    assert_eq!(once("1"), once("1"));
    assert!((2..12).any(|seed| once(&seed.to_string()) != once("1")));
}

#[test]
fn json_is_one_object_a_line() {
    let (_folder, path) = written(GAME);
    let ran = played(&[&path, "--as", "b", "--json"], "x\n1\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3, "{}", ran.out);
    assert_eq!(lines[0]["status"], "your_turn");
    assert_eq!(lines[0]["question"]["options"][1]["id"], "say_tails");
    assert_eq!(lines[1]["status"], "ended");
    assert_eq!(lines[2]["actors"][1]["decisions"][0]["chosen"], "say heads");
    assert!(ran.err.contains("no answer"));
}

#[test]
fn the_log_is_written_where_it_is_asked_for() {
    let (folder, path) = written(GAME);
    let log = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let ran = played(&[&path, "--as", "b", "--log", &log("l.json")], "1\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let rows: serde_json::Value =
        serde_json::from_slice(&std::fs::read(log("l.json")).unwrap()).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(rows[1]["by"], "person");
    let ran = played(&[&path, "--as", "b", "--log", &log("l.parquet")], "1\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(&std::fs::read(log("l.parquet")).unwrap()[..4], b"PAR1");
    assert_eq!(
        played(&[&path, "--as", "b", "--log", "l.txt"], "1\n").code,
        2
    );
}

#[test]
fn what_is_missing_or_unknown_is_said() {
    let (_folder, path) = written(GAME);
    let ran = played(&[&path], "");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a (Ann), b (Bob)"), "{}", ran.err);
    let ran = played(&[&path, "--as", "c"], "");
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("there is no actor `c`"), "{}", ran.err);
    assert_eq!(played(&[&path, "--as", "a", "--as", "a"], "").code, 2);
}

#[test]
fn the_library_can_be_played_by_everybody() {
    for name in [
        "covert-programme",
        "kuhn-poker",
        "rubinstein-offers",
        "brinkmanship",
    ] {
        let path = library(&format!("{name}.detente"));
        let text = std::fs::read_to_string(&path).unwrap();
        let actors = text.lines().filter_map(|line| line.strip_prefix("actor "));
        for actor in actors.filter_map(|rest| rest.split_whitespace().next()) {
            let ran = played(&[&path, "--as", actor, "--hints"], &"1\n".repeat(60));
            assert_eq!(ran.code, 0, "{name} {actor}: {}", ran.err);
            assert!(
                ran.out.contains("Looking back"),
                "{name} {actor}: {}",
                ran.out
            );
        }
    }
}

#[test]
fn the_flagship_can_be_played() {
    let path = scenarios().join("us-iran-2025.detente");
    let path = path.to_string_lossy();
    let ran = played(
        &[&path, "--as", "iran", "--precision", "10"],
        &"1\nundo\n2\nwhy\n1\n2\n".repeat(4),
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    for words in [
        "at which they err as people do",
        "Looking back",
        "The choices of Iran",
    ] {
        assert!(
            ran.out.contains(words),
            "{words} is missing in:\n{}",
            ran.out
        );
    }
}
