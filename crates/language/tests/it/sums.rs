//! Sums, products, binomial coefficients, and formulas that call themselves.

use detente_language::check::load;
use detente_language::eval::{NoPath, bind, compile, constant};
use detente_language::query;
use detente_language::scenario::{Expr, ExprKind, Scenario};
use detente_language::source::NoFiles;
use proptest::prelude::*;

fn scenario(text: &str) -> Scenario {
    let loaded = load("test.detente", text, &NoFiles);
    loaded
        .scenario
        .unwrap_or_else(|| panic!("{:#?}", loaded.diagnostics))
}

/// The value of a formula behind declarations, or the code of what is wrong with it.
fn value(declarations: &str, formula: &str) -> Result<f64, &'static str> {
    let scenario = scenario(declarations);
    let settings = bind(&scenario, &[]).map_err(|faults| faults[0].code)?;
    let query = query::parse(&scenario, formula).map_err(|(_, found)| found[0].code)?;
    constant(&scenario, &settings, &query).map_err(|fault| fault.code)
}

#[test]
fn sums_and_products_run_over_their_range() {
    for (formula, wanted) in [
        ("sum(i in 1 .. 100: i)", 5050.0),
        ("product(i in 1 .. 5: i)", 120.0),
        ("sum(i in 3 .. 2: 1 / 0)", 0.0),
        ("product(i in 3 .. 2: i)", 1.0),
        ("sum(x in 0 .. 1 step 0.1: 1)", 11.0),
        ("max(x in 0 % .. 100 % step 1 %: x * (1 - x))", 0.25),
        ("min(i in -3 .. 3: (i - 1) ^ 2)", 0.0),
        ("sum(i in 1 .. 3: sum(j in i .. 3: i * j))", 25.0),
        (
            "sum(i in 1 .. 3: if i == 2 then 0 else product(i in 1 .. 2: i))",
            4.0,
        ),
        ("sum(i in 1 .. n: half(i))", 3.0),
        ("upto(4) + upto(2)", 13.0),
        ("argmax(x in 0 .. 1 step 0.25: x * (1 - x))", 0.5),
        ("argmin(i in -3 .. 3: abs(i - 1) + n)", 1.0),
        ("argmax(i in 1 .. 3: 7)", 1.0),
        ("sum(x in 0 .. 1 step 0.1: if x == 0.3 then 1 else 0)", 1.0),
        ("2 * sum(i in 1 .. 2: cost[i]) + max(1, 2)", 62.0),
    ] {
        let declarations = "param n = 3\nfn half(i) = i / 2\nfn upto(n) = sum(i in 1 .. n: i)\n\
                            table cost by i { 1: 10, 2: 20 }\n";
        assert_eq!(value(declarations, formula), Ok(wanted), "{formula}");
    }
    // As many terms as a fine grid has are no matter, nor are sums of sums.
    assert_eq!(value("", "sum(i in 1 .. 50000: 1)"), Ok(50_000.0));
    assert_eq!(
        value("", "sum(i in 1 .. 500: sum(j in 1 .. 500: 1))"),
        Ok(250_000.0)
    );
}

#[test]
fn senseless_sums_are_told() {
    for (formula, code) in [
        ("sum(i in 1 .. 1e9: i)", "E0604"),
        ("sum(i in 1 .. 3000: sum(j in 1 .. 3000: 1))", "E0604"),
        ("sum(i in 1 .. 3 step 0: i)", "E0508"),
        ("sum(i in 0 .. 3: 1 / i)", "E0503"),
        ("max(i in 3 .. 1: i)", "E0507"),
        ("sum(1, 2)", "E0209"),
        ("argmax(i in 3 .. 1: i)", "E0507"),
        ("sum(n in 1 .. 3: n)", "E0201"),
        ("sum(i in 1 .. 3: p(war))", "E0207"),
        ("sum(i in 1 .. 3: true)", "E0301"),
        ("choose(3.5, 2)", "E0503"),
        ("choose(5, -1)", "E0503"),
    ] {
        let declarations = "param n = 3\noutcome war\nplay { end war }\n";
        assert_eq!(value(declarations, formula), Err(code), "{formula}");
    }
}

