//! The canonical layout.

use detente_language::format::format;

fn formatted(text: &str) -> String {
    let once = format(text).unwrap_or_else(|errors| panic!("{errors:#?} in {text}"));
    assert_eq!(
        format(&once).as_deref(),
        Ok(once.as_str()),
        "changed by a second time"
    );
    once
}

/// Asserts that `text` becomes `wanted`, which is written with the indentation of this file.
fn becomes(text: &str, wanted: &str) {
    assert_eq!(formatted(text), wanted.trim_start_matches('\n'));
}

#[test]
fn the_introductory_scenario_is_laid_out_already() {
    let text = include_str!("cases/covert.detente");
    let once = formatted(text);
    assert_eq!(once.lines().count(), text.lines().count());
    for (line, written) in once.lines().zip(text.lines()) {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words(line), words(written));
        assert_eq!(indent(line), indent(written), "{line}");
    }
}

#[test]
fn neighbours_are_aligned() {
    becomes(
        "scenario \"A\"\nas_of \"2025\"\nactor us \"US\" actor israel \"Israel\"\n\
         param a = 5 in 1 .. 9 \"why\"\nlet long_name = 2*a\nparam b=85% in 1%..99% ~ beta(2,3) \"because\"\n\
         param c = 1 \"no range\"\nfn f(x) = x\nfn second(x,y) = x+y\n\
         ask \"War?\" p(war)\nexpect p(war)<5% \"small\"\ncompare p(war) with 3% in 1% .. 5% \"since 1945\"\n",
        r#"
scenario "A"
as_of    "2025"
actor us      "US"
actor israel  "Israel"
param a         = 5     in 1 .. 9                      "why"
let   long_name = 2 * a
param b         = 85 %  in 1 % .. 99 %  ~ beta(2, 3)   "because"
param c         = 1                                    "no range"
fn f(x)         = x
fn second(x, y) = x + y
ask     "War?"                          p(war)
expect  p(war) < 5 %                    "small"
compare p(war) with 3 % in 1 % .. 5 %   "since 1945"
"#,
    );
}

#[test]
fn tables_are_laid_out_in_columns() {
    becomes(
        "table cost \"of war\" by kind{low 5,high 20}table t by i{1:5%;2 :10%}\n\
         table harm by a,b{build,hold;build -1,30;hold -3,0 # nothing\n}\n\
         let x=cost[ kind ]+harm[ a,b ]\n",
        r#"
table cost "of war" by kind { low 5, high 20 }
table t by i { 1: 5 %, 2: 10 % }
table harm by a, b {
          build, hold
    build    -1,   30
    hold     -3,    0  # nothing
}
let x = cost[kind] + harm[a, b]
"#,
    );
}

#[test]
fn weights_stand_behind_names_and_steps() {
    becomes(
        "play{chance x{a weight 3,b weight(2*c)}chance y in 1..6 step 1 weight 7-y seen by us\nchance z{a \"A\" weight 3 {end x},\
         bbb \"B\" weight weight{end y}\nc weight}}\n",
        r#"
play {
    chance x { a weight 3, b weight (2 * c) }
    chance y in 1 .. 6 step 1 weight 7 - y seen by us
    chance z {
        a   "A" weight 3 { end x }
        bbb "B" weight weight { end y }
        c   weight
    }
}
"#,
    );
}

#[test]
fn blocks_are_laid_out_like_the_play() {
    becomes(
        "block strike_back \"answer\"{gain us -1; # why\nend war}block e{}\nplay{us chooses x{a{do e},b{do strike_back}}do e}\n",
        r#"
block strike_back "answer" {
    gain us -1  # why
    end war
}
block e { }
play {
    us chooses x {
        a { do e }
        b { do strike_back }
    }
    do e
}
"#,
    );
}

#[test]
fn assumptions_and_payoffs_of_outcomes_stand_on_their_lines() {
    becomes(
        "outcome war \"War\"{us -1,iran 2*x}outcome deal_holds \"The deal holds\"\noutcome c{us 1}\n\
         play{assume us chooses x secretly{a 30%,b otherwise}assume us chooses y in 1..2 step 1 weight y {end war}}\n",
        r#"
outcome war         "War" { us -1, iran 2 * x }
outcome deal_holds  "The deal holds"
outcome c                 { us 1 }
play {
    assume us chooses x secretly { a 30 %, b otherwise }
    assume us chooses y in 1 .. 2 step 1 weight y { end war }
}
"#,
    );
}

#[test]
fn sums_are_calls_with_a_range() {
    becomes(
        "let x=sum( i in 1..n : max(j in 0..1 step 0.1:j*i) )+product(k in a .. b: a_very_long_name_of_a_number * k + another_very_long_name_of_one)\n",
        r#"
let x = sum(i in 1 .. n: max(j in 0 .. 1 step 0.1: j * i))
    + product(k in a .. b: a_very_long_name_of_a_number * k + another_very_long_name_of_one)
"#,
    );
}

