//! Queries that come from outside of the scenario's text.

use detente_language::ast::Compare;
use detente_language::check::load;
use detente_language::query::{parse, parse_check};
use detente_language::render::{RenderOptions, render};
use detente_language::scenario::{ActorId, Expr, ExprKind, OutcomeId, Scenario};
use detente_language::source::NoFiles;

const CRISIS: &str = "
actor us \"United States\"
actor iran \"Iran\"
param cost = 5
issue tariffs { stay, go }
package war_chest { tariffs stay }
package open_door { tariffs go }
value us { tariffs 4 { stay 0, go 1 } }
outcome war
outcome deal
state strength = 2
let doubled = 2 * cost
let strong = strength > 1
fn loss(x, hard) = if hard then x * cost else 0
fn price(bundle) = worth(us, bundle) - cost
fn is_open(bundle) = bundle == open_door
fn never(x) = x
play {
    us chooses approach { war, talk }
    us chooses table { war_chest, open_door }
    chance demand in 0 .. 10 step 5
    repeat 3 as i { iran chooses reply { accept, reject } }
    if approach == war { gain us price(table); end war }
    set strength = strength + loss(never(1), strong)
    gain us doubled, iran if is_open(table) then 1 else 0
    end deal
}
";

fn scenario() -> Scenario {
    let loaded = load("crisis.detente", CRISIS, &NoFiles);
    let shown = render(
        &loaded.diagnostics,
        &loaded.sources,
        RenderOptions::default(),
    );
    loaded.scenario.unwrap_or_else(|| panic!("{shown}"))
}

fn query(text: &str) -> Expr {
    match parse(&scenario(), text) {
        Ok(expr) => expr,
        Err((sources, diagnostics)) => {
            panic!(
                "{}",
                render(&diagnostics, &sources, RenderOptions::default())
            )
        }
    }
}

fn fault(text: &str) -> String {
    match parse(&scenario(), text) {
        Ok(expr) => panic!("{text} is {expr:?}"),
        Err((sources, diagnostics)) => {
            let mut places = diagnostics
                .iter()
                .flat_map(|d| d.secondary.iter().chain([&d.primary]));
            assert!(places.all(|(place, _)| place.file == 0));
            render(&diagnostics, &sources, RenderOptions::default())
        }
    }
}

/// What `p(…)` is asked of.
fn inside(text: &str) -> ExprKind {
    match query(text).kind {
        ExprKind::Probability(inner, _) | ExprKind::Mean(inner, _) => inner.kind,
        kind => panic!("{kind:?}"),
    }
}

#[test]
fn the_name_of_an_outcome_is_short_for_ending_so() {
    let war = ExprKind::EndedIn(OutcomeId(0));
    assert_eq!(inside("p(war)"), war);
    assert_eq!(inside("p(outcome == war)"), war);
    assert_eq!(inside("p(war == outcome)"), war);
    assert!(matches!(inside("p(outcome != war)"), ExprKind::Not(inner) if inner.kind == war));
    let ExprKind::Or(a, b) = inside("p(outcome in {war, deal})") else {
        panic!("two endings")
    };
    assert_eq!((a.kind, b.kind), (war, ExprKind::EndedIn(OutcomeId(1))));
}

#[test]
fn an_option_may_share_its_name_with_an_outcome() {
    let ExprKind::Compare(Compare::Equal, _, option) = inside("p(approach == war)") else {
        panic!("a comparison")
    };
    assert!(
        matches!(option.kind, ExprKind::Symbol(symbol) if scenario().symbols[symbol.index()] == "war")
    );
    let ExprKind::In(_, options) = inside("p(approach in {war, talk})") else {
        panic!("a membership")
    };
    assert!(
        options
            .iter()
            .all(|option| matches!(option.kind, ExprKind::Symbol(_)))
    );
}

