//! Whole scenarios through the checker.

use detente_language::check::{Loaded, load};
use detente_language::render::{RenderOptions, render};
use detente_language::scenario::{
    Distribution, Domain, ExprKind, Kind, Options, RepeatId, Scenario, Step,
};
use detente_language::source::NoFiles;

/// The scenario by which the language is introduced.
const COVERT: &str = include_str!("cases/covert.detente");

fn check(text: &str) -> Loaded {
    load("test.detente", text, &NoFiles)
}

fn scenario(text: &str) -> Scenario {
    let loaded = check(text);
    let shown = render(
        &loaded.diagnostics,
        &loaded.sources,
        RenderOptions::default(),
    );
    loaded.scenario.unwrap_or_else(|| panic!("{shown}"))
}

fn codes(text: &str) -> Vec<&'static str> {
    check(text).diagnostics.iter().map(|d| d.code).collect()
}

/// A play of `us` and `iran` that can end in `war` or `deal`.
fn play(declarations: &str, body: &str) -> String {
    format!(
        "actor us\nactor iran\noutcome war\noutcome deal\n{declarations}\n\
         play {{\ngain us 0, iran 0\nif 1 > 2 {{ end war }}\n{body}\nend deal\n}}\n"
    )
}

#[test]
fn the_introductory_scenario_is_sound() {
    let loaded = check(COVERT);
    assert_eq!(loaded.diagnostics, []);
    let scenario = loaded.scenario.expect("no errors");
    assert_eq!(scenario.title, "A covert programme");
    assert_eq!(scenario.actors[1].label, "Iran");
    assert_eq!(scenario.parameters.len(), 3);
    assert!(scenario.parameters[0].percent && !scenario.parameters[1].percent);
    assert_eq!(
        scenario.asks[0].text,
        "p(programme == dash given approach == offer)"
    );
    assert_eq!(scenario.expects[0].text, "p(war) < 5 %");
    let points: Vec<&str> = scenario
        .points
        .iter()
        .map(|p| loaded.sources.text(p.span))
        .collect();
    assert_eq!(
        points,
        [
            "chance resolve",
            "us chooses approach",
            "iran chooses reply",
            "iran chooses programme",
            "chance found",
            "us chooses reaction"
        ]
    );
    let seen = |step: &Step| match step {
        Step::Chance { seen_by, .. } | Step::Choose { seen_by, .. } => seen_by.clone(),
        _ => panic!("nothing is seen of {step:?}"),
    };
    assert_eq!(
        seen(&scenario.play[0]),
        [false, true],
        "a type that Iran alone knows"
    );
    assert_eq!(seen(&scenario.play[1]), [true, true]);
    assert_eq!(
        seen(&scenario.play[3]),
        [false, true],
        "a hidden action is known to who takes it"
    );
}

#[test]
fn percentages_are_the_nearest_doubles() {
    let scenario =
        scenario("param a = 0.1 %\nparam b = 12.5 %\nparam c = 1e1 %\nlet x = (a + b) %\n");
    let values: Vec<&ExprKind> = scenario.parameters.iter().map(|p| &p.value.kind).collect();
    assert_eq!(
        values,
        [
            &ExprKind::Number(0.001),
            &ExprKind::Number(0.125),
            &ExprKind::Number(0.1)
        ]
    );
    assert!(matches!(
        scenario.lets[0].body.kind,
        ExprKind::Arithmetic(..)
    ));
}

#[test]
fn names_may_be_used_before_they_are_declared() {
    let scenario = scenario("let a = f(b)\nparam b = c + 1\nlet c = 2\nfn f(x) = x * c\n");
    assert_eq!(scenario.lets[0].kind, Kind::Number);
}

#[test]
fn options_gather_from_all_statements_and_the_first_label_wins() {
    let text = play(
        "",
        "us chooses move { talk, wait }\nus chooses move { wait \"Wait and see\", strike }\nus chooses move { talk \"Talk\", wait \"Tarry\" }",
    );
    let scenario = scenario(&text);
    let Domain::Symbols(options) = &scenario.variables[0].domain else {
        panic!("options")
    };
    let named: Vec<(&str, &str)> = options
        .iter()
        .map(|(symbol, label)| (scenario.symbols[symbol.index()].as_str(), label.as_str()))
        .collect();
    assert_eq!(
        named,
        [
            ("talk", "Talk"),
            ("wait", "Wait and see"),
            ("strike", "strike")
        ]
    );
}

#[test]
fn packages_on_the_table_are_labelled_and_valued() {
    let scenario = scenario(&play(
        "issue arms { keep, scrap }\nissue oil { none, some }\npackage small \"A small deal\" { oil some, arms keep }\n\
         value us { arms 10 { scrap 1, keep 0 } }\nfn net(x) = worth(us, x) - fallback(us)",
        "us chooses table { small, nothing }\nif table == small { gain us net(small) }",
    ));
    assert_eq!(scenario.packages[0].choices, [0, 1]);
    let (weight, scores) = &scenario.values[0].issues[0];
    assert_eq!(weight.kind, ExprKind::Number(10.0));
    assert_eq!(
        scores.iter().map(|s| &s.kind).collect::<Vec<_>>(),
        [&ExprKind::Number(0.0), &ExprKind::Number(1.0)]
    );
    assert_eq!(
        scenario.values[0].issues[1].0.kind,
        ExprKind::Number(0.0),
        "an issue left out weighs nothing"
    );
    assert_eq!(scenario.values[0].issues[1].1.len(), 2);
    let Domain::Symbols(options) = &scenario.variables[0].domain else {
        panic!("options")
    };
    assert_eq!(
        options[0].1, "A small deal",
        "an option without label is shown by its package's"
    );
}

