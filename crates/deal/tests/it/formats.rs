//! Files of GENIUS and GeniusWeb: what is read, what is refused and where, what is written.

use detente_deal::formats::{genius, geniusweb};
use proptest::prelude::*;

use detente_deal::{DealError, Domain, Issue, Preferences, Space, Values};

/// A domain with an issue of every kind.
fn mixed() -> Domain {
    Domain::new(
        "mixed",
        vec![
            Issue::named("colour <&\"", ["red", "a > b", "líne"]),
            Issue {
                name: "number".to_owned(),
                values: Values::Integers {
                    lower: -2,
                    upper: 3,
                },
            },
            Issue {
                name: "size".to_owned(),
                values: Values::Grid {
                    lower: 0.5,
                    upper: 2.5,
                    steps: 4,
                },
            },
        ],
    )
    .unwrap()
}

fn preferences() -> Preferences {
    Preferences::additive(
        "a",
        vec![0.5, 0.3, 0.2],
        vec![
            vec![0.2, 1.0, 0.4],
            (0..6).map(|k| 0.1 * f64::from(k)).collect(),
            vec![1.0, 0.75, 0.5, 0.25, 0.0],
        ],
    )
}

/// Whether two parties' preferences are worth the same everywhere.
fn same(domain: &Domain, a: &Preferences, b: &Preferences) {
    let space = Space::new(domain.clone(), vec![a.clone(), b.clone()]).unwrap();
    let all = space.enumerate(1_000).unwrap();
    for (a, b) in all.of(0).iter().zip(all.of(1)) {
        assert!((a - b).abs() < 1e-9, "{a} {b}");
    }
    assert!((a.fallback - b.fallback).abs() < 1e-9);
    assert_eq!(a.discount, b.discount);
}

#[test]
fn genius_files_come_back() {
    let mut preferences = preferences();
    preferences.fallback = 0.25;
    preferences.discount = 0.5;
    let domain = genius::read_domain(&genius::write_domain(&mixed()), "x").unwrap();
    assert_eq!(domain, mixed());
    let text = genius::write_profile(&domain, &preferences).unwrap();
    let read = genius::read_profile(&text, "a", &domain).unwrap();
    same(&domain, &preferences, &read.preferences);
    assert_eq!(read.remarks, []);
    // A profile holds its domain.
    assert_eq!(genius::read_domain(&text, "x").unwrap(), mixed());
}

#[test]
fn geniusweb_files_come_back() {
    let mut preferences = preferences();
    let domain = geniusweb::read_domain(&geniusweb::write_domain(&mixed())).unwrap();
    assert_eq!(domain, mixed());
    // 0.5 · 1 + 0.3 · 0.1 + 0.2 · 0.5, worth a bid.
    preferences.fallback = 0.63;
    let text = geniusweb::write_profile(&domain, &preferences).unwrap();
    let read = geniusweb::read_profile(&text, "a", &domain).unwrap();
    same(&domain, &preferences, &read.preferences);
    assert_eq!(geniusweb::read_domain(&text).unwrap(), mixed());
    preferences.fallback = 0.6312;
    let error = geniusweb::write_profile(&domain, &preferences).unwrap_err();
    assert!(
        error.message.contains("no outcome is worth exactly"),
        "{error}"
    );
}

#[test]
fn what_a_format_cannot_say_is_not_written() {
    let domain = mixed();
    let mut curved = preferences();
    if let detente_deal::Utility::Additive(additive) = &mut curved.utility {
        additive.scores[1][2] = 0.9;
    }
    let error = genius::write_profile(&domain, &curved).unwrap_err();
    assert_eq!(error.place, "number");
    assert!(geniusweb::write_profile(&domain, &curved).is_err());
    let table = Preferences::table("a", vec![0.5; domain.size().unwrap()]);
    assert!(genius::write_profile(&domain, &table).is_err());
    assert!(geniusweb::write_profile(&domain, &table).is_err());
}

