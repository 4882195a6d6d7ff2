//! Whatever is written, checking it gives a result, in time that grows with the text alone.

use std::time::{Duration, Instant};

use detente_language::check::{Loaded, load};
use detente_language::query;
use detente_language::render::{RenderOptions, render};
use detente_language::source::NoFiles;
use proptest::prelude::*;

/// Words of which soup is made: enough sense among them that much of it gets through the parser.
const WORDS: &[&str] = &[
    "actor us\n",
    "actor iran \"Iran\"\n",
    "outcome war\n",
    "param a = 3 in 1 .. 5\n",
    "let b = a + 1\n",
    "fn f(x) = x * a\n",
    "fn g(x, y) = if x == y then f(x) else b\n",
    "state s = 0\n",
    "state t = true\n",
    "issue arms { keep, scrap }\n",
    "package big { arms scrap }\n",
    "value us { arms 3 { keep 0, scrap 1 } fallback 1 }\n",
    "play {\n",
    "us chooses m { a, b if ",
    "chance r { x 50 %, y 50 % }\n",
    "iran chooses n in 0 .. 1 step 0.5\n",
    "together {",
    "repeat 2 as i {",
    "if ",
    "} else {",
    "}\n",
    "{",
    "gain us ",
    "set s = ",
    "end war\n",
    "show m to us\n",
    "ask \"q\" ",
    "expect ",
    "compare ",
    " with ",
    " within ",
    "p(",
    "mean(",
    "value(us)",
    "worth(us, big)",
    "payoff(us)",
    "ever(",
    "round(",
    "fallback(us)",
    "m@1",
    "s@2",
    ")",
    "(",
    ",",
    ";",
    " == ",
    " != ",
    " < ",
    " + ",
    " * ",
    " / ",
    " ^ ",
    "-",
    " and ",
    " or ",
    " not ",
    " in {",
    " then ",
    " else ",
    " given ",
    "m",
    "a",
    "b",
    "s",
    "t",
    "x",
    "y",
    "i",
    "n",
    "r",
    "war",
    "big",
    "arms",
    "us",
    "iran",
    "f(",
    "g(",
    "outcome",
    "1",
    "0",
    "2.5",
    "50 %",
    "true",
    "1e308",
    "\"text\"",
    "use \"x\"\n",
    "as_of \"2025-03-31\"\n",
    "happened war on \"2025-01-01\" \"w\"\n",
    "~ normal(1, 1)\n",
    "secretly ",
    "seen by iran ",
    "# c\n",
    "..",
];

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(0..WORDS.len(), 0..80)
        .prop_map(|picked| picked.into_iter().map(|word| WORDS[word]).collect())
}

