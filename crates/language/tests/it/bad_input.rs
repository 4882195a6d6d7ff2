//! What is wrong, and exactly what is said about it: small scenarios with their messages, as they are
//! rendered 100 columns wide. `INSTA_UPDATE=always cargo test` writes the messages anew.

use detente_language::check::load;
use detente_language::render::{RenderOptions, render};
use detente_language::source::Loader;

/// Files that the table's scenarios include.
struct Shelf;

impl Loader for Shelf {
    fn load(&self, path: &str, _from: &str) -> Result<(String, String), String> {
        let text = match path {
            "costs.detente" => "param cost = 5\nlet double = 2 * cots\n",
            "play.detente" => "play { end war }\nactor us\nparam fine = 1\n",
            "a.detente" => "use \"b.detente\"\n",
            "b.detente" => "use \"a.detente\"\n",
            _ => return Err("there is no such file".to_owned()),
        };
        Ok((path.to_owned(), text.to_owned()))
    }
}

/// Two actors, an outcome and a choice with a reply, for cases about the play and its queries.
const CRISIS: &str = "actor us \"United States\"
actor iran \"Iran\"
outcome war \"War\"
outcome deal \"The deal holds\"
play {
    us chooses approach { offer, press, strike { gain us -1; end war } }
    iran chooses reply { accept, reject }
    repeat 2 as i {
        iran chooses programme secretly { hold, dash }
    }
    end deal
}
";