#[test]
fn evaluators_of_ranges() {
    let text = r#"<utility_space><objective name="prices">
        <issue index="1" name="whole" type="integer" lowerbound="10" upperbound="14">
            <evaluator ftype="linear" slope="0.5" offset="-0.25"/></issue>
        <issue index="2" name="peak" type="real"><range lowerbound="0" upperbound="20"/>
            <evaluator ftype="triangular" parameter0="5" parameter1="20" parameter2="10"/></issue>
        <issue index="3" name="flat" type="real"><range lowerbound="0" upperbound="1"/>
            <evaluator ftype="constant" parameter0="0.4"/></issue>
        <weight index="1" value="0.5"/><weight index="2" value="0.25"/><weight index="3" value="0.25"/>
        </objective><reservation value="-3"/><discount_factor value="0"/></utility_space>"#;
    let domain = genius::read_domain(text, "x").unwrap();
    assert_eq!(domain.name(), "prices");
    assert_eq!(domain.size(), Some(5 * 21 * 21));
    let read = genius::read_profile(text, "a", &domain).unwrap();
    let additive = read.preferences.as_additive().unwrap();
    // −0.25 + 0.5 · (x − 10), kept between 0 and 1.
    assert_eq!(additive.scores[0], [0.0, 0.25, 0.75, 1.0, 1.0]);
    let peak = &additive.scores[1];
    assert_eq!(
        [peak[5], peak[7], peak[10], peak[15], peak[20]],
        [0.0, 0.4, 1.0, 0.5, 0.0]
    );
    assert!(additive.scores[2].iter().all(|score| *score == 0.4));
    assert_eq!(
        (read.preferences.fallback, read.preferences.discount),
        (-3.0, 1.0)
    );
    // Both oddities are told.
    assert_eq!(read.remarks.len(), 2);
}

/// A profile with one thing replaced.
fn genius_with(old: &str, new: &str) -> String {
    const TEXT: &str = r#"<utility_space>
<objective name="o">
<issue index="1" name="Oil" type="discrete"><item value="all" evaluation="4"/><item value="none" evaluation="1"/></issue>
<issue index="2" name="Cap" type="discrete"><item value="low" evaluation="2"/><item value="high" evaluation="3"/></issue>
<weight index="1" value="0.4"/>
<weight index="2" value="0.6"/>
</objective>
<reservation value="0.3"/>
<discount_factor value="0.9"/>
</utility_space>"#;
    assert!(TEXT.contains(old), "{old}");
    TEXT.replace(old, new)
}

#[test]
fn bad_genius_files_are_refused_with_a_place() {
    let domain = genius::read_domain(&genius_with("", ""), "x").unwrap();
    genius::read_profile(&genius_with("", ""), "a", &domain).unwrap();
    for (old, new, place, part) in [
        (
            "evaluation=\"4\"",
            "evaluation=\"-4\"",
            "line 3",
            "must not be negative",
        ),
        (
            "evaluation=\"4\"",
            "evaluation=\"four\"",
            "line 3",
            "must be a finite number",
        ),
        (
            "evaluation=\"4\"",
            "evaluation=\"inf\"",
            "line 3",
            "must be a finite number",
        ),
        (
            "evaluation=\"4\"",
            "",
            "line 3",
            "lacks the attribute `evaluation`",
        ),
        (
            "value=\"none\"",
            "value=\"some\"",
            "line 3",
            "no option `some`",
        ),
        (
            "<item value=\"none\" evaluation=\"1\"/>",
            "",
            "line 3",
            "no evaluation of the option `none`",
        ),
        (
            "name=\"Cap\"",
            "name=\"Ceiling\"",
            "line 4",
            "no issue `Ceiling`",
        ),
        ("name=\"Cap\"", "name=\"Oil\"", "line 4", "appears twice"),
        (
            "name=\"Cap\" type=\"discrete\"",
            "name=\"Cap\" type=\"real\"",
            "line 4",
            "discrete in the domain",
        ),
        (
            "index=\"2\" value=\"0.6\"",
            "index=\"3\" value=\"0.6\"",
            "line 4",
            "no `weight` has the index 2",
        ),
        (
            "index=\"2\" value=\"0.6\"",
            "index=\"1\" value=\"0.6\"",
            "line 6",
            "a second weight",
        ),
        ("value=\"0.6\"", "value=\"0.9\"", "line 1", "sum to 1.3"),
        (
            "value=\"0.6\"",
            "value=\"-0.6\"",
            "line 6",
            "must not be negative",
        ),
        (
            "<reservation value=\"0.3\"/>",
            "<reservation value=\"x\"/>",
            "line 8",
            "must be a finite number",
        ),
        ("value=\"0.9\"", "value=\"1.5\"", "line 9", "at most 1"),
        ("</utility_space>", "", "line 1", "not XML"),
        ("</objective>", "</objectives>", "line 7", "not XML"),
        (
            "<utility_space>",
            "<!DOCTYPE a [<!ENTITY b \"&b;\">]><utility_space>",
            "line 1",
            "document type",
        ),
    ] {
        let error = genius::read_profile(&genius_with(old, new), "a", &domain).unwrap_err();
        assert!(error.place.starts_with(place), "{new}: {error}");
        assert!(error.message.contains(part), "{new}: {error}");
    }
}

