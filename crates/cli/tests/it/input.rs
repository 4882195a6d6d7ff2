//! Bad input: a clear error and the right exit code, whatever comes.

use crate::{detente, library, written};

#[test]
fn a_file_that_is_not_there() {
    let ran = detente(&["run", "nowhere.detente"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("error: cannot read nowhere.detente"),
        "{}",
        ran.err
    );
}

#[test]
fn a_folder_and_binary_junk() {
    assert_eq!(detente(&["run", "."]).code, 2);
    let (folder, path) = written("");
    std::fs::write(
        folder.path().join("junk.detente"),
        (0..=255).cycle().take(5_000).collect::<Vec<u8>>(),
    )
    .unwrap();
    let junk = folder
        .path()
        .join("junk.detente")
        .to_string_lossy()
        .into_owned();
    assert_eq!(detente(&["check", &junk]).code, 2);
    assert_eq!(detente(&["run", &path]).code, 2);
}

#[test]
fn several_errors_are_shown_in_one_run() {
    let (_folder, path) = written(
        "actor us\noutcome war\nplay {\n    us chooses x { a, b }\n    if x == c { end war }\n    gain su 3\n    end wra\n}\n",
    );
    let ran = detente(&["check", &path]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.err.matches("error[E").count(), 3, "{}", ran.err);
    assert!(ran.err.contains("did you mean `war`"), "{}", ran.err);
    assert!(
        ran.err.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.err
    );
}

#[test]
fn settings_that_make_no_sense() {
    let chicken = library("chicken.detente");
    let ran = detente(&["ask", &chicken, "p(collision)", "--set", "crsh=5"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "error: `--set`: there is no param `crsh`; did you mean `crash`?\n"
    );
    for wrong in ["crash", "crash=much", "crash=nan"] {
        assert_eq!(
            detente(&["ask", &chicken, "p(collision)", "--set", wrong]).code,
            2,
            "{wrong}"
        );
    }
    for wrong in [
        ["--precision", "-1"],
        ["--tolerance", "inf"],
        ["--time-limit", "-3"],
    ] {
        let wrong = format!("{}={}", wrong[0], wrong[1]);
        assert_eq!(
            detente(&["ask", &chicken, "p(collision)", &wrong]).code,
            2,
            "{wrong}"
        );
    }
}

#[test]
fn a_query_that_cannot_be_read() {
    let ran = detente(&["ask", &library("chicken.detente"), "p(colision)"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("collision"), "{}", ran.err);
}

#[test]
fn a_game_beyond_the_limit_of_nodes() {
    let ran = detente(&[
        "run",
        &library("covert-programme.detente"),
        "--max-nodes",
        "20",
    ]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.err.contains("E0601") && ran.err.contains("--max-nodes"),
        "{}",
        ran.err
    );
}

#[test]
fn an_error_that_only_a_path_shows() {
    let (_folder, path) =
        written("actor a\noutcome o\nplay {\n    a chooses x { l, r { end o } }\n}\n");
    let ran = detente(&["run", &path]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.contains("E0504") && ran.err.contains("a: l"),
        "{}",
        ran.err
    );
}

#[test]
fn a_failed_expect_is_a_finding() {
    let (folder, path) = written(
        "actor a\noutcome o\noutcome n\nplay { a chooses x { l { gain a 1 }, r }\n end o }\nexpect p(n) > 0.5 \"never\"\n",
    );
    assert_eq!(detente(&["test", &path]).code, 1);
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let ran = detente(&["run", &path, "--no-doubt", "--out", &out]);
    assert_eq!(ran.code, 1);
    assert!(folder.path().join("out/report.html").exists());
}

#[test]
fn codes_are_explained() {
    let ran = detente(&["explain", "e0505"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.starts_with("E0505: "), "{}", ran.out);
    assert_eq!(detente(&["explain", "E9999"]).code, 2);
    let all = detente(&["explain"]);
    assert!(all.out.lines().count() > 60, "{}", all.out);
}

#[test]
fn layout_is_checked_and_mended() {
    let (_folder, path) = written("actor   a\noutcome o\nplay{end o}");
    assert_eq!(detente(&["fmt", "--check", &path]).code, 1);
    assert_eq!(detente(&["fmt", &path]).code, 0);
    assert_eq!(detente(&["fmt", "--check", &path]).code, 0);
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "actor a\noutcome o\nplay {\n    end o\n}\n"
    );
}