#[test]
fn ranges_are_the_same_on_every_path() {
    let play = "actor us\noutcome war\nfn upto(n) = sum(i in 1 .. n: i)\nplay { repeat 3 as r { us chooses x { a, b } gain us SUM } end war }\n";
    let codes = |sum: &str| {
        let loaded = load("test.detente", &play.replace("SUM", sum), &NoFiles);
        let codes: Vec<&str> = loaded.diagnostics.iter().map(|d| d.code).collect();
        codes
    };
    assert_eq!(codes("sum(i in 1 .. r: i)"), ["E0306"]);
    assert!(codes("sum(i in 1 .. 3: if i <= r then i else 0)").is_empty());
}

#[test]
fn formulas_may_call_themselves() {
    let declarations = "fn factorial(n) = if n <= 0 then 1 else n * factorial(n - 1)\n\
        fn fibonacci(n) = if n < 2 then n else fibonacci(n - 1) + fibonacci(n - 2)\n\
        fn endless(n) = endless(n + 1)\n\
        fn plain(n) = if n == 0 then 7 else plain(n - 1)\n\
        let f = factorial(5)\n";
    assert_eq!(value(declarations, "f"), Ok(120.0));
    // Each value is computed once.
    assert_eq!(
        value(declarations, "fibonacci(78)"),
        Ok(8_944_394_323_791_464.0)
    );
    assert_eq!(value(declarations, "plain(150)"), Ok(7.0));
    assert_eq!(value(declarations, "endless(1)"), Err("E0604"));
    assert_eq!(value(declarations, "factorial(300)"), Err("E0604"));
}

#[test]
fn deep_formulas_overflow_no_stack() {
    // As deep as formulas and expressions may be, in a thread with the usual stack of 2 MiB.
    let sum = " + 1".repeat(190);
    let mut text = String::from("let a0 = 1\n");
    for i in 1..190 {
        text.push_str(&format!("let a{i} = a{}{sum}\n", i - 1));
    }
    text.push_str(&format!(
        "fn g(n, x) = if n == 0 then x else g(n - 1, x{sum})\nactor us\noutcome war\n\
        play {{ repeat 2 as i {{ us chooses c {{ a, b }} }} gain us 1; end war }}\n"
    ));
    let handle = std::thread::Builder::new()
        .stack_size(2 << 20)
        .spawn(move || {
            let scenario = scenario(&text);
            let settings = bind(&scenario, &[]).expect("no parameters");
            let code = |formula: &str| {
                let query = query::parse(&scenario, formula).expect("a number");
                constant(&scenario, &settings, &query).map_err(|fault| fault.code)
            };
            let gain = query::parse(&scenario, "mean(g(150, if c == a then 1 else 2))");
            let ExprKind::Mean(gain, _) = gain.expect("a query").kind else {
                return [Ok(0.0); 3];
            };
            let small = query::parse(&scenario, "mean(g(8, if c == a then 1 else 2))");
            let ExprKind::Mean(small, _) = small.expect("a query").kind else {
                return [Ok(0.0); 3];
            };
            let size = |gain: &Expr| {
                let code = compile(&scenario, &settings, gain).map_err(|fault| fault.code)?;
                code.eval(&NoPath).map_err(|_| "")
            };
            [code("a189"), size(&gain), size(&small)]
        })
        .expect("a thread");
    let found = handle.join().expect("no overflow");
    assert_eq!(found[..2], [Err("E0604"); 2]);
    // Without a path, `c` is not `a`.
    assert_eq!(found[2], Ok(2.0 + 8.0 * 190.0));
}

proptest! {
    #[test]
    fn binomials_follow_pascal(n in 1u32..60, k in 1u32..60) {
        let choose = |n: u32, k: u32| value("", &format!("choose({n}, {k})")).expect("a number");
        let (whole, parts) = (choose(n, k), choose(n - 1, k - 1) + choose(n - 1, k));
        prop_assert!((whole - parts).abs() <= 1e-12 * whole, "{n} {k}: {whole} {parts}");
    }
}
