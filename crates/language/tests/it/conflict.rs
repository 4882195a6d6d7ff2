//! The conflict in option form: options, situations, preferences, perceptions, expectations.

use detente_language::check::{Loaded, load};
use detente_language::format::format;
use detente_language::render::{RenderOptions, render};
use detente_language::scenario::{
    Comparison, Concept, Condition, ConflictOptionId, Scenario, Strength, Wishes,
};
use detente_language::source::NoFiles;

const CRISIS: &str = r#"
actor us "Washington"
actor ussr "Moscow"

param pride = 3 in 1 .. 5 "judgement"

option strike   "Air strike" of us irreversible
option blockade "Blockade"   of us doing "blockading" undoing "lifting the blockade"
option withdraw "Withdraw"   of ussr doing "withdrawing" "Allison 1971"
option escalate "Escalate"   of ussr

infeasible withdraw and escalate "one or the other"
infeasible escalate if not (strike or blockade)

today "the island armed" { }
situation quarantine "the blockade" { blockade }
situation retreat { blockade, withdraw }

prefers us {
    strongly not escalate "nobody wants war"
    withdraw
    unknown strike iff not withdraw
    blockade if not withdraw and not strike
}
prefers ussr {
    weight -pride if withdraw
    weight -10 if escalate or strike
    weight 1
}

perceives ussr {
    option invade "Invade" of us
    prefers us by rank { retreat, strongly quarantine or today, strike }
    infeasible invade and strike
    overlooks withdraw and strike
    unseen blockade
}

expect stable retreat by nash, limited 3 "published"
expect unstable today for us by sequential
expect unstable strike and not withdraw by general with us, ussr
"#;

fn check(text: &str) -> Loaded {
    load("test.detente", text, &NoFiles)
}

fn shown(loaded: &Loaded) -> String {
    let options = RenderOptions::default();
    render(&loaded.diagnostics, &loaded.sources, options)
}

fn scenario(text: &str) -> Scenario {
    let loaded = check(text);
    assert!(loaded.diagnostics.is_empty(), "{}", shown(&loaded));
    loaded.scenario.expect("a scenario")
}

#[test]
fn a_conflict_is_read() {
    let told = scenario(CRISIS);
    let form = &told.conflict;
    let real: Vec<&str> = form.real().map(|(_, o)| o.name.id.as_str()).collect();
    assert_eq!(real, ["strike", "blockade", "withdraw", "escalate"]);
    let [strike, blockade, withdraw, _, invade] = form.options.as_slice() else {
        panic!("{:?}", form.options)
    };
    assert!(strike.irreversible && !strike.unrepeatable && !blockade.irreversible);
    assert_eq!(blockade.undoing.as_deref(), Some("lifting the blockade"));
    assert_eq!(withdraw.source, "Allison 1971");
    assert_eq!(invade.imagined_by.map(|a| a.index()), Some(1));
    assert_eq!(form.parties().len(), 2);

    let today = form.today.expect("today");
    let today = &form.situations[today.index()];
    assert_eq!(
        (today.name.id.as_str(), today.name.label.as_str()),
        ("today", "the island armed")
    );
    assert!(today.chosen.is_empty());
    assert_eq!(
        form.situations[2].chosen,
        [ConflictOptionId(1), ConflictOptionId(2)]
    );
    assert_eq!(form.infeasible[0].why, "one or the other");
    assert_eq!(
        form.infeasible[1].text,
        "escalate if not (strike or blockade)"
    );

    let Wishes::Statements(lines) = &form.prefers[0].wishes else {
        panic!("{:?}", form.prefers)
    };
    let strengths: Vec<Strength> = lines.iter().map(|(strength, _)| *strength).collect();
    let plain = Strength::Plain;
    assert_eq!(
        strengths,
        [Strength::Strongly, plain, Strength::Unknown, plain]
    );
    assert_eq!(lines[0].1.source, "nobody wants war");
    let Wishes::Weights(lines) = &form.prefers[1].wishes else {
        panic!("{:?}", form.prefers)
    };
    assert!(lines[2].says.1.is_none() && lines[0].says.1.is_some());

    let [view] = form.perceives.as_slice() else {
        panic!("{:?}", form.perceives)
    };
    assert_eq!(
        (view.unseen.as_slice(), view.infeasible.len()),
        (&[ConflictOptionId(1)][..], 1)
    );
    assert_eq!(view.overlooks.len(), 1);
    let Wishes::Ranking(tiers) = &view.prefers[0].wishes else {
        panic!("{:?}", view.prefers)
    };
    let strong: Vec<bool> = tiers.iter().map(|(strongly, _)| *strongly).collect();
    assert_eq!(strong, [false, true, false]);

    let [first, second, third] = form.stable.as_slice() else {
        panic!("{:?}", form.stable)
    };
    assert_eq!(first.concepts, [Concept::Nash, Concept::Limited(3)]);
    assert_eq!(first.text, "stable retreat by nash, limited 3");
    assert!(!second.stable && second.actor.is_some());
    assert_eq!(third.allies.len(), 2);
}

