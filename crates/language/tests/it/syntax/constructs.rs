//! What is written comes out as the tree that it means.

use super::{errors, expression, items, sound, statements};
use detente_language::ast::{
    Binary, Compare, Expr, ExprKind, File, ItemKind, Options, Sight, StatementKind,
};
use detente_language::parser::parse;

/// An expression in full parentheses.
fn tree(expr: &Expr) -> String {
    let list = |list: &[Expr]| list.iter().map(tree).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Number { digits, percent } => {
            format!("{digits}{}", if *percent { "%" } else { "" })
        }
        ExprKind::Truth(truth) => truth.to_string(),
        ExprKind::Name(name) => name.clone(),
        ExprKind::At(id, round) => format!("[{} @ {}]", id.name, tree(round)),
        ExprKind::Negate(inner) => format!("[neg {}]", tree(inner)),
        ExprKind::Not(inner) => format!("[not {}]", tree(inner)),
        ExprKind::Percent(inner) => format!("[{} %]", tree(inner)),
        ExprKind::Binary(binary, left, right) => {
            let sign = match binary {
                Binary::Or => "or",
                Binary::And => "and",
                Binary::Compare(Compare::Equal) => "==",
                Binary::Compare(Compare::NotEqual) => "!=",
                Binary::Compare(Compare::Less) => "<",
                Binary::Compare(Compare::LessEqual) => "<=",
                Binary::Compare(Compare::Greater) => ">",
                Binary::Compare(Compare::GreaterEqual) => ">=",
                Binary::Add => "+",
                Binary::Subtract => "-",
                Binary::Multiply => "*",
                Binary::Divide => "/",
                Binary::Power => "^",
            };
            format!("[{} {sign} {}]", tree(left), tree(right))
        }
        ExprKind::Over(over) => {
            let step = over.step.as_ref().map_or_else(String::new, tree);
            let range = format!("{}..{} {step}", tree(&over.from), tree(&over.to));
            format!(
                "[{} {} {range} {}]",
                over.function.name,
                over.index.name,
                tree(&over.body)
            )
        }
        ExprKind::Lookup { table, keys } => format!("[{} at {}]", table.name, list(keys)),
        ExprKind::In(left, members) => format!("[{} in {}]", tree(left), list(members)),
        ExprKind::If(c, a, b) => format!("[if {} {} {}]", tree(c), tree(a), tree(b)),
        ExprKind::Call {
            function,
            arguments,
            given,
        } => {
            let given = given.as_ref().map(|given| {
                let word = if given.supposed { "if" } else { "given" };
                format!(" {word} {}", tree(&given.condition))
            });
            format!(
                "{}({}{})",
                function.name,
                list(arguments),
                given.unwrap_or_default()
            )
        }
        ExprKind::Paren(inner) => format!("({})", tree(inner)),
        ExprKind::Error => "?".to_owned(),
    }
}

#[test]
fn operators_bind_as_documented() {
    for (text, wanted) in [
        ("a or b and c", "[a or [b and c]]"),
        ("not a == b and c", "[[not [a == b]] and c]"),
        ("not not a", "[not [not a]]"),
        ("a - b - c", "[[a - b] - c]"),
        ("a / b / c * d", "[[[a / b] / c] * d]"),
        ("a + b * c", "[a + [b * c]]"),
        ("-a ^ 2", "[neg [a ^ 2]]"),
        ("a ^ -b ^ c", "[a ^ [neg [b ^ c]]]"),
        ("a ^ b ^ c", "[a ^ [b ^ c]]"),
        ("-a * b", "[[neg a] * b]"),
        ("a - -b", "[a - [neg b]]"),
        ("85 % * 2", "[85% * 2]"),
        ("2 ^ 5 %", "[2 ^ 5%]"),
        ("(a + b) %", "[([a + b]) %]"),
        ("1 - p %", "[1 - [p %]]"),
        ("a + 1 < b * 2", "[[a + 1] < [b * 2]]"),
        ("x in {a, b} or y", "[[x in a b] or y]"),
        ("x in {1, 2 + 3,}", "[x in 1 [2 + 3]]"),
        ("not x in {a}", "[not [x in a]]"),
        ("reply@2 == accept", "[[reply @ 2] == accept]"),
        ("reply@(i - 1) == a", "[[reply @ ([i - 1])] == a]"),
        ("x@i + 1", "[[x @ i] + 1]"),
        ("if a then b else c + 1", "[if a b [c + 1]]"),
        ("1 + if a then b else c", "[1 + [if a b c]]"),
        ("if a then 1 else if b then 2 else 3", "[if a 1 [if b 2 3]]"),
        ("max(1, min(2, 3))", "max(1 min(2 3))"),
        ("p(war given a == b)", "p(war given [a == b])"),
        (
            "value(us given ever(a == b))",
            "value(us given ever([a == b]))",
        ),
        ("true and false", "[true and false]"),
        ("1_000.5 + 1e-3 + .5", "[[1000.5 + 1e-3] + .5]"),
        ("outcome == war", "[outcome == war]"),
    ] {
        assert_eq!(tree(&expression(text)), wanted, "{text}");
    }
}

