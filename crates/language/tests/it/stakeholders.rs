//! Issues with a scale, and stakeholders.

use detente_language::check::{Loaded, load};
use detente_language::eval::{bind, constant};
use detente_language::format::format;
use detente_language::render::{RenderOptions, render};
use detente_language::scenario::Scenario;
use detente_language::source::NoFiles;

const OIL: &str = r#"
actor iran "Iran"
param grip = 40 in 20 .. 60 "judgement"
let half = grip / 2
issue oil "Iranian exports" 0 .. 2.5 "mb/d" reference 1.5 actual 1.7
issue cap 0 .. 60
stakeholder guard "Revolutionary Guard" of iran {
    influence grip "how much it counts"
    oil position 2.5 salience 40 % "statements", cap position 60 salience 0.9
}
stakeholder gulf { influence half; oil position 1 salience 0.7 }
"#;

fn check(text: &str) -> Loaded {
    load("test.detente", text, &NoFiles)
}

fn shown(loaded: &Loaded) -> String {
    render(
        &loaded.diagnostics,
        &loaded.sources,
        RenderOptions::default(),
    )
}

fn scenario(text: &str) -> Scenario {
    let loaded = check(text);
    assert!(loaded.diagnostics.is_empty(), "{}", shown(&loaded));
    loaded.scenario.expect("a scenario")
}

#[test]
fn stakeholders_are_read() {
    let told = scenario(OIL);
    let settings = bind(&told, &[]).expect("numbers");
    let value = |expr| constant(&told, &settings, expr).expect("a number");
    let [oil, cap] = told.scales.as_slice() else {
        panic!("{:?}", told.scales)
    };
    assert_eq!(
        (oil.name.label.as_str(), oil.unit.as_str()),
        ("Iranian exports", "mb/d")
    );
    assert_eq!((value(&oil.lower), value(&oil.upper)), (0.0, 2.5));
    assert_eq!(oil.reference.as_ref().map(value), Some(1.5));
    assert_eq!(oil.actual.as_ref().map(value), Some(1.7));
    assert_eq!((cap.unit.as_str(), &cap.actual), ("", &None));
    let [guard, gulf] = told.stakeholders.as_slice() else {
        panic!("{:?}", told.stakeholders)
    };
    assert_eq!(guard.of.map(|actor| actor.index()), Some(0));
    assert_eq!(guard.source, "how much it counts");
    assert_eq!(value(&guard.influence), 40.0);
    assert_eq!(value(&guard.stances[0].salience), 0.4);
    assert_eq!(guard.stances[0].source, "statements");
    assert_eq!(value(&gulf.influence), 20.0);
    assert_eq!(gulf.stances.len(), 1);
}

#[test]
fn what_is_wrong_is_told_with_a_mend() {
    let cases = [
        (
            "guard { influence 1; oil position 1 }",
            "E0421",
            "salience 0.5",
        ),
        ("guard { influence 1; oil salience 1 }", "E0421", "position"),
        (
            "guard { oil position 1 salience 1 }",
            "E0421",
            "influence 1",
        ),
        (
            "guard { influence 1; oil position 3 salience 1 }",
            "E0422",
            "goes from 0 to 2.5",
        ),
        (
            "guard { influence 1; oil position 1 salience 80 }",
            "E0423",
            "80 %",
        ),
        (
            "guard { influence -1; oil position 1 salience 1 }",
            "E0423",
            "0 or above",
        ),
        (
            "guard { influence 1; oil position 1 salience 1; oil position 2 salience 1 }",
            "E0216",
            "twice",
        ),
        (
            "guard { influence 1, influence 2, oil position 1 salience 1 }",
            "E0216",
            "twice",
        ),
        (
            "guard { influence 1; oli position 1 salience 1 }",
            "E0203",
            "did you mean `oil`",
        ),
        (
            "guard { influence 1; deal position 1 salience 1 }",
            "E0205",
            "0 .. 1",
        ),
        (
            "guard of irna { influence 1; oil position 1 salience 1 }",
            "E0203",
            "did you mean `iran`",
        ),
        (
            "iran { influence 1; oil position 1 salience 1 }",
            "E0201",
            "taken",
        ),
        (
            "guard { influence 1; oil 1 salience 1 }",
            "E0107",
            "position",
        ),
        (
            "guard { influence 1; oil position 1 position 2 salience 1 }",
            "E0123",
            "twice",
        ),
        (
            "guard { influence oil; oil position 1 salience 1 }",
            "E0205",
            "detente forecast",
        ),
    ];
    for (stakeholder, code, words) in cases {
        let text = format!(
            "actor iran\nissue oil 0 .. 2.5\nissue deal {{ yes, no }}\nstakeholder {stakeholder}\n"
        );
        let loaded = check(&text);
        let told = shown(&loaded);
        assert!(
            loaded.diagnostics.iter().any(|d| d.code == code),
            "{text}{told}"
        );
        assert!(told.contains(words), "{text}{told}");
    }
    for (issue, code) in [
        ("issue oil 2 .. 1", "E0424"),
        ("issue oil 0 .. 1 reference 1 reference 2", "E0123"),
        ("issue oil 0 ..", "E0107"),
        ("issue oil 0 .. 1\nstakeholder x { influence 1 }", "W0708"),
    ] {
        let loaded = check(&format!("{issue}\n"));
        assert!(
            loaded.diagnostics.iter().any(|d| d.code == code),
            "{issue}: {}",
            shown(&loaded)
        );
    }
}

