//! Models from the literature with known solutions.

use crate::games::{at_raw_precision, close, game, limit, p, threat_game, two_by_two};

/// How far the limit may be from the formula.
const LIMIT: f64 = 1e-5;

#[test]
fn inspection_game() {
    // Avenhaus, von Stengel & Zamir (2002).
    let g = two_by_two(
        ["inspect", "not"],
        ["comply", "violate"],
        [[-1.0, 0.0], [-4.0, -9.0], [0.0, 0.0], [-10.0, 6.0]],
    );
    let s = limit(&g);
    close(p(&g, &s, "column", "violate"), 1.0 / 7.0, LIMIT);
    close(p(&g, &s, "row", "inspect"), 0.4, LIMIT);
}

#[test]
fn bluffing_in_a_crisis() {
    // Fearon (1994), Schultz (1998): q strong, d the target's loss in war, a the audience cost, w a war's worth.
    for (q, d, a, w) in [
        (0.3, 0.5, 0.4, 0.2),
        (0.2, 0.9, 0.7, 0.1),
        (0.45, 0.3, 0.25, 0.05),
    ] {
        let weak = 1.0 - q;
        let g = game(&format!(
            r#"EFG 2 R "bluff" {{ "A" "T" }}
            c "" 1 "" {{ "strong" {q} "weak" {weak} }} 0
            p "" 1 1 "strong" {{ "quiet" "threat" }} 0
            t "" 1 "" {{ 0 1 }}
            p "" 2 1 "target" {{ "concede" "resist" }} 0
            t "" 2 "" {{ 1 0 }}
            t "" 3 "" {{ {w} -{d} }}
            p "" 1 2 "weak" {{ "quiet" "threat" }} 0
            t "" 1 ""
            p "" 2 1 "target" 0
            t "" 2 ""
            t "" 4 "" {{ -{a} 1 }}"#
        ));
        let s = limit(&g);
        close(p(&g, &s, "strong", "threat"), 1.0, LIMIT);
        close(p(&g, &s, "weak", "threat"), q * d / (1.0 - q), LIMIT);
        close(p(&g, &s, "target", "resist"), 1.0 / (1.0 + a), LIMIT);
    }
}

#[test]
fn hidden_build_up() {
    // After Debs & Monteiro (2014).
    for (c, m, b, k, g, w) in [
        (20.0, 10.0, 60.0, 10.0, 40.0, 45.0),
        (15.0, 5.0, 90.0, 12.0, 30.0, 20.0),
    ] {
        let game = game(&format!(
            r#"EFG 2 R "build-up" {{ "I" "U" }}
            p "" 1 1 "invest" {{ "yes" "no" }} 0
            p "" 2 1 "react" {{ "strike" "wait" }} 0
            t "" 1 "" {{ {} -{c} }}
            t "" 2 "" {{ {} -{b} }}
            p "" 2 1 "react" 0
            t "" 3 "" {{ -{w} {} }}
            t "" 4 "" {{ 0 0 }}"#,
            -w - k,
            g - k,
            -c - m
        ));
        let s = limit(&game);
        close(p(&game, &s, "invest", "yes"), (c + m) / (b + m), LIMIT);
        close(p(&game, &s, "react", "strike"), 1.0 - k / g, LIMIT);
    }
}

#[test]
fn chicken_stays_symmetric() {
    // Schelling (1966): the principal branch of a symmetric game is symmetric, past the bifurcation too.
    for cost in [10.0, 3.0, 50.0] {
        let g = two_by_two(
            ["swerve", "straight"],
            ["swerve", "straight"],
            [[0.0, 0.0], [-1.0, 1.0], [1.0, -1.0], [-cost, -cost]],
        );
        let s = limit(&g);
        close(p(&g, &s, "row", "straight"), 1.0 / cost, LIMIT);
        close(p(&g, &s, "column", "straight"), 1.0 / cost, LIMIT);
    }
}

#[test]
fn strategic_logit() {
    // Signorino (1999).
    let g = game(
        r#"EFG 2 R "" { "A" "B" }
        p "" 1 1 "a" { "quo" "challenge" } 0
        t "" 1 "" { 0 0 }
        p "" 2 1 "b" { "concede" "resist" } 0
        t "" 2 "" { 2 -2 }
        t "" 3 "" { -1 -1 }"#,
    );
    let s = at_raw_precision(&g, 1.0);
    close(p(&g, &s, "b", "resist"), 0.731_058_578_630_004_9, 1e-12);
    close(p(&g, &s, "a", "challenge"), 0.451_856, 1e-6);
}