#[test]
fn conditions_hold_as_logic_has_it() {
    let told = scenario(CRISIS);
    let form = &told.conflict;
    let holds = |condition: &Condition, state: u32| {
        condition.holds(form, &|option| state >> option.index() & 1 == 1)
    };
    let escalate = &form.infeasible[1].condition;
    // Ruled out: escalation without strike or blockade.
    assert!(holds(escalate, 0b1000) && !holds(escalate, 0b1001) && !holds(escalate, 0b0000));
    let is = Condition::Is(detente_language::scenario::SituationId(1));
    assert!(holds(&is, 0b0010) && !holds(&is, 0b0110));
}

#[test]
fn pairs_compare_outcomes() {
    let told = scenario(
        "actor us\noption talk of us\noption strike of us\nprefers us {\n    strongly talk over strike, talk like not strike\n    strike and talk over strike\n}\n",
    );
    let Wishes::Pairs(lines) = &told.conflict.prefers[0].wishes else {
        panic!("{:?}", told.conflict.prefers)
    };
    let found: Vec<Comparison> = lines.iter().map(|line| line.says.than).collect();
    assert_eq!(
        found,
        [Comparison::MuchBetter, Comparison::Same, Comparison::Better]
    );
}

#[test]
fn the_layout_is_canonical_and_keeps_comments() {
    let untidy = r#"
option strike "Air strike" of us irreversible
option blockade of us  doing "blockading"   undoing "lifting it" "a source" # why
today { }
situation   quarantine "the blockade" {blockade}
infeasible withdraw   and escalate   "one or the other"
prefers us { # what matters most first
strongly   not escalate "nobody wants war"; withdraw
 weight 1 }
prefers ussr by rank {a, b or c}
perceives ussr { option invade of us
  # imagined
  prefers us { invade "so it seems", not strike } infeasible invade and strike
  unseen blockade }
expect stable a by nash,limited 3 with us , ussr "published"
expect p(a) < 1
"#;
    let once = format(untidy).expect("it parses");
    assert_eq!(
        once,
        r#"option strike   "Air strike" of us irreversible
option blockade              of us doing "blockading" undoing "lifting it"  "a source"  # why
today { }
situation quarantine "the blockade" { blockade }
infeasible withdraw and escalate   "one or the other"
prefers us {  # what matters most first
    strongly not escalate  "nobody wants war"
    withdraw
    weight 1
}
prefers ussr by rank {
    a
    b or c
}
perceives ussr {
    option invade of us
    # imagined
    prefers us {
        invade  "so it seems"
        not strike
    }
    infeasible invade and strike
    unseen blockade
}
expect stable a by nash, limited 3 with us, ussr   "published"
expect p(a) < 1
"#
    );
    assert_eq!(format(&once).as_deref(), Ok(once.as_str()));
    let crisis = format(CRISIS).expect("it parses");
    assert_eq!(format(&crisis).as_deref(), Ok(crisis.as_str()));
    assert_eq!(
        scenario(CRISIS).conflict.options.len(),
        scenario(&crisis).conflict.options.len()
    );
}