#[test]
fn groups_end_at_blank_lines_and_comments() {
    becomes(
        "param a = 1\nparam bbbb = 2 # trailing\nparam cc = 3\n\n\n\nparam d = 4\n# own line\nparam eeeeee = 5\n",
        "
param a    = 1
param bbbb = 2  # trailing
param cc   = 3

param d = 4
# own line
param eeeeee = 5
",
    );
}

#[test]
fn what_fits_is_on_one_line_and_what_does_not_is_not() {
    becomes(
        "play{us chooses a{b,c\n}\nus chooses d{e{gain us 1;end war}f \"F\" if x==y{end war}}\n\
         if x==y{end war}else{end deal}\nif x==y{us chooses g{h}}else{end deal}\n\
         chance r{s 55%,t 1-x}seen by us\nchance r seen by nobody{s 55% {end war} tt 45%}\n\
         repeat 3 as i{gain us i}together{us chooses h{i}}\nshow r to us,iran;set s=s+1 end war}",
        r#"
play {
    us chooses a { b, c }
    us chooses d {
        e { gain us 1; end war }
        f "F" if x == y { end war }
    }
    if x == y { end war } else { end deal }
    if x == y {
        us chooses g { h }
    } else {
        end deal
    }
    chance r { s 55 %, t 1 - x } seen by us
    chance r {
        s  55 % { end war }
        tt 45 %
    } seen by nobody
    repeat 3 as i { gain us i }
    together {
        us chooses h { i }
    }
    show r to us, iran
    set s = s + 1
    end war
}
"#,
    );
}

#[test]
fn agreements_are_laid_out_like_options() {
    becomes(
        "issue i \"Issue\" {a \"A\" bb \"B\"}\n\
         issue long \"A long issue\" { first_option \"the first of the options\" second \"the second of the options\" }\n\
         value us{i 0.4{a 1 bb 0} fallback 3 long 1-x{first_option 1,second 0.5}}\npackage k{i a long second}\n\
         issue e { } play { }",
        r#"
issue i "Issue" { a "A", bb "B" }
issue long "A long issue" {
    first_option "the first of the options"
    second       "the second of the options"
}
value us {
    i 0.4 { a 1, bb 0 }
    fallback 3
    long 1 - x { first_option 1, second 0.5 }
}
package k { i a, long second }
issue e { }
play { }
"#,
    );
}

#[test]
fn ratifiers_are_laid_out_like_preferences() {
    becomes(
        "ratifier hawks of us   # no braces\nratifier  hawks # who\n of us { # what\n i 1-x {a 1 bb 0} # last\n fallback 3 }\nratifier d of us{}",
        r#"
ratifier hawks of us  # no braces
# who
ratifier hawks of us {  # what
    i 1 - x { a 1, bb 0 }  # last
    fallback 3
}
ratifier d of us {
}
"#,
    );
}

#[test]
fn lenses_stand_on_a_line() {
    becomes(
        "lens terms   if  signed # when\nlens level as  enrichment {unlimited 60   capped 3.67\n zero 0}\nlens strike as bombed   and not by_israel",
        r#"
lens terms if signed  # when
lens level as enrichment { unlimited 60, capped 3.67, zero 0 }
lens strike as bombed and not by_israel
"#,
    );
}

#[test]
fn bargains_stand_on_a_line_or_are_broken_before_their_parts() {
    becomes(
        "play{bargain deal between us,iran over oil , cap by nash\n# table\nbargain deal \"The deal\" between us, iran over oil,cap,missiles,militias by  offers n-1 among 1_0 discount 90% against us 1+x,iran 2 seen by israel\nbargain d between us,iran,israel over enrichment,missiles_and_drones,allied_militias,embargo,oil_exports by kalai_smorodinsky secretly}",
        r#"
play {
    bargain deal between us, iran over oil, cap by nash
    # table
    bargain deal "The deal" between us, iran
        over oil, cap, missiles, militias by offers n - 1 among 1_0 discount 90 %
        against us 1 + x, iran 2 seen by israel
    bargain d between us, iran, israel
        over enrichment, missiles_and_drones, allied_militias, embargo, oil_exports
        by kalai_smorodinsky secretly
}
"#,
    );
}

#[test]
fn styles_stand_in_a_column() {
    becomes(
        "actor us \"United States\" style blunt\nactor iran style patient\nactor gulf \"Gulf states\"",
        r#"
actor us    "United States"  style blunt
actor iran                   style patient
actor gulf  "Gulf states"
"#,
    );
}