#[test]
fn rounds_are_known_to_points_and_indices() {
    let scenario = scenario(&play(
        "param rounds = 2",
        "repeat rounds as i { repeat 3 as j { us chooses move in i .. 5 step 1\ngain us i * j } }"
            .replace("in i", "in 0")
            .as_str(),
    ));
    assert_eq!(scenario.points[0].repeats, [RepeatId(0), RepeatId(1)]);
    assert_eq!(scenario.repeats[1].index.as_deref(), Some("j"));
    let sequence = play(
        "",
        "repeat 2 as i { gain us i }\nrepeat 3 as i { gain us i }",
    );
    assert_eq!(
        codes(&sequence),
        Vec::<&str>::new(),
        "one index may serve one `repeat` after another"
    );
}

#[test]
fn guards_and_blocks_are_steps() {
    let scenario = scenario(&play(
        "state anger = 0",
        "us chooses move { talk if anger < 2 { set anger = anger + 1 }, wait }\n\
         us chooses price in 10 % .. 30 % step 10 % if price < 25 % { gain us price }",
    ));
    let Step::Choose {
        options: Options::Listed(options),
        ..
    } = &scenario.play[2]
    else {
        panic!("a choice")
    };
    assert!(options[0].guard.is_some() && matches!(options[0].block[0], Step::Set(..)));
    let Step::Choose {
        options: Options::Grid { percent, guard, .. },
        ..
    } = &scenario.play[3]
    else {
        panic!("a grid")
    };
    assert!(*percent && guard.is_some());
}

#[test]
fn distributions_are_read() {
    let scenario = scenario(
        "param a = 2 in 1 .. 3 ~ uniform()\nparam b = 2 ~ uniform(1, 3)\nparam c = 2 in 1 .. 3 ~ triangular(2)\n\
         param d = 2 ~ triangular(1, 2, 3)\nparam e = 2 in 1 .. 3 ~ normal(2, 1)\nparam f = 2 in 1 .. 3 ~ beta(2, 2)\n\
         param g = 2 in 1 .. 3 ~ log_uniform()\nparam h = 2 ~ log_uniform(1, 3)\nparam i = 2 in 1 .. 3 ~ discrete(1, 50 %, 3, 50 %)\n",
    );
    let found: Vec<&Distribution> = scenario
        .parameters
        .iter()
        .filter_map(|p| p.distribution.as_ref())
        .collect();
    assert!(matches!(
        found[..],
        [
            Distribution::Uniform(None),
            Distribution::Uniform(Some(_)),
            Distribution::Triangular(None, _, None),
            Distribution::Triangular(Some(_), _, Some(_)),
            Distribution::Normal(..),
            Distribution::Beta(..),
            Distribution::LogUniform(None),
            Distribution::LogUniform(Some(_)),
            Distribution::Discrete(_),
        ]
    ));
}

#[test]
fn files_without_play_are_no_scenario_to_warn_about() {
    assert_eq!(
        codes("param cost = 5\nissue arms { keep, scrap }\n"),
        Vec::<&str>::new()
    );
    assert!(scenario("param cost = 5\n").play.is_empty());
    assert_eq!(scenario("param cost = 5\n").title, "test.detente");
}

#[test]
fn a_play_that_ends_on_every_way_hides_what_stands_behind() {
    let ends =
        |statement: &str| codes(&play("", &format!("{statement}\ngain us 1"))).contains(&"W0704");
    assert!(ends("us chooses m { a { end war }, b { end deal } }"));
    assert!(ends("if 1 > 2 { end war } else { end deal }"));
    assert!(ends("together { end war }"));
    assert!(ends("us chooses m in 0 .. 1 step 1 { end war }"));
    assert!(!ends("us chooses m { a { end war }, b }"));
    assert!(!ends("if 1 > 2 { end war }"));
    assert!(!ends("repeat 0 { end war }"));
}

#[test]
fn one_mistake_is_told_once() {
    for (declarations, body) in [
        (
            "let a = b\nlet c = a + a\nlet d = if c > a then c else a",
            "gain us d",
        ),
        (
            "",
            "us chooses move { a, b }\nif mvoe == a or not (mvoe in {a, b}) { gain us 1 }",
        ),
        (
            "fn f(x) = x + nothing_so_called\nlet g = f(1) + f(2)",
            "gain us g",
        ),
        (
            "",
            "repeat wat { us chooses move { a, b } }\nif move == a { gain us 1 }",
        ),
    ] {
        let mut found: Vec<String> = check(&play(declarations, body))
            .diagnostics
            .into_iter()
            .map(|d| d.message)
            .collect();
        found.dedup();
        assert_eq!(found.len(), 1, "{declarations} {body}: {found:?}");
    }
}