#[test]
fn places_cover_what_was_written() {
    let text = "  a +  85 % * f( x )  ";
    let expr = expression(text);
    assert_eq!(&text[expr.span.range()], "a +  85 % * f( x )");
    let ExprKind::Binary(_, _, right) = &expr.kind else {
        panic!("a sum");
    };
    assert_eq!(&text[right.span.range()], "85 % * f( x )");
    let text = "scenario \"A\"\nactor us \"US\"\nplay { end x }  # c\n";
    let file = sound(text);
    let written: Vec<&str> = file.items.iter().map(|i| &text[i.span.range()]).collect();
    assert_eq!(
        written,
        ["scenario \"A\"", "actor us \"US\"", "play { end x }"]
    );
    assert_eq!(&text[file.comments[0].span.range()], "# c");
}

#[test]
fn every_declaration_is_read() {
    let kinds = items(
        r#"scenario "T" source "S" note "N" as_of "2025-03-31"
           happened war on "2025-06-22" "air strikes" happened deal on "2026-01-01"
           actor us "United States" actor iran
           param a = 5 param b = 85 % in 50 % .. 99 % ~ triangular(85 %) "guess"
           param c = 1 ~ normal(1, 2) param d = 2 in 1..3 "why" param e = 1 ~ uniform
           let f = a + b fn g(x, y) = x * y fn h() = 1
           outcome war "War" outcome deal
           state s = 0 state t "Tension" = 1
           issue i "Issue" { o "Option", p q "Q" }
           value us { i 0.4 { o 1, p 0.5 q 0 } fallback -3 }
           package k "Package" { i o, j p } package l { i o j p }
           ask "Q?" p(war) expect p(war) < 5 % within 1 % "why" expect mean(a) == 3
           compare p(war) with 12 % in 5 % .. 20 % "crises since 1945"
           compare p(deal) with 0.5
           use "other.detente" play { }"#,
    );
    assert_eq!(kinds.len(), 31);
    assert!(
        matches!(&kinds[4], ItemKind::Happened { words: Some(w), .. } if w.value == "air strikes")
    );
    let ItemKind::Param {
        range: Some(_),
        distribution: Some((name, arguments)),
        source: Some(source),
        ..
    } = &kinds[9]
    else {
        panic!("{:?}", kinds[9]);
    };
    assert_eq!((name.name.as_str(), arguments.len()), ("triangular", 1));
    assert_eq!(source.value, "guess");
    assert!(matches!(&kinds[14], ItemKind::Function { arguments, .. } if arguments.len() == 2));
    assert!(matches!(&kinds[19], ItemKind::State { label: Some(_), .. }));
    let ItemKind::Issue { options, .. } = &kinds[20] else {
        panic!("{:?}", kinds[20]);
    };
    let named: Vec<_> = options
        .iter()
        .map(|(id, l)| (id.name.as_str(), l.is_some()))
        .collect();
    assert_eq!(named, [("o", true), ("p", false), ("q", true)]);
    let ItemKind::Value {
        issues, fallback, ..
    } = &kinds[21]
    else {
        panic!("{:?}", kinds[21]);
    };
    assert_eq!((issues.len(), issues[0].scores.len()), (1, 3));
    assert!(fallback.is_some());
    assert!(matches!(&kinds[23], ItemKind::Package { choices, .. } if choices.len() == 2));
    assert!(matches!(
        &kinds[25],
        ItemKind::Expect {
            compare: Compare::Less,
            within: Some(_),
            why: Some(_),
            ..
        }
    ));
    assert!(matches!(
        &kinds[27],
        ItemKind::BaseRate {
            range: Some(_),
            source: Some(_),
            ..
        }
    ));
    assert!(matches!(
        &kinds[28],
        ItemKind::BaseRate {
            range: None,
            source: None,
            ..
        }
    ));
}