#[test]
fn a_broken_line_hides_nothing_behind_it() {
    let text = "issue oil 0 .. 2.5\nstakeholder guard { influence 1\noil position ,\noli position 3 salience 1 }\nparam x = y\n";
    let told = shown(&check(text));
    for code in ["E0107", "did you mean `oil`", "nothing is called `y`"] {
        assert!(told.contains(code), "{told}");
    }
}

#[test]
fn columns_are_aligned_and_comments_stay() {
    let text = "issue oil \"Exports\" 0..2.5 \"mb/d\" reference 1+0.5\nissue enrichment 0 .. 60\nstakeholder g \"Guard\" of iran{# who\ninfluence grip \"much\"\n# oil\noil position 2.5 salience 40% \"said\",enrichment position 60 salience 0.9}\nstakeholder h { }\n";
    let wanted = r#"issue oil         "Exports"  0 .. 2.5  "mb/d"  reference 1 + 0.5
issue enrichment             0 .. 60
stakeholder g "Guard" of iran {  # who
    influence  grip                          "much"
    # oil
    oil        position 2.5 salience 40 %  "said"
    enrichment position 60  salience 0.9
}
stakeholder h {
}
"#;
    let once = format(text).expect("it is read");
    assert_eq!(format(&once).as_deref(), Ok(once.as_str()));
    let same = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(same(&once), same(wanted), "{once}");
    let column = |word: &str| {
        let lines = once.lines().filter(|line| line.contains(word));
        lines.map(|line| line.find(word)).collect::<Vec<_>>()
    };
    let salience = column("salience");
    assert_eq!(salience.len(), 2, "{once}");
    assert_eq!(salience[0], salience[1], "{once}");
}

#[test]
fn numbers_that_beside_the_play_use_are_none_of_the_plays() {
    let play = "actor us\noutcome war\nparam cost = 1 in 0 .. 2\nparam odds = 50 % in 0 % .. 100 %\n\
        param grip = 1 in 0 .. 2\nparam shared = 1 in 0 .. 2\nlet wish = grip + shared\n\
        issue oil 0 .. 9\nstakeholder guard { influence 1; oil position wish salience 0.5 }\n\
        play { us chooses x { a { gain us -cost * shared }, b }\nchance y { c odds, d 1 - odds }\nend war }\n";
    let told = scenario(play);
    let names = |flags: Vec<bool>| -> Vec<String> {
        let pairs = told.parameters.iter().zip(flags).filter(|(_, flag)| *flag);
        pairs.map(|(parameter, _)| parameter.id.clone()).collect()
    };
    assert_eq!(names(told.beside_the_play()), ["grip"]);
    assert_eq!(names(told.stakeholders_use()), ["grip", "shared"]);
    // Drawn together with a number of the play, it is the play's.
    let together = format!("{play}correlation grip, cost = 0.5\n");
    assert!(!scenario(&together).beside_the_play().contains(&true));
    assert_eq!(
        scenario("param a = 1 in 0 .. 2\n").beside_the_play(),
        [false]
    );
}