#[test]
fn bad_domains_are_refused() {
    for (text, part) in [
        ("", "not XML"),
        ("<a/>", "at least one issue"),
        ("<a><issue name='x' type='discrete'/></a>", "has 0 options"),
        (
            "<a><issue type='discrete'><item value='1'/></issue></a>",
            "lacks the attribute `name`",
        ),
        ("<a><issue name='x' type='magic'/></a>", "not `magic`"),
        (
            "<a><issue name='x'><item value='1'/><item value='1'/></issue></a>",
            "appears twice",
        ),
        (
            "<a><issue name='x' type='integer' lowerbound='3' upperbound='1'/></a>",
            "the lower end",
        ),
        (
            "<a><issue name='x' type='integer' lowerbound='0' upperbound='9000000000000000000'/></a>",
            "between 1 and",
        ),
        (
            "<a><issue name='x' type='integer' lowerbound='0.5' upperbound='1'/></a>",
            "whole number",
        ),
        (
            "<a><issue name='x' type='real'/></a>",
            "lacks the attribute",
        ),
    ] {
        let error = genius::read_domain(text, "d").unwrap_err();
        assert!(error.to_string().contains(part), "{text}: {error}");
    }
}

const WEB: &str = r#"{"LinearAdditiveUtilitySpace": {"name": "p", "reservationBid": {"issuevalues": {"a": "x", "b": 2}},
    "domain": {"name": "d", "issuesValues": {"a": {"values": ["x", "y"]}, "b": {"range": [0, "10", 2]}}},
    "issueWeights": {"a": 0.25, "b": 0.75},
    "issueUtilities": {"a": {"DiscreteValueSetUtilities": {"valueUtilities": {"x": 0, "y": 1}}},
        "b": {"NumberValueSetUtilities": {"lowValue": 0, "lowUtility": 0, "highValue": 10, "highUtility": 1}}}}}"#;

#[test]
fn geniusweb_profiles_are_read() {
    let domain = geniusweb::read_domain(WEB).unwrap();
    assert_eq!(domain.size(), Some(12));
    let read = geniusweb::read_profile(WEB, "a", &domain).unwrap();
    assert!((read.preferences.fallback - 0.15).abs() < 1e-12);
}

#[test]
fn bad_geniusweb_files_are_refused_with_a_place() {
    let domain = geniusweb::read_domain(WEB).unwrap();
    for (old, new, place, part) in [
        ("\"b\": 0.75", "\"b\": 0.5", "issueWeights", "sum to 0.75"),
        (
            "\"b\": 0.75",
            "\"c\": 0.75",
            "issueWeights.c",
            "no such issue",
        ),
        (", \"b\": 0.75", "", "issueWeights.b", "has no weight"),
        (
            "\"y\": 1}",
            "\"y\": 1.5}",
            "valueUtilities.y",
            "not between 0 and 1",
        ),
        (
            "\"y\": 1}",
            "\"y\": {}}",
            "valueUtilities.y",
            "a number is expected",
        ),
        (", \"y\": 1}", "}", "valueUtilities.y", "has no utility"),
        (
            "\"y\": 1}",
            "\"y\": 1, \"z\": 0}",
            "valueUtilities.z",
            "no such option",
        ),
        (
            "NumberValueSetUtilities",
            "DiscreteValueSetUtilities",
            "issueUtilities.b",
            "not options",
        ),
        (
            "\"highValue\": 10",
            "\"highValue\": -1",
            "issueUtilities.b",
            "is below",
        ),
        (
            "\"b\": 2}}",
            "\"b\": 77}}",
            "reservationBid",
            "no option `77`",
        ),
        (
            ", \"b\": 2}}",
            "}}",
            "reservationBid.issuevalues.b",
            "leaves this issue open",
        ),
        (
            "[\"x\", \"y\"]",
            "[\"x\", 5]",
            "issuesValues.a.values",
            "an option is text",
        ),
        ("[0, \"10\", 2]", "[0, 10]", "issuesValues.b", "`values`"),
        (
            "[0, \"10\", 2]",
            "[0, 10, 0]",
            "issuesValues.b.range",
            "steps above 0",
        ),
        (
            "[0, \"10\", 2]",
            "[0, 1e300, 1]",
            "issuesValues.b.range",
            "points",
        ),
        ("[0, \"10\", 2]", "[0, 12, 2]", "domain", "another domain"),
        ("{\"LinearAdd", "[\"LinearAdd", "line 1", "not JSON"),
    ] {
        assert!(WEB.contains(old), "{old}");
        let error = geniusweb::read_profile(&WEB.replace(old, new), "a", &domain).unwrap_err();
        assert!(error.place.contains(place), "{new}: {error}");
        assert!(error.message.contains(part), "{new}: {error}");
    }
    let deep = "[".repeat(100_000);
    assert!(geniusweb::read_domain(&deep).is_err());
}