/// Pieces put behind `CRISIS`.
const AFTER: &[(&str, &str)] = &[
    (
        "check_with_condition",
        "param cost = 3\nexpect p(war) == (cost < 3) if reply == accept\nexpect p(war) == 0 if cost\n\
        expect p(war) == (p(deal) < 1) + (cost < 1)",
    ),
    (
        "steps_misused",
        "param a = 2.5 in 1 .. 6 step 1\nparam b = 2 in 1 .. 6 step 0\nparam d = 5 % in 0 % .. 20 % step 10 %",
    ),
    (
        "conditions_misplaced",
        "param c = 2 step 1\nask \"?\" max(1, 2 if cost > 1)\nask \"?\" p(if war)\nexpect p(war) == 1 if",
    ),
    (
        "outcome_payoffs",
        "outcome calm { us 1, iran approach, us 2, israel 3 }",
    ),
    (
        "block_misused",
        "block b { do war; do bb; continue b\n goto b }\nblock b { }\nask \"?\" p(b)\ndo b",
    ),
    (
        "sum_misspelt",
        "let a = sum(i in 1 .. 3, i)\nlet b = sum(i in 1: i)\nlet c = summe(i in 1 .. 2: i)\nlet d = binomial(3, 2)",
    ),
    (
        "weight_in_decision",
        "actor x\nplay { us chooses y { a weight 3, b } us chooses z in 1 .. 2 step 1 weight 4 }",
    ),
    (
        "table_incomplete",
        "table t by reply { accept 1 }\nlet x = t[accept]",
    ),
    (
        "table_by_nothing",
        "table t by replay { accept 1, reject 2 }",
    ),
    (
        "table_by_three",
        "table t by reply, approach, programme { }",
    ),
    (
        "table_of_path",
        "state s = 1\ntable t by reply { accept s, reject 2 }",
    ),
    (
        "table_option_misspelt",
        "table t by reply { acept 1, reject 2, reject 3 }",
    ),
    (
        "table_rows",
        "table t by reply, programme {\n    hold, dash\n    accept 1\n    reject 2, 3\n}",
    ),
    (
        "table_misused",
        "table t by reply { accept 1, reject 2 }\nfn f(x) = 2 * x\nlet a = t\nlet b = t(accept)\n\
         let c = f[2]\nlet d = t[accept, reject]\nask \"?\" mean(t[approach]) + mean(t[1])",
    ),
    (
        "table_not_beside",
        "table t by reply { accept 1, reject 2 }\nlet x = t [accept]",
    ),
    ("ask_bare_condition", "ask \"Talks?\" approach == offer"),
    ("ask_bare_outcome", "ask \"War?\" war"),
    ("ask_bare_number", "ask \"Gains?\" payoff(us)"),
    ("ask_bare_option", "ask \"What?\" reply"),
    ("ask_probability_of_option", "ask \"What?\" p(reply)"),
    ("ask_probability_of_number", "ask \"Gains?\" p(payoff(us))"),
    ("ask_mean_of_condition", "ask \"War?\" mean(war)"),
    ("ask_synonym", "ask \"War?\" probability(war)"),
    ("ask_synonym_average", "ask \"Gains?\" average(payoff(us))"),
    ("ask_mixed", "ask \"Both?\" p(war) + payoff(us)"),
    ("ask_nested", "ask \"Both?\" p(p(war) > 0.5)"),
    ("ask_index", "ask \"When?\" p(programme == dash and i == 2)"),
    ("ask_round_zero", "ask \"When?\" p(programme@0 == dash)"),
    (
        "ask_round_of_path",
        "ask \"When?\" p(programme@round(war) == dash)",
    ),
    ("ask_at_outcome", "ask \"When?\" p(war@2)"),
    ("ask_outcome_misspelt", "ask \"War?\" p(outcome == wra)"),
    ("ask_outcome_order", "ask \"War?\" p(outcome > war)"),
    ("ask_outcome_number", "ask \"War?\" p(outcome == 3)"),
    ("ask_value_of_nobody", "ask \"Who?\" value(israel)"),
    ("ask_comparison", "ask \"War?\" p(war) < 0.1"),
    (
        "ask_ever_in_ever",
        "ask \"Ever?\" p(ever(ever(programme == dash)))",
    ),
    ("ask_given_number", "ask \"War?\" p(war given payoff(us))"),
    (
        "expect_misspelt_option",
        "expect p(reply == acept) < 5 % \"why\"",
    ),
    (
        "expect_in_misspelt",
        "expect p(reply in {accept, rejct}) == 1",
    ),
    (
        "expect_negative_tolerance",
        "expect p(war) == 1 within 0 - 0.1",
    ),
    (
        "expect_tolerance_of_path",
        "expect p(war) == 1 within payoff(us)",
    ),
    (
        "compare_rate_outside",
        "compare p(war) with 40 % in 5 % .. 20 % \"crises since 1945\"",
    ),
    (
        "happened_unknown",
        "happened peace on \"2025-06-22\" \"a deal\"",
    ),
    (
        "happened_no_date",
        "happened war on \"22 June 2025\" \"strikes\"",
    ),
    (
        "happened_before",
        "as_of \"2025-03-31\"\nhappened war on \"2024-02-29\" \"strikes\"",
    ),
    ("second_play", "play { end war }"),
    ("name_of_choice_taken", "param reply = 3"),
    ("named_outcome", "param outcome = 3"),
    ("fn_of_builtin", "fn max(a) = a"),
    (
        "let_used_as_function",
        "let twice = 2\nask \"?\" p(war) * twice(3)",
    ),
    (
        "fn_used_as_number",
        "fn twice(x) = 2 * x\nask \"?\" p(war) * twice",
    ),
    (
        "fn_misspelt",
        "fn twice(x) = 2 * x\nask \"?\" p(war) * twcie(3)",
    ),
    (
        "fn_arguments",
        "fn twice(x) = 2 * x\nask \"?\" p(war) * twice(1, 2)",
    ),
    ("builtin_arguments", "ask \"?\" p(war) * sqrt(1, 2)"),
    ("power_function", "ask \"?\" pow(p(war), 2)"),
    (
        "argument_of_two_sorts",
        "fn odd(x) = if x then x + 1 else 0\nask \"?\" p(war) * odd(1)",
    ),
    (
        "argument_option_for_number",
        "fn twice(x) = 2 * x\nask \"?\" mean(twice(reply))",
    ),
    ("never_equal", "ask \"?\" p(approach == reply)"),
    ("option_alone", "ask \"?\" p(accept)"),
    (
        "no_worth",
        "ask \"?\" mean(worth(us, big))\nissue tariffs { stay, go }\npackage big { tariffs go }",
    ),
];