#[test]
fn every_construct_of_queries_is_read() {
    assert_eq!(query("value(us)").kind, ExprKind::Value(ActorId(0), None));
    assert!(matches!(
        query("value(us given war)").kind,
        ExprKind::Value(_, Some(_))
    ));
    assert!(matches!(
        query("p(war given approach == talk)").kind,
        ExprKind::Probability(_, Some(_))
    ));
    assert!(matches!(
        inside("mean(round(war))"),
        ExprKind::Round(Some(OutcomeId(0)))
    ));
    assert!(matches!(inside("mean(round(2.5))"), ExprKind::Builtin(..)));
    assert!(matches!(
        inside("p(ever(reply == accept))"),
        ExprKind::Ever(_)
    ));
    assert!(matches!(inside("mean(strength@2)"), ExprKind::StateAt(..)));
    assert!(matches!(inside("mean(demand@2)"), ExprKind::VariableAt(..)));
    assert!(matches!(
        inside("mean(payoff(iran))"),
        ExprKind::Payoff(ActorId(1))
    ));
    assert!(matches!(
        inside("mean(worth(us, table))"),
        ExprKind::Worth(..)
    ));
    assert!(matches!(inside("p(strong)"), ExprKind::Let(_)));
    assert!(matches!(
        inside("mean(loss(demand, strong))"),
        ExprKind::Call(..)
    ));
    assert!(matches!(inside("p(is_open(table))"), ExprKind::Call(..)));
    for text in [
        "p(reply@2 == accept)",
        "100 * (p(war) - p(deal)) / doubled",
        "if p(war) > 0.5 then cost else loss(2, true)",
        "mean(price(table) given not war)",
        "mean(price(open_door))",
        "mean(never(demand))",
        "cost",
        "max(p(war), p(deal)) ^ 2",
        "p(table == open_door and demand >= 5)",
    ] {
        query(text);
    }
}

#[test]
fn faults_are_shown_in_the_query_alone() {
    let shown = fault("p(reply == acept)");
    assert!(shown.contains("did you mean `accept`?"), "{shown}");
    assert!(shown.contains("--> query:1:12"), "{shown}");
    let shown = fault("p(us == 1)");
    assert!(
        !shown.contains("declared here"),
        "places of the scenario cannot be shown: {shown}"
    );
    assert!(fault("war").contains("`p(war)`"));
    assert!(fault("demand").contains("`mean(demand)`"));
    assert!(fault("reply").contains("`p(reply == accept)`"));
    assert!(fault("strength + p(war)").contains("E0220"));
    assert!(fault("strong").contains("`p(strong)`"));
    assert!(fault("loss(1, strong)").contains("`mean(loss(1, strong))`"));
    assert!(fault("loss(strong, 1) * p(war)").contains("E0220"));
    assert!(fault("mean(loss(strong, 1))").contains("a number is needed here"));
    assert!(fault("mean(price(reply))").contains("a package is needed here"));
    assert!(fault("p(reply@0 == accept)").contains("rounds are counted"));
    assert!(fault("i * p(war)").contains("E0212"));
    assert!(fault("p(war").contains("E0107"));
    assert!(fault("").contains("error"));
    assert!(fault("p(war) p(deal)").contains("error"));
}

#[test]
fn checks_have_two_sides_and_maybe_a_tolerance() {
    let scenario = scenario();
    let check = parse_check(&scenario, "p(war)  <= 5 %").expect("a check");
    assert_eq!(check.compare, Compare::LessEqual);
    assert_eq!(check.text, "p(war) <= 5 %");
    assert!(check.within.is_none());
    let check = parse_check(&scenario, "mean(demand) == 3 within 0.5").expect("a check");
    assert!(matches!(check.within.map(|e| e.kind), Some(ExprKind::Number(n)) if n == 0.5));
    for bad in [
        "p(war)",
        "p(war) < wr",
        "p(war) == 1 within wr",
        "",
        "p(war) == 1 within",
        "p(war) == 1 within p(deal)",
        "p(war) == 1 within demand",
        "p(reply@1.5 == accept) < 1",
        "p(war) < 1 and true",
    ] {
        assert!(parse_check(&scenario, bad).is_err(), "{bad}");
    }
    let (sources, faults) =
        parse_check(&scenario, "p(war) == 1 within csot").expect_err("misspelt");
    assert_eq!(
        sources.text(faults[0].primary.0),
        "csot",
        "the place fits the whole text"
    );
}