#[test]
fn threat_game_at_its_limit() {
    let g = threat_game(0.3);
    let s = limit(&g);
    close(p(&g, &s, "resolute", "threat"), 1.0, LIMIT);
    close(p(&g, &s, "irresolute", "threat"), 3.0 / 7.0, LIMIT);
    close(p(&g, &s, "iran", "resist"), 2.0 / 3.0, LIMIT);
    close(p(&g, &s, "irresolute acts", "strike"), 0.0, LIMIT);
    close(p(&g, &s, "resolute acts", "strike"), 1.0, LIMIT);
    // Above the critical share of resolute senders all threaten and the target concedes.
    let g = threat_game(0.6);
    let s = limit(&g);
    close(p(&g, &s, "irresolute", "threat"), 1.0, LIMIT);
    close(p(&g, &s, "iran", "concede"), 1.0, LIMIT);
}

#[test]
fn threat_game_at_three_precisions() {
    // V21: threat if resolute, threat if irresolute, resist; strike if resolute, strike if irresolute.
    let rows = [
        (
            1.0,
            [
                0.573_595_77,
                0.526_277_54,
                0.529_848_79,
                0.574_442_52,
                0.377_540_67,
            ],
        ),
        (
            5.0,
            [
                0.587_781_25,
                0.333_220_37,
                0.740_431_48,
                0.817_574_48,
                0.075_858_18,
            ],
        ),
        (
            20.0,
            [
                0.978_666_90,
                0.448_829_33,
                0.673_503_20,
                0.997_527_38,
                0.000_045_40,
            ],
        ),
    ];
    let g = threat_game(0.3);
    for (lambda, expected) in rows {
        let s = at_raw_precision(&g, lambda);
        let found = [
            p(&g, &s, "resolute", "threat"),
            p(&g, &s, "irresolute", "threat"),
            p(&g, &s, "iran", "resist"),
            p(&g, &s, "resolute acts", "strike"),
            p(&g, &s, "irresolute acts", "strike"),
        ];
        for (found, expected) in found.into_iter().zip(expected) {
            close(found, expected, 1e-7);
        }
    }
}

#[test]
fn stripped_down_poker() {
    let g = game(
        r#"EFG 2 R "" { "Alice" "Bob" }
        c "" 1 "" { "king" 1/2 "queen" 1/2 } 0
        p "" 1 1 "king" { "bet" "fold" } 0
        p "" 2 1 "bob" { "call" "pass" } 0
        t "" 1 "" { 2 -2 }
        t "" 2 "" { 1 -1 }
        t "" 3 "" { -1 1 }
        p "" 1 2 "queen" { "bet" "fold" } 0
        p "" 2 1 "bob" 0
        t "" 4 "" { -2 2 }
        t "" 2 ""
        t "" 3 """#,
    );
    let s = at_raw_precision(&g, 1.0);
    close(p(&g, &s, "king", "bet"), 0.931_785_430_087, 1e-11);
    close(p(&g, &s, "queen", "bet"), 0.539_086_796_141, 1e-11);
    close(p(&g, &s, "bob", "call"), 0.614_444_385_852, 1e-11);
    let s = limit(&g);
    close(p(&g, &s, "queen", "bet"), 1.0 / 3.0, LIMIT);
    close(p(&g, &s, "bob", "call"), 2.0 / 3.0, LIMIT);
}

#[test]
fn backward_induction_in_the_centipede() {
    // Rosenthal (1981): whoever moves first takes at once.
    let g = game(
        r#"EFG 2 R "" { "1" "2" }
        p "" 1 1 "one" { "take" "pass" } 0
        t "" 1 "" { 2 1 }
        p "" 2 1 "two" { "take" "pass" } 0
        t "" 2 "" { 1 4 }
        p "" 1 2 "three" { "take" "pass" } 0
        t "" 3 "" { 5 3 }
        t "" 4 "" { 4 8 }"#,
    );
    let s = limit(&g);
    for set in ["one", "two", "three"] {
        close(p(&g, &s, set, "take"), 1.0, LIMIT);
    }
}