/// Each with the code, the words that are underlined, and a part of the mend.
#[test]
fn mistakes_are_told_with_place_and_mend() {
    let base = "actor us\nactor iran\noption talk of us\noption yield of iran\nprefers us { yield }\nprefers iran { talk }\n";
    let cases = [
        ("option strike of usa", "E0203", "usa", "did you mean `us`?"),
        ("option strike", "E0107", "", "whose option it is"),
        (
            "infeasible tlak and yield",
            "E0203",
            "tlak",
            "did you mean `talk`?",
        ),
        (
            "infeasible talk > 1",
            "E0425",
            "talk > 1",
            "join names of options",
        ),
        ("infeasible us", "E0205", "us", ""),
        ("prefers us { talk }", "E0216", "us", ""),
        ("situation a { talk, talk }", "E0216", "talk", ""),
        (
            "infeasible talk and yield\nsituation a { talk, yield }",
            "E0428",
            "a",
            "rules it out",
        ),
        ("today { }\ntoday b { talk }", "E0216", "today", ""),
        (
            "perceives us { prefers iran { yield; strongly talk } }",
            "E0426",
            "strongly",
            "move it up",
        ),
        (
            "perceives us { prefers iran by rank { unknown talk } }",
            "E0426",
            "unknown",
            "only statements",
        ),
        (
            "perceives us { prefers iran { strongly weight 3 } }",
            "E0426",
            "strongly",
            "larger weight",
        ),
        (
            "perceives us { prefers iran { talk, weight 3 } }",
            "E0427",
            "weight 3",
            "in the same form",
        ),
        (
            "perceives us { prefers iran by order { talk } }",
            "E0427",
            "order",
            "by rank",
        ),
        (
            "perceives us { unseen talk }",
            "E0429",
            "talk",
            "options of others",
        ),
        (
            "perceives us { option bomb of iran }\ninfeasible bomb",
            "E0429",
            "bomb",
            "outside of",
        ),
        (
            "perceives us { ask \"x\" p(talk) }",
            "E0107",
            "ask",
            "`unseen`",
        ),
        (
            "expect stable talk by nahs",
            "E0430",
            "nahs",
            "did you mean `nash`?",
        ),
        (
            "expect stable talk by limited",
            "E0430",
            "limited",
            "limited 3",
        ),
        ("expect stable talk by nash 2", "E0430", "2", ""),
        (
            "expect stable talk by nash with us",
            "E0430",
            "us",
            "two or more",
        ),
        ("expect stable talk", "E0107", "", "a concept of stability"),
        ("ask \"x\" p(talk)", "E0205", "talk", "detente graph"),
        ("option us of us", "E0201", "us", ""),
    ];
    for (text, code, place, mend) in cases {
        let loaded = check(&format!("{base}{text}\n"));
        let found = loaded.diagnostics.iter().find(|d| d.code == code);
        let Some(found) = found else {
            panic!("{text}: {}", shown(&loaded));
        };
        let told = shown(&loaded);
        let at = loaded.sources.text(found.primary.0);
        assert!(place.is_empty() || at == place, "{text}: {at}\n{told}");
        assert!(told.contains(mend), "{text}: {told}");
    }
}

#[test]
fn who_has_options_should_prefer_something() {
    let loaded = check("actor us\noption talk of us\n");
    assert_eq!(loaded.diagnostics[0].code, "W0709");
    assert!(loaded.scenario.is_some());
}

#[test]
fn numbers_of_the_conflict_are_none_of_the_plays() {
    let told = scenario(CRISIS);
    assert_eq!(told.beside_the_play(), [true]);
    let play = "outcome war\nplay { gain us pride; end war }\n";
    assert_eq!(
        scenario(&format!("{CRISIS}{play}")).beside_the_play(),
        [false]
    );
}

#[test]
fn words_of_the_conflict_still_serve_as_names() {
    let told = scenario(
        "actor us\nlet today = 1\nfn stable(x) = x\nlet unknown = 2\noutcome war\nplay { gain us today + unknown; end war }\nexpect stable(3) > 2\n",
    );
    assert!(told.conflict.stable.is_empty() && told.expects.len() == 1);
}