#[test]
fn bad_preferences_are_refused() {
    let domain = mixed();
    let refused = |change: &dyn Fn(&mut Preferences)| {
        let mut bad = preferences();
        change(&mut bad);
        Space::new(domain.clone(), vec![bad])
            .unwrap_err()
            .to_string()
    };
    let additive = |bad: &mut Preferences, change: &dyn Fn(&mut detente_deal::Additive)| {
        if let detente_deal::Utility::Additive(additive) = &mut bad.utility {
            change(additive);
        }
    };
    type Change<'a> = &'a dyn Fn(&mut Preferences);
    let cases: [(Change, &str); 7] = [
        (&|bad| bad.fallback = f64::NAN, "the fallback is NaN"),
        (&|bad| bad.discount = 0.0, "the discount is 0"),
        (
            &|bad| additive(bad, &|a| a.weights[1] = -0.1),
            "the weight of `number` is -0.1",
        ),
        (
            &|bad| additive(bad, &|a| a.scores[0][1] = f64::INFINITY),
            "the score of `a > b`",
        ),
        (
            &|bad| additive(bad, &|a| a.scores[0].truncate(2)),
            "has 2 entries; this domain needs 3",
        ),
        (
            &|bad| additive(bad, &|a| a.weights.truncate(2)),
            "the list of weights has 2",
        ),
        (
            &|bad| *bad = Preferences::table("a", vec![0.0; 3]),
            "the table of values has 3",
        ),
    ];
    for (change, part) in cases {
        let message = refused(change);
        assert!(message.contains(part), "{message}");
    }
    assert!(matches!(
        Space::new(domain, Vec::new()),
        Err(DealError::Parties { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Damaged files are read or refused, never a crash; what is read is written and read again.
    #[test]
    fn damaged_files(
        web in any::<bool>(),
        places in prop::collection::vec((0_usize..2_000, prop::sample::select(vec!["", "0", "-", "9e9", "\"", "<", "{", ",", "1e308"])), 1..4),
    ) {
        let mut text = if web { WEB.to_owned() } else { genius_with("", "") };
        for (at, new) in places {
            let at = at % text.len();
            text.replace_range(at..=at, new);
        }
        if web {
            if let Ok(domain) = geniusweb::read_domain(&text) {
                prop_assert_eq!(geniusweb::read_domain(&geniusweb::write_domain(&domain)).map(|d| d.count()), Ok(domain.count()));
                let _ = geniusweb::read_profile(&text, "a", &domain);
            }
        } else if let Ok(domain) = genius::read_domain(&text, "x") {
            prop_assert_eq!(genius::read_domain(&genius::write_domain(&domain), "x"), Ok(domain.clone()));
            let Ok(read) = genius::read_profile(&text, "a", &domain) else { return Ok(()) };
            let written = genius::write_profile(&domain, &read.preferences);
            if let Ok(written) = written {
                let again = genius::read_profile(&written, "a", &domain).unwrap();
                same(&domain, &read.preferences, &again.preferences);
            }
        }
    }
}
