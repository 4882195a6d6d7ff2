//! Hostile input: a result or an error, soon, and never a panic. Test threads have a stack of 2 MiB, which the
//! deep cases would overflow if anything recursed without bound.

use super::{errors, generated::check_invariants, sound};
use detente_language::check::load;
use detente_language::format::format;
use detente_language::parser::{parse, parse_expression};
use detente_language::source::NoFiles;
use std::fmt::Write;
use std::time::{Duration, Instant};

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    const DEPTH: usize = 100_000;
    let deep: &[(&str, &str, &str)] = &[
        ("(", "x", ")"),
        ("-", "x", ""),
        ("not ", "x", ""),
        ("x ^ ", "x", ""),
        ("x + ", "x", ""),
        ("x and ", "x", ""),
        ("f(", "x", ")"),
        ("if a then ", "x", " else y"),
        ("if a then b else ", "x", ""),
        ("if ", "x", " then a else b"),
        ("x in {", "x", "}"),
        ("x@(", "1", ")"),
        ("x % ", "%", ""),
        ("", "x", " %"),
        ("(", "", ""),
        ("p(x given ", "x", ")"),
        ("-(", "x + 1", ") * 2"),
    ];
    for (open, middle, close) in deep {
        let text = format!("{}{middle}{}", open.repeat(DEPTH), close.repeat(DEPTH));
        let (expr, diagnostics) = parse_expression(&text, 0);
        assert!(!diagnostics.is_empty(), "{open}");
        drop(expr);
        check_invariants(&format!("let x = {text}\nactor us\n"));
    }
    let blocks: &[(&str, &str)] = &[
        ("if x { ", "} "),
        ("if x { } else { ", "} "),
        ("us chooses a { b { ", "} } "),
        ("chance a { b 1 { ", "} } "),
        ("repeat 2 { ", "} "),
        ("together { ", "}\n"),
        ("us chooses x in 0..1 step 1 { ", "}"),
        ("{ ", "} "),
        ("if x {\n", ""),
        ("", "}\n"),
        ("us chooses ", ""),
        ("gain us (", ""),
        ("play { ", "}"),
    ];
    for (open, close) in blocks {
        let inner = format!("{}end war {}", open.repeat(DEPTH), close.repeat(DEPTH));
        let found = errors(&format!("play {{ {inner} }}"));
        assert!(!found.is_empty(), "{open}");
        check_invariants(&format!("play {{\n{inner}\n}}\nactor us\n"));
        check_invariants(&inner);
    }
}

#[test]
fn depth_up_to_the_limit_is_fine_everywhere() {
    let expressions = [
        format!("{}x{}", "(".repeat(198), ")".repeat(198)),
        format!("{}x", "x + ".repeat(198)),
        format!("{}x", "-".repeat(198)),
        format!("{}x{}", "max(".repeat(198), ")".repeat(198)),
    ];
    for expression in expressions {
        let open = "us chooses a { b { if x == y { ".repeat(49);
        let close = "} } } ".repeat(49);
        let text = format!("play {{ {open} gain us {expression}; end war {close} }}");
        let file = sound(&text);
        assert_eq!(file.clone(), file);
        let once = format(&text).expect("no errors");
        assert_eq!(format(&once).as_deref(), Ok(once.as_str()));
        let declared = "actor us param x = 1 param y = 2 outcome war ";
        let loaded = load("deep.detente", &format!("{declared}{text}"), &NoFiles);
        assert!(loaded.diagnostics.iter().all(|d| d.code != "E0110"));
    }
}

#[test]
fn alternatives_may_be_many() {
    let text = format!("play {{ if x {{ }}{} }}", " else if x { }".repeat(50_000));
    sound(&text);
    let text = format!("play {{ us chooses a {{ {} }} }}", "b, ".repeat(50_000));
    sound(&text);
    let text = format!("let x = max({})", "1, ".repeat(50_000));
    sound(&text);
}

#[test]
fn junk_is_one_error_for_each_run() {
    assert_eq!(errors(&"\0".repeat(100_000)).len(), 1);
    assert_eq!(errors(&"\0 \n".repeat(100_000)).len(), 1);
    let found = errors("actor us \u{1}\u{2}\u{3} \"US\"\nactor iran");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "E0101");
}

#[test]
fn hopeless_files_are_cut_short() {
    let prose =
        "The quick brown fox jumps over the lazy dog; it does so again, and again.\n".repeat(5000);
    let binary: String = (0u32..200_000)
        .filter_map(|i| char::from_u32(i.wrapping_mul(2_654_435_761) % 0x3000))
        .collect();
    for text in [
        prose,
        binary,
        "'".repeat(100_000),
        "‘x\n".repeat(100_000),
        "\"\n".repeat(99_999),
    ] {
        let found = errors(&text);
        assert!(found.len() <= 51, "{}", found.len());
        let last = found.last().expect("errors");
        assert!(found.len() < 51 || last.message.ends_with("more errors not shown"));
        check_invariants(&text);
    }
}

/// Valid or not, five megabytes take far less than this even unoptimised and beside other tests.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn large_files_take_linear_time() {
    let mut sensible = String::new();
    for i in 0..60_000 {
        writeln!(
            sensible,
            "param p{i} = {i} % in 0 .. {i} \"source number {i}\"  # why"
        )
        .expect("text");
    }
    sensible.push_str("play {\n");
    for i in 0..25_000 {
        writeln!(
            sensible,
            "us chooses c{i} {{ a {{ gain us {i}; end war }}, b }} # c\n\n# d"
        )
        .expect("text");
    }
    sensible.push_str("}\n");
    assert!(sensible.len() > 5_000_000);
    let long_line = sensible.replace(['\n', '#'], " ");
    let size = 1_000_000;
    let repeated = [
        "(",
        "{",
        "}",
        "#\n",
        "\"",
        "a",
        "1",
        "a\n",
        " ",
        "\n",
        "…",
        "\0a",
        "{\nactor us\n",
        "@",
        "' ‘",
        "if a { ",
        "x=",
        "us chooses ",
    ];
    let mut texts: Vec<String> = repeated.iter().map(|r| r.repeat(size / r.len())).collect();
    texts.extend([sensible, long_line]);
    for text in texts {
        let start = Instant::now();
        let (_, diagnostics) = parse(&text, 0);
        let formatted = format(&text);
        assert!(
            start.elapsed() < SOON,
            "{:?}: {:?}",
            text.get(..20),
            start.elapsed()
        );
        assert_eq!(diagnostics.is_empty(), formatted.is_ok());
    }
}

#[test]
fn every_cut_and_every_gap_of_a_scenario_is_survived() {
    let text = include_str!("../cases/covert.detente");
    for (i, c) in text.char_indices() {
        check_invariants(&text[..i]);
        check_invariants(&text[i..]);
        let mut without = text[..i].to_owned();
        without.push_str(&text[i + c.len_utf8()..]);
        check_invariants(&without);
    }
}