/// Whole scenarios.
const WHOLE: &[(&str, &str)] = &[
    (
        "assumed_without_probability",
        "actor us\noutcome war\nplay {\n    assume us chooses x { a 50 %, b }\n    assume chance y { a 1 }\n    assume us chooses z { a 50 %, b 30 % }\n    end war\n}\n",
    ),
    ("twice", "param risk = 3\nlet risk = 4\n"),
    (
        "unknown_name",
        "param war_cost = 20\nlet price = 2 * war_csot\n",
    ),
    (
        "capitals",
        "param War_Cost = 20\nlet price = 2 * war_cost\n",
    ),
    (
        "circle",
        "let a = b + 1\nlet b = c\nlet c = 2 * a\nparam d = d\n",
    ),
    (
        "circle_through_fn",
        "fn f(x) = x + start\nlet start = f(1)\n",
    ),
    ("guess_outside_range", "param risk = 120 % in 5 % .. 90 %\n"),
    ("range_upside_down", "param risk = 7 in 9 .. 5\n"),
    ("range_of_condition", "param risk = 7 in true .. 9\n"),
    (
        "distribution_unknown",
        "param risk = 7 in 5 .. 9 ~ gaussian(7, 1)\n",
    ),
    (
        "distribution_misspelt",
        "param risk = 7 in 5 .. 9 ~ trianglar(7)\n",
    ),
    ("distribution_arguments", "param risk = 7 ~ uniform()\n"),
    (
        "distribution_sense",
        "param risk = 7 in 5 .. 9 ~ normal(7, 0 - 1)\n",
    ),
    ("param_condition", "param risk = 3 > 2\n"),
    ("division_by_zero", "param risk = 1 / 0\n"),
    ("root_of_negative", "param risk = sqrt(0 - 1)\n"),
    ("number_too_large", "param risk = 1e999\n"),
    ("if_two_sorts", "let x = if 1 > 2 then 3 else false\n"),
    (
        "condition_compared",
        "let x = if (1 > 2) == true then 3 else 4\n",
    ),
    ("date", "as_of \"2025-02-30\"\n"),
    ("two_titles", "scenario \"One\"\nscenario \"Two\"\n"),
    ("include_missing", "use \"nowhere.detente\"\n"),
    ("include_circle", "use \"a.detente\"\n"),
    (
        "include_wrong",
        "use \"costs.detente\"\nlet more = dobule + 1\n",
    ),
    ("include_play", "use \"play.detente\"\n"),
    ("issue_option_twice", "issue arms { keep, limit, keep }\n"),
    (
        "package_open",
        "issue arms { keep, limit }\nissue trade { stop, go }\nissue oil { none, some }\npackage small { arms limit }\n",
    ),
    (
        "package_option",
        "issue arms { keep, limit }\npackage small { arms limt }\n",
    ),
    (
        "package_twice",
        "issue arms { keep, limit }\npackage small { arms limit, arms keep }\n",
    ),
    (
        "package_no_issue",
        "issue arms { keep, limit }\npackage small { amrs limit }\n",
    ),
    (
        "value_score",
        "actor us\nissue arms { keep, limit }\nvalue us { arms 10 { keep 0, limit 30 } }\n",
    ),
    (
        "value_no_score",
        "actor us\nissue arms { keep, limit, scrap }\nvalue us { arms 10 { keep 0 } }\n",
    ),
    (
        "value_weight",
        "actor us\nissue arms { keep, limit }\nvalue us { arms -1 { keep 0, limit 1 } }\n",
    ),
    (
        "value_twice",
        "actor us\nissue arms { keep, limit }\nvalue us { arms 1 { keep 0, limit 1 } }\nvalue us { fallback 1 }\n",
    ),
    (
        "ratifier_without_value",
        "actor us\nactor hawks\nissue arms { keep, limit }\nvalue us { arms 1 { keep 0, limit 1 } }\nratifier hawks of us\n",
    ),
    (
        "ratifier_of_whom",
        "actor us\nactor hawks\nissue arms { keep, limit }\nratifier hawks of su { arms 1 { keep 0, limit 1 } }\n",
    ),
    (
        "ratifier_unknown",
        "actor us\nissue arms { keep, limit }\nvalue us { arms 1 { keep 0, limit 1 } }\nratifier hawks of us { fallback 1 }\n",
    ),
    (
        "ratifier_of_itself",
        "actor us\nissue arms { keep, limit }\nratifier us of us { arms 1 { keep 0, limit 1 } }\n",
    ),
    (
        "ratifier_twice",
        "actor us\nactor hawks\nissue arms { keep, limit }\nvalue us { arms 1 { keep 0, limit 1 } }\nvalue hawks { fallback 1 }\nratifier hawks of us\nratifier hawks of us { fallback 2 }\n",
    ),
    ("value_of_nobody", "actor us\nvalue su { fallback 1 }\n"),
    (
        "worth_in_param",
        "actor us\nissue arms { keep, limit }\npackage some { arms limit }\nvalue us { arms 1 { keep 0, limit 1 } }\nlet hope = worth(us, some)\nparam x = hope + 1\n",
    ),
    (
        "sum_below_one",
        "actor us\noutcome war\nplay {\n    chance weather { fair 55 %, foul 40 % }\n    gain us 1\n    end war\n}\n",
    ),
    (
        "sum_above_one",
        "actor us\noutcome war\nplay {\n    chance weather { fair 55 %, foul 55 % }\n    gain us 1\n    end war\n}\n",
    ),
    (
        "percent_forgotten",
        "actor us\noutcome war\nplay {\n    chance weather { fair 55, foul 45 }\n    gain us 1\n    end war\n}\n",
    ),
    (
        "no_probability",
        "actor us\noutcome war\nplay {\n    chance weather { fair 55 %, foul }\n    gain us 1\n    end war\n}\n",
    ),
    (
        "probability_in_choice",
        "actor us\noutcome war\nplay {\n    us chooses approach { talk 55 %, strike 45 % }\n    end war\n}\n",
    ),
    (
        "two_rests",
        "actor us\noutcome war\nplay {\n    chance weather { fair 55 % if 1 > 2, foul otherwise, dry otherwise }\n    chance wind { on 120 %, off otherwise }\n    gain us 1\n    end war\n}\n",
    ),
    (
        "option_twice",
        "actor us\noutcome war\nplay {\n    us chooses approach { talk, strike, talk }\n    end war\n}\n",
    ),
    (
        "no_option",
        "actor us\noutcome war\nplay {\n    us chooses approach { }\n    end war\n}\n",
    ),
    (
        "two_choosers",
        "actor us\nactor iran\noutcome war\nplay {\n    us chooses move { a, b }\n    iran chooses move { a, b }\n    end war\n}\n",
    ),
    (
        "chosen_and_drawn",
        "actor us\noutcome war\nplay {\n    us chooses move { a, b }\n    chance move { a 1 }\n    end war\n}\n",
    ),
    (
        "grid_and_options",
        "actor us\noutcome war\nplay {\n    us chooses move in 0 .. 10 step 5\n    us chooses move { a, b }\n    end war\n}\n",
    ),
    (
        "grid_step",
        "actor us\noutcome war\nplay {\n    us chooses move in 0 .. 10 step 0\n    end war\n}\n",
    ),
    (
        "grid_downwards",
        "actor us\noutcome war\nplay {\n    us chooses move in 10 .. 0 step 5\n    end war\n}\n",
    ),
    (
        "actor_misspelt",
        "actor us \"United States\"\nactor iran \"Iran\"\noutcome war\nplay {\n    irna chooses move { a, b } seen by su\n    gain us 1, iram 2\n    show move to uss\n    end war\n}\n",
    ),
    (
        "wrong_sort_of_name",
        "actor us\noutcome war\nparam cost = 3\nplay {\n    cost chooses move { a, b }\n    gain us us\n    set cost = 4\n    show war to us\n    end us\n}\n",
    ),
    (
        "probability_in_play",
        "actor us\noutcome war\nplay {\n    gain us if p(war) > 0.5 then 1 else 0\n    gain us value(us)\n    end war\n}\n",
    ),
    (
        "outcome_in_play",
        "actor us\noutcome war\nplay {\n    if outcome == war { gain us 1 }\n    if war { gain us 1 }\n    gain us round(war)\n    end war\n}\n",
    ),
    (
        "rounds_of_path",
        "actor us\noutcome war\nplay {\n    us chooses n in 0 .. 2 step 1\n    repeat n { gain us 1 }\n    end war\n}\n",
    ),
    (
        "rounds_not_whole",
        "actor us\noutcome war\nparam rounds = 2.5\nplay {\n    repeat rounds { gain us 1 }\n    end war\n}\n",
    ),
    (
        "index_twice",
        "actor us\noutcome war\nplay {\n    repeat 2 as i { repeat 3 as i { gain us i } }\n    end war\n}\n",
    ),
    (
        "index_outside",
        "actor us\noutcome war\nplay {\n    repeat 2 as i { gain us i }\n    gain us i\n    end war\n}\n",
    ),
    (
        "state_sort",
        "actor us\noutcome war\nstate strength = 3\nplay {\n    us chooses move { a, b }\n    set strength = move\n    end war\n}\n",
    ),
    (
        "state_of_path",
        "actor us\noutcome war\nstate strength = move\nplay {\n    us chooses move in 1 .. 3 step 1\n    end war\n}\n",
    ),
    (
        "order_of_options",
        "actor us\noutcome war\nplay {\n    us chooses move { a, b }\n    if move > a { gain us 1 }\n    end war\n}\n",
    ),
    (
        "option_and_number",
        "actor us\noutcome war\nplay {\n    us chooses move { a, b }\n    if move == 1 { gain us 1 }\n    end war\n}\n",
    ),
    (
        "option_as_condition",
        "actor us\noutcome war\nplay {\n    us chooses move { a, b }\n    if move { gain us 1 }\n    gain us move + 1\n    end war\n}\n",
    ),
    (
        "never_reached",
        "actor us\noutcome war\nplay {\n    us chooses move { a { end war }, b { end war } }\n    gain us 1\n    end war\n}\n",
    ),
    (
        "warnings",
        "actor us\nactor iran\noutcome war\noutcome peace\nparam cost = 3\nplay {\n    gain us 1\n    end war\n}\n",
    ),
    (
        "worth_of_option",
        "actor us\nissue arms { keep, limit }\npackage some { arms limit }\nvalue us { arms 1 { keep 0, limit 1 } }\noutcome war\nplay {\n    us chooses table { some, nothing }\n    gain us worth(us, table)\n    end war\n}\n",
    ),
    (
        "worth_misspelt",
        "actor us\nissue arms { keep, limit }\npackage some { arms limit }\nvalue us { arms 1 { keep 0, limit 1 } }\noutcome war\nplay {\n    gain us worth(us, sone)\n    end war\n}\n",
    ),
    (
        "several_at_once",
        "actor us \"Vereinigte Staaten\"\noutcome war \"Κρίση — 危機\"\nparam risk = 12\nparam risk = 13\nplay {\n\tchance 危機 { ja 55 %, nein 55 % }\r\n\tif 危機 == jaa { gain us riks }\n\tend wra\n}\nask \"War?\" war\n",
    ),
    (
        "multi_line",
        "param cost = 3\nlet price = if cost > 2\n    then cost\n    else cost > 1\nlet x = (1 > 2)\n    + 3\n",
    ),
    (
        "junk",
        "actor us\nplay {\n    us chooses ][ }\n    gain us )\n}\noutcome\n\u{0}\u{1b}[31m\n",
    ),
];

fn message(text: &str) -> String {
    let loaded = load("crisis.detente", text, &Shelf);
    let options = RenderOptions {
        color: false,
        width: 100,
    };
    let message = render(&loaded.diagnostics, &loaded.sources, options);
    assert!(!message.is_empty(), "nothing is said about:\n{text}");
    assert!(message.lines().all(|line| line.chars().count() <= 100));
    message
}

#[test]
fn messages_are_as_agreed() {
    assert!(AFTER.len() + WHOLE.len() >= 50);
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let _bound = settings.bind_to_scope();
    for (name, text) in WHOLE {
        insta::assert_snapshot!(*name, message(text));
    }
    for (name, text) in AFTER {
        insta::assert_snapshot!(*name, message(&format!("{CRISIS}{text}\n")));
    }
}