#[test]
fn every_statement_is_read() {
    let read = statements(
        r#"us chooses a { b, c "C" if x == y { end war } d { gain us 1 } }
           iran chooses e secretly { f g }
           iran chooses e seen by us, uk { f; g }
           iran chooses e seen by nobody { f }
           us chooses n in 0 .. 10 step 0.5
           us chooses n secretly in 0 .. 10 step 1 if n > m { gain us n }
           chance r { s 55 %, t "T" 1 - x if y { end war } }
           chance r { s 1 } seen by nobody
           chance r seen by us { s 1 }
           chance m in 1 .. 6 step 1 { gain us m } seen by us, iran
           together { us chooses h { i } iran chooses j { k } }
           show r to us, iran
           if a == b { } else if c { end war } else { end deal }
           repeat 3 as i { } repeat rounds + 1 { gain us 1 }
           gain us 20, iran -25 set s = s + 1; end war"#,
    );
    assert_eq!(read.len(), 18);
    let StatementKind::Choose {
        options: Options::Listed(options, _),
        ..
    } = &read[0].kind
    else {
        panic!("{:?}", read[0]);
    };
    assert_eq!(options.len(), 3);
    assert!(options[1].label.is_some() && options[1].guard.is_some());
    let sight = |i: usize| match &read[i].kind {
        StatementKind::Choose { sight, .. } | StatementKind::Chance { sight, .. } => sight.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(sight(0), Sight::Everyone);
    assert!(matches!(sight(1), Sight::Secretly(_)));
    assert!(matches!(sight(2), Sight::SeenBy(actors, _) if actors.len() == 2));
    assert!(matches!(sight(3), Sight::Nobody(_)));
    assert!(matches!(sight(5), Sight::Secretly(_)));
    assert!(matches!(sight(7), Sight::Nobody(_)));
    assert!(matches!(sight(8), Sight::SeenBy(actors, _) if actors.len() == 1));
    assert!(matches!(sight(9), Sight::SeenBy(actors, _) if actors.len() == 2));
    let StatementKind::If { arms, otherwise } = &read[12].kind else {
        panic!("{:?}", read[12]);
    };
    assert_eq!((arms.len(), otherwise.is_some()), (2, true));
    assert!(matches!(
        &read[13].kind,
        StatementKind::Repeat { index: Some(_), .. }
    ));
    assert!(matches!(&read[15].kind, StatementKind::Gain(gains) if gains.len() == 2));
}

#[test]
fn a_probability_may_be_conditional_and_an_option_guarded() {
    let read = statements("chance r { a if c then 0.3 else 0.7, b 1 if d, e if f }");
    let StatementKind::Chance {
        options: Options::Listed(options, _),
        ..
    } = &read[0].kind
    else {
        panic!("{:?}", read[0]);
    };
    let parts: Vec<_> = options
        .iter()
        .map(|o| (o.probability.is_some(), o.guard.is_some()))
        .collect();
    assert_eq!(parts, [(true, false), (true, true), (false, true)]);
}

#[test]
fn a_condition_below_a_grid_is_a_statement_and_beside_it_a_guard() {
    let below = statements("us chooses n in 0 .. 10 step 1\n if n > 5 { end war }");
    assert_eq!(below.len(), 2);
    assert!(matches!(below[1].kind, StatementKind::If { .. }));
    let beside = statements("us chooses n in 0 .. 10 step 1 if n > 5 { end war }");
    assert_eq!(beside.len(), 1);
}

#[test]
fn words_of_the_language_can_be_names() {
    sound(
        "actor chance actor seen outcome end outcome value\n\
         param step = 1 param within = 2 in step .. within \"x\"\n\
         issue source { note, param, actor }\n\
         value chance { source 1 { note 1, param 0, actor 0.5 } fallback 0.3 { a 1 } fallback 2 }\n\
         play { chance chooses set { source \"S\" { end end } note gain, secretly step { } by }\n\
         seen chooses show secretly in 0 .. 1 step step\n\
         if set == source { gain chance step end value } }\n\
         expect p(value) < within within step",
    );
}

#[test]
fn texts_and_comments_keep_every_script() {
    let file = sound("actor 中国 \"中华人民共和国 \\\"x\\\" \\\\ a\\nb\"  # Комментарий\n# zweite");
    let ItemKind::Actor { id, label, .. } = &file.items[0].kind else {
        panic!("an actor");
    };
    assert_eq!(id.name, "中国");
    let label = label.as_ref().map(|l| l.value.as_str());
    assert_eq!(label, Some("中华人民共和国 \"x\" \\ a\nb"));
    let comments: Vec<_> = file
        .comments
        .iter()
        .map(|c| (c.text.as_str(), c.own_line))
        .collect();
    assert_eq!(comments, [("# Комментарий", false), ("# zweite", true)]);
}

#[test]
fn line_ends_tabs_and_byte_order_mark_do_not_matter() {
    let text = "actor us \"US\"\nplay {\n    us chooses a { b\n c }  # x\n    end war\n}\n";
    let plain = sound(text);
    let dressed = format!(
        "\u{feff}{}",
        text.replace('\n', "\r\n").replace("    ", "\t")
    );
    let other = sound(&dressed);
    assert_eq!(super::meaning(&plain), super::meaning(&other));
    assert_eq!(other.comments[0].text, "# x");
}

#[test]
fn nothing_is_a_scenario_without_declarations() {
    for text in ["", " \n\t\r\n", "\u{feff}", "# only a comment"] {
        assert_eq!(sound(text).items, []);
    }
    assert_eq!(parse("", 3).0, File::default());
}

#[test]
fn the_file_number_is_in_every_place() {
    let (file, _) = parse("actor us", 7);
    assert_eq!(file.items[0].span.file, 7);
    let (_, diagnostics) = parse("actr us €", 7);
    assert!(diagnostics.iter().all(|d| d.primary.0.file == 7));
    assert_eq!(errors("actr us €").len(), 2);
}
