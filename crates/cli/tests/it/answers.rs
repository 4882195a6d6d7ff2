//! Numbers: published solutions, precision, settings, and the same bytes whatever the threads.

use crate::{detente, library, scenarios, written};

fn numbers(args: &[&str]) -> Vec<f64> {
    let ran = detente(args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out.lines().map(|line| line.parse().unwrap()).collect()
}

#[test]
fn every_scenario_of_the_library_passes_its_own_checks() {
    let ran = detente(&["test", &scenarios().join("library").to_string_lossy()]);
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    assert!(ran.out.contains(" passed, 0 failed"), "{}", ran.out);
}

/// `models.md` V21: the agent logit equilibrium of the threat game on raw payoffs, from two independent
/// solvers that agree to eight decimals.
#[test]
fn the_threat_game_has_its_known_logit_equilibria() {
    let known = [
        (
            "1",
            [
                0.573_595_77,
                0.526_277_54,
                0.529_848_79,
                0.574_442_52,
                0.377_540_67,
            ],
        ),
        (
            "5",
            [
                0.587_781_25,
                0.333_220_37,
                0.740_431_48,
                0.817_574_48,
                0.075_858_18,
            ],
        ),
        (
            "20",
            [
                0.978_666_90,
                0.448_829_33,
                0.673_503_20,
                0.997_527_38,
                0.000_045_40,
            ],
        ),
    ];
    for (precision, expected) in known {
        let given = numbers(&[
            "ask",
            &library("threat-game.detente"),
            "p(move == threaten given kind == resolute)",
            "p(move == threaten given kind == irresolute)",
            "p(answer == resist given move == threaten)",
            "p(sequel == strike given answer == resist and kind == resolute)",
            "p(sequel == strike given answer == resist and kind == irresolute)",
            "--precision",
            precision,
            "--raw-payoffs",
        ]);
        for (given, expected) in given.iter().zip(expected) {
            assert!(
                (given - expected).abs() < 1e-7,
                "λ = {precision}: {given} for {expected}"
            );
        }
    }
}

/// Signorino 1999: at precision 1 on raw payoffs.
#[test]
fn the_strategic_logit_has_its_closed_form() {
    let given = numbers(&[
        "ask",
        &library("strategic-logit.detente"),
        "p(answer == resist given move == challenge)",
        "p(move == challenge)",
        "--precision",
        "1",
        "--raw-payoffs",
    ]);
    assert!((given[0] - 0.731_058_578_630).abs() < 1e-9, "{given:?}");
    assert!((given[1] - 0.451_856).abs() < 1e-6, "{given:?}");
}

#[test]
fn settings_change_answers() {
    let ask = |more: &[&str]| {
        let chicken = library("chicken.detente");
        numbers(&[&["ask", chicken.as_str(), "p(collision)"], more].concat())[0]
    };
    assert!((ask(&[]) - 0.01).abs() < 1e-3);
    assert!((ask(&["--set", "crash=5"]) - 0.04).abs() < 1e-3);
    assert!((ask(&["--set", "crash=5", "--precision", "0"]) - 0.25).abs() < 1e-12);
}

#[test]
fn one_thread_and_two_find_the_same() {
    let covert = library("covert-programme.detente");
    let run = |threads: &str| {
        let ran = detente(&[
            "run",
            &covert,
            "--json",
            "--threads",
            threads,
            "--draws",
            "12",
            "--seed",
            "7",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let timeless = ran
            .out
            .lines()
            .filter(|line| !line.trim_start().starts_with("\"seconds\""));
        timeless.collect::<Vec<_>>().join("\n")
    };
    let one = run("1");
    assert!(one.contains("\"draws\": 12"));
    assert_eq!(one, run("2"));
    assert_eq!(one, run("2"));
}

#[test]
fn queries_over_rounds_and_times() {
    let (_folder, path) = written(
        "actor a\noutcome won\noutcome lost\nstate score = 0\nplay {\n    repeat 3 as i {\n        \
         chance coin { heads 50 %, tails 50 % }\n        if coin == heads { set score = score + i }\n    }\n    \
         if score >= 3 { end won }\n    end lost\n}\n",
    );
    let given = numbers(&[
        "ask",
        &path,
        "p(coin == heads)",
        "p(coin@1 == heads)",
        "p(ever(coin == heads))",
        "mean(score)",
        "p(won given coin@3 == tails)",
        "mean(round(won))",
        "p(won) - p(lost)",
    ]);
    for (given, expected) in given.iter().zip([0.5, 0.5, 0.875, 3.0, 0.25, 3.0, 0.25]) {
        assert!((given - expected).abs() < 1e-12, "{given} for {expected}");
    }
}

#[test]
fn what_cannot_happen_has_no_answer() {
    let (_folder, path) = written(
        "actor a\noutcome won\noutcome lost\nplay { chance c { u 1, d 0 }\n if c == d { end lost }\n end won }\n",
    );
    let ran = detente(&["ask", &path, "p(won given c == d)", "p(won)"]);
    assert_eq!(
        (ran.out.as_str(), ran.code),
        ("none\n1\n", 0),
        "{}",
        ran.err
    );
    let ran = detente(&["ask", "--json", &path, "p(won given c == d)"]);
    assert_eq!(ran.out, "{\n  \"p(won given c == d)\": null\n}\n");
}

/// A number of rounds without a step is drawn as any number.
const ROUNDS: &str = "actor a\nparam rounds = 2 in 1 .. 3\noutcome o\nplay {\n repeat rounds {\n\
    a chooses x { l { gain a 1 }, r }\n }\n end o\n}\nask \"?\" p(o)\nexpect value(a) == 2 within 1e-3 if rounds == 2\n\
    expect value(a) == 3 within 1e-3 if rounds > 2\n";

#[test]
fn draws_that_fail_are_told_with_the_reason() {
    let (_folder, path) = written(ROUNDS);
    let ran = detente(&["run", &path, "--doubt", "60"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains(
            "60 of 60 draws of the doubted numbers could not be solved: `repeat` cannot run"
        ),
        "{told}"
    );
    let (_folder, path) = written(&ROUNDS.replace("1 .. 3", "1 .. 3 step 1"));
    let ran = detente(&["run", &path, "--json", "--doubt", "60"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(found["doubt"]["draws"], 60);
    assert_eq!(found["doubt"]["failed"], 0);
    assert_eq!(found["assumptions"][0]["step"], 1.0);
    assert_eq!(
        found["assumptions"][0]["distribution"],
        "uniform, in steps of 1"
    );
    let ran = detente(&["ask", &path, "p(o)", "--set", "rounds=2.5"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(
        ran.err.contains("E0418") && ran.err.contains("2 and 3"),
        "{}",
        ran.err
    );
}

#[test]
fn a_check_that_does_not_apply_is_neither_passed_nor_failed() {
    let (_folder, path) = written(ROUNDS);
    let ran = detente(&["test", &path]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("(does not apply here)"), "{}", ran.out);
    assert!(
        ran.out
            .ends_with("1 passed, 0 failed, 1 does not apply here\n"),
        "{}",
        ran.out
    );
    let ran = detente(&["test", &path, "--set", "rounds=3", "--json"]);
    let applies =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["applies"].clone();
    assert_eq!(
        ran.out.lines().map(applies).collect::<Vec<_>>(),
        [false, true]
    );
}

/// In the security dilemma the equilibrium that is shown depends on the numbers; every draw shows its own, as
/// `--set` would.
#[test]
fn ranges_beside_several_equilibria_are_those_of_each_draw_alone() {
    let path = library("security-dilemma.detente");
    let ran = detente(&["run", &path, "--json"]);
    let found: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(found["equilibria"]["found"].as_u64().unwrap() > 1);
    let method = found["doubt"]["method"].as_str().unwrap();
    assert!(
        method.contains("of each draw the one is taken that would be shown"),
        "{method}"
    );
    let ends = ["low", "high"].map(|end| found["endings"][0][end].as_f64().unwrap());
    assert!(ends[0] < 0.01 && ends[1] > 0.99, "{ends:?}");
    for row in found["tornado"].as_array().unwrap() {
        for end in ["low", "high"] {
            let set = format!("{}={}", row["param"].as_str().unwrap(), row[end]);
            let alone = numbers(&["ask", &path, "p(trust)", "--set", &set])[0];
            let swept = row[format!("at_{end}")][0].as_f64().unwrap();
            assert!((alone - swept).abs() < 0.02, "{set}: {alone} {swept}");
        }
    }
}

#[test]
fn bargains_are_asked_like_choices() {
    let asked = |scenario: &str, query: &str, set: &[&str]| {
        let sets = set.iter().flat_map(|set| ["--set", set]);
        let arguments: Vec<&str> = ["ask", scenario, query].into_iter().chain(sets).collect();
        let ran = detente(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        ran.out.trim().parse::<f64>().unwrap()
    };
    let share = "mean(worth(a, deal) if move == invite)";
    for (ask_a, ask_b, wanted) in [(0.2, 0.3, 32.0), (0.7, 0.1, 45.0), (0.1, 0.7, 18.0)] {
        let set = [format!("ask_a={ask_a}"), format!("ask_b={ask_b}")];
        let set: Vec<&str> = set.iter().map(String::as_str).collect();
        let found = asked("two-level-bargain", share, &set);
        assert!(
            (found - wanted / 63.0).abs() < 1e-6,
            "{ask_a}, {ask_b}: {found}"
        );
    }
    let none = ["ask_a=0.6", "ask_b=0.6"];
    assert_eq!(
        asked(
            "two-level-bargain",
            "p(deal == agreed if move == invite)",
            &none
        ),
        0.0
    );
    assert!((asked("rubinstein-offers", "p(pie.reply@1 == accept)", &[]) - 1.0).abs() < 1e-3);
    let linked = "p(linked.inspections == all and linked.sanctions != stay given package)";
    assert!((asked("issue-linkage", linked, &[]) - 1.0).abs() < 1e-6);
}