#[test]
fn comments_stay_where_they_are_or_move_up() {
    becomes(
        "# first\n\n\n# second\nactor us # the chooser\nparam a = 1 # in the middle\n  in 0 .. 2 # at the end\n\
         play { # opens\n\n # before\n us chooses a # header\n { b, # after b\n c { end war # inside\n } # after c\n \
         # last\n } # closed\n if x { end war } # between\n # also between\n else { end deal } # done\n\n\
         # trailing\n}\n# end of file\n\n\n",
        "
# first

# second
actor us  # the chooser
# in the middle
param a = 1  in 0 .. 2  # at the end
play {  # opens
    # before
    # header
    us chooses a {
        b  # after b
        c {
            end war  # inside
        }  # after c
        # last
    }  # closed
    if x {
        end war
    } else {
        # between
        # also between
        end deal
    }  # done

    # trailing
}
# end of file
",
    );
}

#[test]
fn numbers_and_texts_stay_as_written() {
    becomes(
        "let a = 1_000.50+1e-3+.5+85%+(x+1)%\nnote \"tab\\\\ \\\"q\\\" \\n é\"\n",
        "
let a = 1_000.50 + 1e-3 + .5 + 85 % + (x + 1) %
note \"tab\\\\ \\\"q\\\" \\n é\"
",
    );
}

#[test]
fn long_lines_are_broken_at_the_loosest_place() {
    becomes(
        "param detection_probability = 85 % in 50 % .. 99 % \"a source that is far too long to stand on the line of its number\"\n\
         let total = first_long_name * second_long_name + third_long_name * fourth_long_name - fifth_long_name / sixth\n\
         let choice = if first_long_condition > second_long_name then first_long_value else if other_condition then second_value else third_value\n\
         let call = max(first_long_name * second_long_name, third_long_name * fourth_long_name, fifth_long_name)\n\
         ask \"A question that goes on for quite a while, as questions do?\" p(programme == dash given approach == offer)\n\
         play { if first_condition == first_value and second_condition == second_value or third_condition == third_value { end war }\n\
         gain us first_long_name * second_long_name + third_long_name, iran fourth_long_name * fifth_long_name }\n",
        r#"
param detection_probability = 85 %  in 50 % .. 99 %
    "a source that is far too long to stand on the line of its number"
let   total                 = first_long_name * second_long_name
    + third_long_name * fourth_long_name
    - fifth_long_name / sixth
let   choice                = if first_long_condition > second_long_name then first_long_value
    else if other_condition then second_value
    else third_value
let   call                  = max(
    first_long_name * second_long_name,
    third_long_name * fourth_long_name,
    fifth_long_name
)
ask "A question that goes on for quite a while, as questions do?"
    p(programme == dash given approach == offer)
play {
    if first_condition == first_value and second_condition == second_value
            or third_condition == third_value {
        end war
    }
    gain us first_long_name * second_long_name + third_long_name,
        iran fourth_long_name * fifth_long_name
}
"#,
    );
}

#[test]
fn sources_stand_beside_all_numbers_of_a_group_or_below_all() {
    becomes(
        "param a = 1 in 0 .. 2 \"short\"\nparam bb = 85 % in 50 % .. 99 % ~ beta(2, 3) \"a source that is too long \
         to stand on the line of its number\"\nparam c = 3\n\nparam d = 1 in 0 .. 2 \"short\"\n",
        r#"
param a  = 1     in 0 .. 2
    "short"
param bb = 85 %  in 50 % .. 99 %  ~ beta(2, 3)
    "a source that is too long to stand on the line of its number"
param c  = 3

param d = 1  in 0 .. 2   "short"
"#,
    );
}

#[test]
fn wide_letters_are_aligned_by_the_columns_they_take() {
    becomes(
        "actor 中国 \"China\"\nactor us \"US\"\nactor россия \"Россия\"\n",
        "
actor 中国    \"China\"
actor us      \"US\"
actor россия  \"Россия\"
",
    );
}

#[test]
fn steps_and_conditions_stand_where_they_belong() {
    becomes(
        "param n=3 in 1..6 step 1 \"rounds\"\nparam long = 20% in 5 %..50 % step # c\n 5% ~ uniform()\n\n\
        expect p(war if reply==accept)==0 if n>2 \"why\"\nexpect p(war given x)<5% within 1% if (n<2)or n>4\n",
        r#"
param n = 3  in 1 .. 6 step 1   "rounds"
# c
param long = 20 %  in 5 % .. 50 % step 5 %  ~ uniform()

expect p(war if reply == accept) == 0 if n > 2   "why"
expect p(war given x) < 5 % within 1 % if (n < 2) or n > 4
"#,
    );
}

#[test]
fn a_text_with_errors_is_not_formatted() {
    let errors = format("actr us\nparam x = 5").expect_err("an error");
    assert_eq!(errors[0].code, "E0108");
}

#[test]
fn nothing_stays_nothing() {
    assert_eq!(formatted(" \n\n\t "), "");
    assert_eq!(formatted("\u{feff}# only\r\n"), "# only\n");
}
