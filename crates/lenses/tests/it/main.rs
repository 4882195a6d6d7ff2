//! Scenarios small enough to say by hand what every lens must show.
#![allow(clippy::unwrap_used)] // a test that cannot go on panics

use std::path::Path;

use detente_findings::model::{Findings, Lens, LensVerdict, Lenses};
use detente_language::source::NoFiles;
use detente_line::whole::{How, Told, Wanted, findings};
use detente_line::{Story, numbers::bound};

/// A offers hard or soft terms and B answers. B refuses hard ones; soft ones are better for both than none.
const PLAY: &str = r#"scenario "Two offers"
actor a "Ash"
actor b "Birch"
outcome done
issue oil "Oil" { hunted, waived }
value a { oil 1 { hunted 1, waived 0.4 } fallback 0.2 }
value b { oil 1 { hunted 0, waived 1 } fallback 0.5 }
package hard "Hard" { oil hunted }
package soft "Soft" { oil waived }
play {
    a chooses terms { hard, soft }
    b chooses reply { accept, reject }
    if reply == accept {
        gain a worth(a, terms), b worth(b, terms)
    } else {
        gain a fallback(a), b fallback(b)
    }
    end done
}
"#;

const SCALE: &str = r#"issue exports "Exports" 0 .. 2 "mb/d" reference 0.5
lens terms if reply == accept
lens exports as oil { hunted 0.5, waived 2 }
"#;

fn found(text: &str) -> Findings {
    let story = Story::told(Path::new("test.detente"), text, &NoFiles)
        .unwrap_or_else(|fault| panic!("{}", fault.rendered(Default::default())));
    let settings = bound(&story, &[]).unwrap();
    let told = Told {
        story: &story,
        pinned: &[],
        settings: &settings,
    };
    let how = How {
        precision: None,
        tolerance: 1e-6,
        raw_payoffs: false,
        max_nodes: 1000,
        memory: None,
        time_limit: None,
        threads: Some(1),
    };
    let wanted = Wanted {
        asked: Vec::new(),
        doubt: None,
        others: Some(0),
        seed: 1,
    };
    findings(told, &how, &wanted, &|_, _, _, _| true).unwrap()
}

fn lenses(text: &str) -> Lenses {
    found(text).lenses.unwrap()
}

fn verdict(lenses: &Lenses, pair: [Lens; 2]) -> &LensVerdict {
    let mut verdicts = lenses.verdicts.iter();
    verdicts.find(|verdict| verdict.lenses == pair).unwrap()
}

fn voices(positions: &[f64]) -> String {
    let each = positions.iter().enumerate().map(|(at, position)| {
        format!(
            "stakeholder v{at} {} {{ influence 1 exports position {position} salience 1 }}\n",
            ["of a", "of b", ""][at % 3]
        )
    });
    each.collect()
}

#[test]
fn a_scenario_with_only_its_play_has_no_other_lens() {
    assert_eq!(found(PLAY).lenses, None);
}

#[test]
fn play_and_deals_agree_where_the_good_package_is_signed() {
    let lenses = lenses(&format!("{PLAY}{SCALE}"));
    let agreement = lenses.agreement.as_ref().unwrap();
    assert!(agreement.signed.unwrap() > 0.999);
    assert!(agreement.offered.unwrap() > 0.999);
    assert_eq!((agreement.zone, agreement.outcomes), (1.0, 2.0));
    let [hard, soft] = agreement.packages.as_slice() else {
        panic!("two packages");
    };
    assert_eq!(hard.refused_by, ["Birch"]);
    assert!(soft.refused_by.is_empty());
    assert!(hard.play.unwrap() < 1e-3 && soft.play.unwrap() > 0.999);
    let told = verdict(&lenses, [Lens::Play, Lens::Deal]);
    assert!(told.agree && told.because.is_none(), "{told:?}");
    assert!(told.words.contains("1 of 2 agreements"), "{}", told.words);
    assert!(lenses.issues.is_empty());
}

#[test]
fn play_and_deals_differ_where_the_good_package_never_gets_on_the_table() {
    // Ash gains by going on without an agreement whatever the analysis of deals reckons with.
    let text = PLAY.replace(
        "b chooses reply { accept, reject }",
        "gain a 5 if terms == hard\n    b chooses reply { accept, reject }",
    );
    let text = text.replace("gain a 5 if terms == hard", "if terms == hard { gain a 5 }");
    let lenses = lenses(&format!("{text}{SCALE}"));
    let told = verdict(&lenses, [Lens::Play, Lens::Deal]);
    assert!(!told.agree);
    let because = told.because.as_ref().unwrap();
    assert!(because.contains("put forward in"), "{because}");
    assert!(because.contains("only"), "{because}");
}