fn consistent(text: &str) -> Result<(), TestCaseError> {
    let loaded = load("soup", text, &NoFiles);
    let errors = loaded.diagnostics.iter().any(|d| d.code.starts_with('E'));
    prop_assert_eq!(loaded.scenario.is_none(), errors);
    let options = RenderOptions::default();
    prop_assert_eq!(
        render(&loaded.diagnostics, &loaded.sources, options).is_empty(),
        loaded.diagnostics.is_empty()
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn soup_is_checked(text in soup()) {
        consistent(&text)?;
    }

    #[test]
    fn soup_in_a_sound_frame_is_checked(expression in soup(), statement in soup()) {
        consistent(&format!(
            "actor us\nactor iran\noutcome war\nissue arms {{ keep, scrap }}\npackage big {{ arms scrap }}\n\
             value us {{ arms 1 {{ keep 0, scrap 1 }} }}\nstate s = 0\nfn f(x) = x\nlet b = {expression}\n\
             play {{ us chooses m {{ a, b }}\n{statement}\nend war }}\nask \"q\" {expression}\n"
        ))?;
    }

    #[test]
    fn any_text_is_checked(text in "\\PC*") {
        consistent(&text)?;
    }

    #[test]
    fn any_query_is_answered_or_refused(text in soup(), other in "\\PC*") {
        let scenario = load("s", "actor us\noutcome war\nstate s = 0\nfn f(x) = x\nplay { us chooses m { a, b }\nend war }\n", &NoFiles);
        let scenario = scenario.scenario.expect("sound");
        for text in [text, other] {
            for faults in [query::parse(&scenario, &text).err(), query::parse_check(&scenario, &text).err()].into_iter().flatten() {
                prop_assert!(!faults.1.is_empty());
                prop_assert!(!render(&faults.1, &faults.0, RenderOptions::default()).is_empty());
            }
        }
    }
}

/// About five megabytes of play, preferences and formulas.
fn large(statement: impl Fn(usize) -> String, declaration: impl Fn(usize) -> String) -> String {
    const BYTES: usize = 5 << 20;
    let mut head = String::from("actor us\nactor iran\noutcome war\nparam base = 2\n");
    let mut body = String::new();
    let mut i = 0;
    while head.len() + body.len() < BYTES {
        head.push_str(&declaration(i));
        body.push_str(&statement(i));
        i += 1;
    }
    format!("{head}play {{\n{body}end war\n}}\n")
}

fn timed(text: &str) -> (Loaded, Duration) {
    let start = Instant::now();
    let loaded = load("large", text, &NoFiles);
    let shown = render(
        &loaded.diagnostics,
        &loaded.sources,
        RenderOptions::default(),
    );
    let taken = start.elapsed();
    assert!(shown.len() < 1 << 20, "what is shown is bounded");
    (loaded, taken)
}

/// Bounds are loose, for slow and busy machines; anything quadratic takes hours.
const BOUND: Duration = Duration::from_secs(30);

#[test]
fn megabytes_of_sound_text_are_checked_in_linear_time() {
    let text = large(
        |i| {
            format!(
                "us chooses m{i} {{ a{i} \"A\", b if base > {i} {{ gain us l{i}, iran -base }} }}\nif m{i} == a{i} {{ gain us 1 }}\n"
            )
        },
        |i| {
            format!(
                "let l{i} = base + {}\n",
                if i == 0 {
                    "1".to_owned()
                } else {
                    format!("l{}", i - i % 50)
                }
            )
        },
    );
    let (loaded, taken) = timed(&text.replace("l0 = base + l0", "l0 = base"));
    assert!(
        !loaded.has_errors() || loaded.diagnostics[0].code == "E0206",
        "{:?}",
        loaded.diagnostics.first()
    );
    assert!(taken < BOUND, "{taken:?}");
}

#[test]
fn megabytes_of_mistakes_are_told_in_linear_time() {
    let text = large(
        |i| {
            format!(
                "us chooses m{i} {{ a, b, a }}\nif m{i} == c{i} {{ gain uss {i} * q{i} }}\nset x{i} = 1\n"
            )
        },
        |i| format!("param d{} = e{i}\n", i / 2),
    );
    let (loaded, taken) = timed(&text);
    assert!(loaded.has_errors());
    assert!(taken < BOUND, "{taken:?}");
}

#[test]
fn long_chains_and_circles_are_walked_in_linear_time() {
    let chain: String = (0..150_000)
        .map(|i| format!("let l{i} = l{}\n", i + 1))
        .collect();
    let (loaded, taken) = timed(&format!("{chain}let l150000 = 1\nparam p = l0\n"));
    assert_eq!(
        loaded.diagnostics.len(),
        1,
        "formulas so deep are refused where they are used"
    );
    assert_eq!(loaded.diagnostics[0].code, "E0604");
    assert!(taken < BOUND, "{taken:?}");
    let (loaded, taken) = timed(&format!("{chain}let l150000 = l0\n"));
    assert_eq!(loaded.diagnostics[0].code, "E0206");
    assert!(taken < BOUND, "{taken:?}");
}

#[test]
fn many_packages_that_leave_many_issues_open_are_told_in_linear_time() {
    let issues: String = (0..40_000)
        .map(|i| format!("issue i{i} {{ a, b }}\n"))
        .collect();
    let packages: String = (0..40_000)
        .map(|i| format!("package k{i} {{ i{i} a }}\n"))
        .collect();
    let (loaded, taken) = timed(&format!("{issues}{packages}"));
    assert_eq!(loaded.diagnostics[0].code, "E0218");
    assert!(taken < BOUND, "{taken:?}");
}

#[test]
fn the_deepest_text_that_can_be_read_needs_little_stack() {
    let deep = |n: usize| format!("{}1{}", "(1 + ".repeat(n), ")".repeat(n));
    let ifs =
        |n: usize, inner: &str| format!("{}{inner}{}", "if 1 > 0 { ".repeat(n), " }".repeat(n));
    let mut read = 0;
    for depth in [20, 40, 60, 90, 130, 190] {
        let text = format!(
            "actor us\noutcome war\nlet a = {}\nfn f(x) = {}\nplay {{ {}\nend war }}\nask \"q\" {}\n",
            deep(depth),
            deep(depth).replace('1', "x"),
            ifs(depth.min(95), &format!("gain us {}", deep(depth))),
            deep(depth)
        );
        let thread = std::thread::Builder::new().stack_size(1 << 20);
        let handle = thread
            .spawn(move || load("deep", &text, &NoFiles))
            .expect("a thread");
        read += usize::from(!handle.join().expect("no overflow").has_errors());
    }
    assert!(read >= 3, "deep texts are read at all: {read}");
}