#[test]
fn voices_that_want_what_is_signed_agree_with_play_and_deals() {
    let lenses = lenses(&format!("{PLAY}{SCALE}{}", voices(&[2.0, 2.0, 2.0])));
    let [issue] = lenses.issues.as_slice() else {
        panic!("one issue");
    };
    assert!((issue.play.unwrap() - 2.0).abs() < 0.01);
    assert!((issue.play_agreed.unwrap() - 2.0).abs() < 0.01);
    assert_eq!(issue.deal, Some(2.0));
    assert_eq!(issue.compromise, Some(2.0));
    assert!(verdict(&lenses, [Lens::Play, Lens::Forecast]).agree);
    let told = verdict(&lenses, [Lens::Deal, Lens::Forecast]);
    assert!(
        told.agree && told.words.contains("“Soft”"),
        "{}",
        told.words
    );
}

#[test]
fn who_is_heard_makes_the_difference_where_those_at_the_table_want_what_is_signed() {
    // Ten voices from elsewhere want hunted oil.
    let mut text = format!("{PLAY}{SCALE}{}", voices(&[2.0, 2.0]));
    for at in 0..10 {
        text.push_str(&format!(
            "stakeholder w{at} {{ influence 1 exports position 0.5 salience 1 }}\n"
        ));
    }
    let lenses = lenses(&text);
    let told = verdict(&lenses, [Lens::Deal, Lens::Forecast]);
    assert!(
        !told.agree && told.words.contains("which Birch would refuse"),
        "{}",
        told.words
    );
    let because = told.because.as_ref().unwrap();
    assert!(
        because.contains("who is heard makes the difference"),
        "{because}"
    );
}

#[test]
fn play_and_forecast_can_agree_on_what_and_not_on_whether() {
    // Birch is too proud to sign.
    let text = PLAY.replace(
        "gain a fallback(a), b fallback(b)",
        "gain a fallback(a), b 9",
    );
    let lenses = lenses(&format!("{text}{SCALE}{}", voices(&[0.5, 0.5, 0.5])));
    let issue = &lenses.issues[0];
    assert!((issue.play.unwrap() - 0.5).abs() < 0.01);
    assert!(verdict(&lenses, [Lens::Play, Lens::Forecast]).agree);
    let far = self::lenses(&format!("{text}{SCALE}{}", voices(&[2.0, 2.0, 2.0])));
    let told = verdict(&far, [Lens::Play, Lens::Forecast]);
    assert!(!told.agree);
    assert!(told.because.is_some());
}

#[test]
fn lenses_need_packages_and_a_place_for_every_option() {
    let refused = |more: &str, words: &str| {
        let text = format!("{PLAY}issue exports 0 .. 2\n{more}");
        let fault = Story::told(Path::new("test.detente"), &text, &NoFiles)
            .err()
            .unwrap();
        let told = fault.rendered(Default::default());
        assert!(told.contains(words), "{told}");
    };
    refused(
        "lens reply if reply == accept\n",
        "not a choice among packages",
    );
    refused(
        "lens exports as oil { hunted 1 }\n",
        "have no place on the scale: `waived`",
    );
    refused(
        "lens exports as oil { hunted 1, waived 3 }\n",
        "off the scale",
    );
    refused(
        "lens exports as oil { hunted 1, waived 1, waived 2 }\n",
        "waived",
    );
    refused(
        "lens oil as oil { hunted 1, waived 1 }\n",
        "not one with a scale",
    );
    refused(
        "lens terms if reply == accept\nlens terms if reply == reject\n",
        "stands twice",
    );
    refused("lens a if reply == accept\n", "not a choice of the play");
    refused("lens exports\n", "`if` and when it is agreed");
}

const OPTIONS: &str = r#"lens terms if reply == accept
option offer "Offer soft terms" of a
option sign  "Sign" of b
infeasible sign and not offer
today { }
lens offer as terms == soft
lens sign  as reply == accept
"#;

#[test]
fn play_and_graph_agree_where_what_is_played_lasts() {
    let wishes = "prefers a {\n sign\n}\nprefers b {\n sign if offer\n}\n";
    let lenses = lenses(&format!("{PLAY}{OPTIONS}{wishes}"));
    let told = verdict(&lenses, [Lens::Play, Lens::Graph]);
    assert!(told.agree, "{told:?}");
    let first = &lenses.equilibria[0];
    assert!(first.concepts.contains(&"Nash".to_owned()), "{first:?}");
    let [offer, sign] = lenses.options.as_slice() else {
        panic!("two options");
    };
    assert_eq!((offer.actor.as_str(), offer.today), ("Ash", Some(false)));
    assert!(sign.play.unwrap() > 0.999 && sign.taken.contains(&true));
}

#[test]
fn the_graph_says_who_would_move_on_from_what_is_played() {
    // In this graph Birch would rather not sign, whatever is offered.
    let wishes = "prefers a {\n sign\n}\nprefers b {\n not sign\n}\n";
    let lenses = lenses(&format!("{PLAY}{OPTIONS}{wishes}"));
    let told = verdict(&lenses, [Lens::Play, Lens::Graph]);
    assert!(!told.agree, "{told:?}");
    let because = told.because.as_ref().unwrap();
    assert!(because.contains("Birch would gain"), "{because}");
    assert!(
        told.words.contains("“Sign” is not taken there"),
        "{}",
        told.words
    );
}
