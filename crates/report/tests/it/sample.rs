//! An invented crisis with all kinds of findings, to look at and to test renderings with.
//!
//! Nothing here was computed from a scenario: the numbers are made up so that they are plausible and agree with
//! each other (probabilities sum to 1, ranges hold their values). It is never part of the product.

use detente_findings::model::*;

const ENDINGS: [(&str, &str, f64, f64, f64); 7] = [
    ("deal_holds", "A deal that holds", 0.184, 0.071, 0.342),
    ("deal_fails", "A deal that fails", 0.112, 0.043, 0.197),
    ("pressure", "Pressure without end", 0.371, 0.208, 0.533),
    ("breakout", "Covert breakout", 0.058, 0.014, 0.141),
    ("strike", "Limited strike", 0.197, 0.089, 0.352),
    ("war", "War", 0.0775, 0.021, 0.163),
    (
        "regime",
        "Change of regime in Tehran",
        0.0005,
        0.00002,
        0.0041,
    ),
];

const ACTORS: [(&str, &str, f64, f64, f64); 4] = [
    ("us", "United States", -6.42, -11.9, -1.3),
    ("iran", "Iran", -14.8, -27.5, -4.06),
    ("israel", "Israel", -3.17, -8.8, 2.45),
    ("gulf", "Gulf states", 1.26, -2.2, 4.9),
];

/// The whole sample.
pub fn findings() -> Findings {
    Findings {
        schema: SCHEMA.to_string(),
        version: "0.1.0".to_string(),
        scenario: scenario(),
        headlines: headlines(),
        endings: endings(),
        asks: asks(),
        actors: actors(),
        expects: expects(),
        base_rates: base_rates(),
        happened: happened(),
        flow: flow(),
        courses: courses(),
        decisions: decisions(),
        precision: precision(),
        tornado: tornado(),
        doubt: Some(Doubt {
            draws: 248,
            failed: 8,
            method: "256 draws from a Latin hypercube over 25 ranges".to_string(),
            most_likely: vec![0.09, 0.01, 0.68, 0.0, 0.19, 0.03, 0.0],
        }),
        packages: Some(packages()),
        assumptions: assumptions(),
        certificate: certificate(),
        game: GameFacts {
            nodes: 184_213,
            information_sets: 6_804,
            actors: 4,
            actions: 17_950,
            ends: 71_506,
            depth: 27,
            bytes: 10_684_354,
        },
        seconds: 18.43,
    }
}

/// What a run holds at the very least: one ending, one actor, no analysis that has to be asked for.
pub fn minimal() -> Findings {
    Findings {
        schema: SCHEMA.to_string(),
        version: "0.1.0".to_string(),
        scenario: ScenarioFacts {
            title: "Smallest".to_string(),
            file: "smallest.detente".to_string(),
            as_of: None,
            sources: vec![],
            notes: vec![],
            settings: vec![],
            seed: 0,
            text: "scenario \"Smallest\"\nactor a\noutcome x\nplay { end x }\n".to_string(),
        },
        headlines: vec![],
        endings: vec![Ending {
            id: "x".to_string(),
            label: "x".to_string(),
            probability: 1.0,
            low: None,
            high: None,
        }],
        asks: vec![],
        actors: vec![ActorValue {
            id: "a".to_string(),
            label: "a".to_string(),
            value: 0.0,
            low: None,
            high: None,
        }],
        expects: vec![],
        base_rates: vec![],
        happened: vec![],
        flow: Flow::default(),
        courses: vec![],
        decisions: vec![],
        precision: vec![],
        tornado: vec![],
        doubt: None,
        packages: None,
        assumptions: vec![],
        certificate: CertificateFacts {
            status: "converged".to_string(),
            sentence: "Nothing is left to gain.".to_string(),
            trustworthy: true,
            precision: None,
            largest_gain: 0.0,
            largest_relative_gain: 0.0,
            actors: vec![],
            largest_relative_gain_at_sets: 0.0,
            worst_set: None,
            residual: None,
        },
        game: GameFacts {
            nodes: 1,
            information_sets: 0,
            actors: 1,
            actions: 0,
            ends: 1,
            depth: 0,
            bytes: 64,
        },
        seconds: 0.001,
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

fn scenario() -> ScenarioFacts {
    ScenarioFacts {
        title: "Washington and Tehran, spring of a sample year".to_string(),
        file: "sample.detente".to_string(),
        as_of: Some("2025-03-31".to_string()),
        sources: strings(&["an invented crisis, made up to look at renderings"]),
        notes: strings(&[
            "Payoffs are on a scale where the end of pressure alone is worth 10 to Iran.",
        ]),
        settings: vec![("detection".to_string(), 0.85)],
        seed: 1,
        text: include_str!("sample.detente").to_string(),
    }
}

fn headlines() -> Vec<String> {
    strings(&[
        "Pressure without end is the most likely ending (37 %), ahead of a limited strike (20 %) and a deal that holds (18 %).",
        "A deal of any kind is signed in 41 % of courses; 28 % of the signed deals fail.",
        "War stays below one in six over all doubted numbers (5–95 %: 2.1 % to 16 %).",
        "What moves the endings most is the chance that a covert dash is found; next, what a war costs the United States.",
        "No actor could gain more than 0.01 % of its payoff range by deciding otherwise.",
    ])
}

fn endings() -> Vec<Ending> {
    ENDINGS
        .iter()
        .map(|&(id, label, probability, low, high)| Ending {
            id: id.to_string(),
            label: label.to_string(),
            probability,
            low: Some(low),
            high: Some(high),
        })
        .collect()
}

fn asks() -> Vec<Answer> {
    use Unit::{Number, Probability};
    let rows: [(&str, &str, Option<f64>, Unit, f64, f64); 12] = [
        (
            "Is any deal signed?",
            "p(ever(reply == accept))",
            Some(0.412),
            Probability,
            0.21,
            0.63,
        ),
        (
            "Does Iran cheat on a deal?",
            "p(programme == dash given ever(reply == accept))",
            Some(0.094),
            Probability,
            0.031,
            0.26,
        ),
        (
            "Does the United States walk out of a signed deal?",
            "p(walk_out == yes given ever(reply == accept))",
            Some(0.137),
            Probability,
            0.06,
            0.3,
        ),
        (
            "Is the offer by letter dismissed in the first round?",
            "p(reply@1 == dismiss given approach == letter)",
            Some(0.723),
            Probability,
            0.55,
            0.9,
        ),
        (
            "Would a threat be believed?",
            "p(resolve == real given threat == yes)",
            Some(0.618),
            Probability,
            0.44,
            0.79,
        ),
        (
            "Does the hard line in Tehran bring a government down that yields on everything?",
            "p(ousted == yes given package == surrender)",
            Some(0.66),
            Probability,
            0.4,
            0.88,
        ),
        (
            "How likely is a strike once covert work is found?",
            "p(outcome in {strike, war} given found == yes)",
            Some(0.871),
            Probability,
            0.7,
            0.97,
        ),
        (
            "Does Israel strike alone?",
            "p(israel_strikes == yes and us_strikes == no)",
            Some(0.066),
            Probability,
            0.019,
            0.13,
        ),
        (
            "What does Iranian crude do to the price of oil, in dollars a barrel?",
            "mean(price_change given relief == full)",
            Some(-2.84),
            Number,
            -8.9,
            -1.2,
        ),
        (
            "What is a deal worth to Iran?",
            "value(iran given outcome == deal_holds)",
            Some(31.6),
            Number,
            18.4,
            44.0,
        ),
        (
            "What is a deal worth to the Gulf states?",
            "value(gulf given outcome == deal_holds)",
            Some(4.12),
            Number,
            -1.9,
            8.2,
        ),
        (
            "Does surrender end in a deal that fails?",
            "p(deal_fails given package == surrender and ousted == no)",
            None,
            Probability,
            0.0,
            0.0,
        ),
    ];
    rows.into_iter()
        .map(|(question, query, value, unit, low, high)| Answer {
            question: question.to_string(),
            query: query.to_string(),
            value,
            unit,
            low: value.map(|_| low),
            high: value.map(|_| high),
        })
        .collect()
}

fn actors() -> Vec<ActorValue> {
    ACTORS
        .iter()
        .map(|&(id, label, value, low, high)| ActorValue {
            id: id.to_string(),
            label: label.to_string(),
            value,
            low: Some(low),
            high: Some(high),
        })
        .collect()
}

fn expects() -> Vec<Check> {
    let check = |text: &str, why: &str, holds, left, right| Check {
        text: text.to_string(),
        why: why.to_string(),
        holds,
        left,
        right,
    };
    vec![
        check(
            "p(war) < 25 %",
            "both sides lose most in a war",
            true,
            Some(0.0775),
            Some(0.25),
        ),
        check(
            "p(outcome == regime given approach == offer) < 0.01 %",
            "nobody falls over an offer",
            false,
            Some(0.0004),
            Some(0.0001),
        ),
        check(
            "value(iran given outcome == deal_holds) > value(iran)",
            "a deal that holds must be better for Iran than the play at large",
            true,
            Some(31.6),
            Some(-14.8),
        ),
    ]
}

fn base_rates() -> Vec<BaseRate> {
    let rate = |query: &str, value, rate, low, high, source: &str| BaseRate {
        query: query.to_string(),
        value: Some(value),
        rate,
        low,
        high,
        source: source.to_string(),
    };
    vec![
        rate(
            "p(outcome in {strike, war})",
            0.2745,
            0.43,
            Some(0.38),
            Some(0.48),
            "serious violence in crises since 1945 (International Crisis Behavior, n=377)",
        ),
        rate(
            "p(outcome in {strike, war})",
            0.2745,
            0.47,
            Some(0.36),
            Some(0.59),
            "the same with the United States as an actor (n=70)",
        ),
        rate(
            "p(ever(reply == accept))",
            0.412,
            0.36,
            None,
            None,
            "crises that ended in agreement (International Crisis Behavior, n=377)",
        ),
        rate(
            "p(outcome == deal_holds)",
            0.184,
            0.23,
            Some(0.2),
            Some(0.27),
            "target concedes to a sanctions challenge (TIES, n=633)",
        ),
    ]
}

fn happened() -> Vec<Happened> {
    vec![Happened {
        id: "strike".to_string(),
        label: "Limited strike".to_string(),
        date: "2025-06-22".to_string(),
        words: "the United States struck nuclear sites after nine days of Israeli strikes"
            .to_string(),
        probability: 0.197,
        brier: 0.83,
        log_score: 1.625,
    }]
}

fn flow() -> Flow {
    type Row<'a> = (usize, &'a str, f64, Option<&'a str>, Option<&'a str>);
    let rows: [Row; 19] = [
        (0, "letter with a deadline", 0.54, Some("us"), None),
        (0, "keep maximum pressure", 0.31, Some("us"), None),
        (0, "step-by-step offer", 0.15, Some("us"), None),
        (1, "dismiss", 0.48, Some("iran"), None),
        (1, "talk through Oman", 0.39, Some("iran"), None),
        (1, "accept outright", 0.13, Some("iran"), None),
        (2, "calm", 0.62, None, None),
        (2, "a shock weakens Iran", 0.38, None, None),
        (3, "hold the programme", 0.63, Some("iran"), None),
        (3, "work on in secret", 0.37, Some("iran"), None),
        (4, "strike", 0.24, Some("us"), None),
        (4, "no strike", 0.76, Some("us"), None),
        (5, "A deal that holds", 0.184, None, Some("deal_holds")),
        (5, "A deal that fails", 0.112, None, Some("deal_fails")),
        (5, "Pressure without end", 0.371, None, Some("pressure")),
        (5, "Covert breakout", 0.058, None, Some("breakout")),
        (5, "Limited strike", 0.197, None, Some("strike")),
        (5, "War", 0.0775, None, Some("war")),
        (
            5,
            "Change of regime in Tehran",
            0.0005,
            None,
            Some("regime"),
        ),
    ];
    let links: [(usize, usize, f64); 29] = [
        (0, 3, 0.3),
        (0, 4, 0.17),
        (0, 5, 0.07),
        (1, 3, 0.16),
        (1, 4, 0.14),
        (1, 5, 0.01),
        (2, 3, 0.02),
        (2, 4, 0.08),
        (2, 5, 0.05),
        (3, 6, 0.29),
        (3, 7, 0.19),
        (4, 6, 0.24),
        (4, 7, 0.15),
        (5, 6, 0.09),
        (5, 7, 0.04),
        (6, 8, 0.43),
        (6, 9, 0.19),
        (7, 8, 0.2),
        (7, 9, 0.18),
        (8, 10, 0.06),
        (8, 11, 0.57),
        (9, 10, 0.18),
        (9, 11, 0.19),
        (10, 16, 0.165),
        (10, 17, 0.0745),
        (10, 18, 0.0005),
        (11, 12, 0.184),
        (11, 13, 0.112),
        (11, 14, 0.371),
    ];
    let late = [(11, 15, 0.058), (11, 16, 0.032), (11, 17, 0.003)];
    Flow {
        stages: strings(&[
            "United States: approach",
            "Iran: reply",
            "Regional shock",
            "Iran: programme",
            "United States: reaction",
            "Ending",
        ]),
        nodes: rows
            .iter()
            .map(|&(stage, label, probability, actor, outcome)| FlowNode {
                stage,
                label: label.to_string(),
                probability,
                actor: actor.map(str::to_string),
                outcome: outcome.map(str::to_string),
            })
            .collect(),
        links: links
            .iter()
            .chain(&late)
            .map(|&(source, target, probability)| FlowLink {
                source,
                target,
                probability,
            })
            .collect(),
    }
}

fn step(
    actor: &str,
    words: &str,
    probability: f64,
    hidden: bool,
    round: Option<u32>,
) -> CourseStep {
    CourseStep {
        actor: (!actor.is_empty()).then(|| actor.to_string()),
        words: words.to_string(),
        probability,
        hidden,
        round,
    }
}

fn courses() -> Vec<Course> {
    let course = |probability, outcome: &str, payoffs: [f64; 4], steps| Course {
        probability,
        steps,
        outcome: outcome.to_string(),
        payoffs: payoffs.to_vec(),
    };
    vec![
        course(
            0.118,
            "pressure",
            [-4.0, -18.0, -1.0, 2.0],
            vec![
                step("", "Iran's economy is resilient", 0.55, true, None),
                step("us", "sends a letter with a deadline", 0.54, false, Some(1)),
                step("iran", "dismisses the letter", 0.72, false, Some(1)),
                step("", "no shock in the region", 0.62, false, Some(1)),
                step(
                    "iran",
                    "holds the programme where it is",
                    0.66,
                    true,
                    Some(1),
                ),
                step("us", "keeps maximum pressure", 0.58, false, Some(2)),
            ],
        ),
        course(
            0.081,
            "deal_holds",
            [12.0, 31.6, 3.0, 4.1],
            vec![
                step("", "Iran's economy is fragile", 0.45, true, None),
                step(
                    "us",
                    "offers relief in steps for a cap on enrichment",
                    0.15,
                    false,
                    Some(1),
                ),
                step("iran", "accepts", 0.44, false, Some(1)),
                step("us", "gets the deal past the Senate", 0.71, false, None),
                step("iran", "keeps to the cap", 0.906, true, None),
            ],
        ),
        course(
            0.064,
            "strike",
            [-9.0, -38.0, 4.0, -2.0],
            vec![
                step("", "Washington's threat is real", 0.4, true, None),
                step("us", "sends a letter with a deadline", 0.61, false, Some(1)),
                step("iran", "dismisses the letter", 0.7, false, Some(1)),
                step("iran", "works on in secret", 0.37, true, Some(2)),
                step("", "the work is found", 0.85, false, Some(2)),
                step("us", "bombs the sites", 0.79, false, Some(2)),
            ],
        ),
        course(
            0.033,
            "war",
            [-28.0, -61.0, -14.0, -17.0],
            vec![
                step("israel", "strikes alone", 0.12, false, Some(2)),
                step("iran", "answers with all it has", 0.31, false, Some(2)),
                step("us", "joins", 0.83, false, Some(2)),
            ],
        ),
    ]
}

fn decision(
    actor: &str,
    name: &str,
    variable: &str,
    reach: f64,
    options: &[(&str, f64, f64)],
    beliefs: &[(&str, f64)],
) -> Decision {
    let mean: f64 = options.iter().map(|o| o.1 * o.2).sum();
    let best = options
        .iter()
        .map(|o| o.2)
        .fold(f64::NEG_INFINITY, f64::max);
    Decision {
        actor: actor.to_string(),
        name: name.to_string(),
        variable: variable.to_string(),
        round: name.contains("round 2").then_some(2),
        reach,
        options: options
            .iter()
            .map(|&(label, probability, value)| DecisionOption {
                id: label.replace(' ', "_"),
                label: label.to_string(),
                probability,
                value,
            })
            .collect(),
        beliefs: beliefs
            .iter()
            .map(|&(words, probability)| Belief {
                words: words.to_string(),
                probability,
            })
            .collect(),
        gain: best - mean,
    }
}

fn decisions() -> Vec<Decision> {
    let fragile = [
        ("Iran's economy is resilient", 0.55),
        ("Iran's economy is fragile", 0.45),
    ];
    let bluff = [
        ("Washington's threat is real", 0.618),
        ("Washington bluffs", 0.382),
    ];
    vec![
        decision(
            "us",
            "United States (threat is real), at the start",
            "approach",
            0.4,
            &[
                ("letter with a deadline", 0.61, -5.9),
                ("keep maximum pressure", 0.22, -6.4),
                ("step-by-step offer", 0.09, -7.1),
                ("strike at once", 0.08, -7.2),
            ],
            &fragile,
        ),
        decision(
            "us",
            "United States (bluffing), at the start",
            "approach",
            0.6,
            &[
                ("letter with a deadline", 0.49, -6.0),
                ("keep maximum pressure", 0.37, -6.2),
                ("step-by-step offer", 0.14, -6.9),
            ],
            &fragile,
        ),
        decision(
            "iran",
            "Iran (resilient), round 1, after: United States sends a letter with a deadline",
            "reply",
            0.297,
            &[
                ("dismiss", 0.78, -13.1),
                ("talk through Oman", 0.2, -15.0),
                ("accept outright", 0.02, -19.6),
            ],
            &bluff,
        ),
        decision(
            "iran",
            "Iran (fragile), round 1, after: United States sends a letter with a deadline",
            "reply",
            0.243,
            &[
                ("dismiss", 0.66, -15.2),
                ("talk through Oman", 0.21, -16.8),
                ("accept outright", 0.13, -17.4),
            ],
            &bluff,
        ),
        decision(
            "iran",
            "Iran (resilient), round 1, after: United States keeps maximum pressure",
            "programme",
            0.17,
            &[
                ("hold the programme", 0.61, -16.2),
                ("work on in secret", 0.39, -16.9),
            ],
            &bluff,
        ),
        decision(
            "us",
            "United States (threat is real), round 2, after: Iran dismisses the letter",
            "reaction",
            0.176,
            &[
                ("bomb the sites", 0.46, -8.8),
                ("wait another round", 0.54, -8.6),
            ],
            &[("Iran works on in secret", 0.41), ("Iran holds", 0.59)],
        ),
        decision(
            "us",
            "United States (bluffing), round 2, after: Iran dismisses the letter",
            "reaction",
            0.212,
            &[
                ("bomb the sites", 0.05, -13.9),
                ("wait another round", 0.95, -7.7),
            ],
            &[("Iran holds", 0.59), ("Iran works on in secret", 0.41)],
        ),
        decision(
            "israel",
            "Israel, round 2, after: covert work is found, United States waits",
            "strike_alone",
            0.083,
            &[("strike", 0.71, -1.2), ("hold back", 0.29, -2.6)],
            &[
                ("Iran's economy is fragile", 0.52),
                ("Iran's economy is resilient", 0.48),
            ],
        ),
        decision(
            "israel",
            "Israel, round 1, after: United States offers relief in steps",
            "lobby",
            0.15,
            &[
                ("press the Senate to refuse", 0.64, -2.9),
                ("stay out", 0.36, -3.4),
            ],
            &[],
        ),
        decision(
            "gulf",
            "Gulf states, round 1, after: Iran dismisses the letter",
            "mediate",
            0.48,
            &[("carry messages", 0.73, 1.9), ("stand by", 0.27, 1.1)],
            &bluff,
        ),
        decision(
            "gulf",
            "Gulf states, round 2, after: relief in full",
            "output",
            0.184,
            &[
                ("cut to hold the price", 0.51, 3.3),
                ("leave output as it is", 0.49, 3.3),
            ],
            &[],
        ),
        decision(
            "iran",
            "Iran (fragile), round 2, after: a deal is signed",
            "programme",
            0.21,
            &[
                ("keep to the cap", 0.94, 29.8),
                ("work on in secret", 0.06, 17.5),
            ],
            &[
                ("Washington will stay in", 0.863),
                ("Washington will walk out", 0.137),
            ],
        ),
        decision(
            "iran",
            "Iran (resilient), round 2, after: a deal is signed",
            "programme",
            0.202,
            &[
                ("keep to the cap", 0.87, 27.2),
                ("work on in secret", 0.13, 20.1),
            ],
            &[
                ("Washington will stay in", 0.863),
                ("Washington will walk out", 0.137),
            ],
        ),
        decision(
            "us",
            "United States, round 2, after: covert work is found",
            "reaction",
            0.0007,
            &[
                ("bomb the sites", 0.999, -8.1),
                ("wait another round", 0.001, -22.4),
            ],
            &[
                ("Iran's economy is fragile", 0.7),
                ("Iran's economy is resilient", 0.3),
            ],
        ),
    ]
}

fn precision() -> Vec<PrecisionPoint> {
    let random = [0.08, 0.15, 0.17, 0.16, 0.2, 0.2, 0.04];
    (0..40)
        .map(|i| {
            let t = f64::from(i) / 39.0;
            let precision = if i == 0 {
                0.0
            } else {
                10f64.powf(-1.5 + 4.0 * t)
            };
            // A hump in the middle keeps the picture from being two straight lines.
            let ease = t * t * (3.0 - 2.0 * t);
            let hump = 0.09 * (std::f64::consts::PI * t).sin();
            let mut endings: Vec<f64> = ENDINGS
                .iter()
                .zip(random)
                .map(|(end, start)| start + (end.2 - start) * ease)
                .collect();
            endings[4] += hump;
            endings[2] -= hump;
            let spread = |i: usize, start: f64| start + (ACTORS[i].2 - start) * ease;
            PrecisionPoint {
                precision,
                endings,
                actors: vec![
                    spread(0, -13.0),
                    spread(1, -29.0),
                    spread(2, -9.5),
                    spread(3, -4.0),
                ],
                largest_relative_gain: 0.31 * (1.0 - ease) + 0.0001,
            }
        })
        .collect()
}

fn tornado() -> Vec<TornadoRow> {
    assumptions()
        .into_iter()
        .enumerate()
        .map(|(i, a)| {
            let size = 0.16 / (1.0 + i as f64 * 0.45);
            let sign = if i % 3 == 1 { -1.0 } else { 1.0 };
            // Probability moves between two endings, so that the rows still sum to 1.
            let moved = |by: f64| {
                let mut e: Vec<f64> = ENDINGS.iter().map(|e| e.2).collect();
                let (from, to) = [(2, 4), (4, 0), (0, 5), (2, 0)][i % 4];
                let by = by.clamp(-e[to] * 0.9, e[from] * 0.9);
                e[from] -= by;
                e[to] += by;
                e
            };
            let asked = |by: f64| {
                asks()
                    .iter()
                    .enumerate()
                    .map(|(k, ask)| {
                        let reach = if k % 4 == i % 4 { 1.0 } else { 0.2 };
                        ask.value.map(|v| match ask.unit {
                            Unit::Probability => (v + by * reach).clamp(0.0, 1.0),
                            Unit::Number => v + 20.0 * by * reach,
                        })
                    })
                    .collect()
            };
            TornadoRow {
                param: a.id,
                base: a.value,
                low: a.low.unwrap_or(a.value),
                high: a.high.unwrap_or(a.value),
                percent: a.percent,
                at_low: (i != 7).then(|| moved(-sign * size)),
                at_high: Some(moved(sign * size * 0.8)),
                asks_at_low: (i != 7).then(|| asked(-sign * size)),
                asks_at_high: Some(asked(sign * size * 0.8)),
                swing: size,
            }
        })
        .collect()
}

fn packages() -> Packages {
    let issues = [
        (
            "enrichment",
            "Enrichment",
            vec!["zero", "cap at 3.67 %", "cap at 20 %"],
            [0.45, 0.3, 0.5],
            [[1.0, 0.7, 0.2], [0.0, 0.75, 1.0], [1.0, 0.45, 0.0]],
        ),
        (
            "relief",
            "Relief from sanctions",
            vec!["none", "in steps", "in full"],
            [0.2, 0.4, 0.1],
            [[1.0, 0.7, 0.2], [0.0, 0.6, 1.0], [1.0, 0.6, 0.0]],
        ),
        (
            "missiles",
            "Missiles",
            vec!["open", "range limit"],
            [0.15, 0.2, 0.25],
            [[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]].map(|s| [s[0], s[1], 0.0]),
        ),
        (
            "militias",
            "Militias",
            vec!["untouched", "no new arms", "disband"],
            [0.2, 0.1, 0.15],
            [[0.0, 0.6, 1.0], [1.0, 0.5, 0.0], [0.0, 0.6, 1.0]],
        ),
    ];
    let fallback = [0.46, 0.44, 0.38];
    let names: [(&str, [usize; 4]); 4] = [
        ("Back to the deal of 2015", [1, 2, 0, 0]),
        ("Cap for relief in steps", [1, 1, 0, 1]),
        ("Grand bargain", [1, 2, 1, 1]),
        ("Surrender", [0, 0, 1, 2]),
    ];
    let value = |choices: &[usize; 4]| -> Vec<f64> {
        (0..3)
            .map(|a| {
                issues
                    .iter()
                    .zip(choices)
                    .map(|(issue, &o)| issue.3[a] * issue.4[a][o])
                    .sum()
            })
            .collect()
    };
    let mut all: Vec<[usize; 4]> = Vec::new();
    for a in 0..3 {
        for b in 0..3 {
            for c in 0..2 {
                for d in 0..3 {
                    all.push([a, b, c, d]);
                }
            }
        }
    }
    let efficient = |v: &[f64]| {
        !all.iter()
            .map(value)
            .any(|w| w.iter().zip(v).all(|(w, v)| w >= v) && w.iter().zip(v).any(|(w, v)| w > v))
    };
    let point = |choices: &[usize; 4]| {
        let values = value(choices);
        PackagePoint {
            label: names
                .iter()
                .find(|n| n.1 == *choices)
                .map(|n| n.0.to_string()),
            choices: choices.to_vec(),
            acceptable_to_all: values.iter().zip(fallback).all(|(v, f)| *v >= f),
            efficient: efficient(&values),
            values,
        }
    };
    let points: Vec<PackagePoint> = all.iter().map(point).collect();
    Packages {
        actors: (0..3)
            .map(|a| PackageActor {
                id: ACTORS[a].0.to_string(),
                label: ACTORS[a].1.to_string(),
                fallback: fallback[a],
                weights: issues.iter().map(|i| i.3[a]).collect(),
            })
            .collect(),
        issues: issues
            .iter()
            .map(|i| PackageIssue {
                id: i.0.to_string(),
                label: i.1.to_string(),
                options: strings(&i.2),
            })
            .collect(),
        named: names.iter().map(|n| point(&n.1)).collect(),
        count: points.len() as u64,
        acceptable_to_all: points.iter().filter(|p| p.acceptable_to_all).count() as u64,
        all: points,
    }
}

fn assumptions() -> Vec<Assumption> {
    let rows: [(&str, f64, f64, f64, &str, bool); 25] = [
        (
            "detection",
            0.85,
            0.5,
            0.99,
            "chance that a covert dash is found within a round; judgement after the record of 2002 and 2009",
            true,
        ),
        (
            "war_us",
            20.0,
            5.0,
            40.0,
            "what a war costs the United States; judgement",
            false,
        ),
        (
            "resolve_real",
            0.4,
            0.15,
            0.7,
            "chance that Washington would really strike; judgement",
            true,
        ),
        (
            "war_iran",
            45.0,
            20.0,
            70.0,
            "what a war costs Iran; judgement",
            false,
        ),
        (
            "relief_value",
            18.0,
            8.0,
            30.0,
            "what full relief is worth to Iran in a year, from exports of 1.5 to 2.5 mb/d and a discount of 8 to 1 $/b",
            false,
        ),
        (
            "economy_fragile",
            0.45,
            0.2,
            0.75,
            "chance that the economy cannot bear another year; World Bank growth 2018–19",
            true,
        ),
        (
            "audience_us",
            6.0,
            1.0,
            12.0,
            "what backing down after a public threat costs at home; judgement",
            false,
        ),
        (
            "supply_elasticity",
            0.1,
            0.015,
            0.15,
            "short-run elasticity of world oil supply; Kilian & Murphy, Baumeister & Hamilton, Caldara et al.",
            false,
        ),
        (
            "demand_elasticity",
            -0.14,
            -0.35,
            -0.05,
            "short-run elasticity of world oil demand; the same",
            false,
        ),
        (
            "renege",
            0.2,
            0.05,
            0.5,
            "chance in a year that Washington walks out of a signed deal; after 2018",
            true,
        ),
        (
            "senate",
            0.71,
            0.4,
            0.9,
            "chance that a signed deal passes the Senate; judgement",
            true,
        ),
        (
            "ousted_if_surrender",
            0.66,
            0.4,
            0.9,
            "chance that a government which yields on everything falls; judgement",
            true,
        ),
        (
            "shock",
            0.38,
            0.2,
            0.6,
            "chance of a regional shock in a round; count of 2019 to 2025",
            true,
        ),
        (
            "shock_size",
            5.0,
            2.0,
            9.0,
            "what a shock takes from Iran's strength; judgement",
            false,
        ),
        (
            "israel_strike_cost",
            7.0,
            3.0,
            15.0,
            "what striking alone costs Israel; judgement",
            false,
        ),
        (
            "israel_fear",
            22.0,
            10.0,
            40.0,
            "what an Iranian weapon is worth to Israel, negative; judgement",
            false,
        ),
        (
            "gulf_offset",
            0.5,
            0.0,
            1.0,
            "share of new Iranian oil that Gulf exporters offset; judgement",
            true,
        ),
        (
            "oil_price",
            70.0,
            60.0,
            85.0,
            "dollars a barrel, end of March 2025",
            false,
        ),
        (
            "iran_exports",
            1.7,
            1.4,
            2.0,
            "million barrels a day, early 2025",
            false,
        ),
        (
            "discount",
            3.0,
            1.0,
            8.0,
            "dollars a barrel under Brent, March 2025",
            false,
        ),
        (
            "bomb",
            60.0,
            30.0,
            90.0,
            "what a weapon is worth to Iran; judgement",
            false,
        ),
        (
            "bomb_us",
            60.0,
            30.0,
            90.0,
            "what an Iranian weapon costs the United States; judgement",
            false,
        ),
        (
            "ties",
            0.35,
            0.1,
            0.6,
            "how much Gulf ties soften isolation; judgement",
            true,
        ),
        (
            "blunt",
            0.3,
            0.1,
            0.5,
            "what an ultimatum costs in Iranian pride, share of relief; judgement",
            true,
        ),
        (
            "patience",
            0.95,
            0.9,
            0.99,
            "weight of the next round; usual in the literature",
            true,
        ),
    ];
    rows.iter()
        .map(|&(id, value, low, high, source, percent)| Assumption {
            id: id.to_string(),
            value,
            low: Some(low),
            high: Some(high),
            distribution: "uniform".to_string(),
            source: source.to_string(),
            percent,
            set: id == "detection",
        })
        .collect()
}

fn certificate() -> CertificateFacts {
    let gains = [
        (0.0021, 52.0),
        (0.0063, 91.6),
        (0.0008, 44.0),
        (0.0002, 31.5),
    ];
    CertificateFacts {
        status: "converged".to_string(),
        sentence: "The path was followed until no actor could gain more than 0.01 % of its payoff range by deciding otherwise.".to_string(),
        trustworthy: true,
        precision: Some(316.2),
        largest_gain: 0.0063,
        largest_relative_gain: 0.0063 / 91.6,
        actors: ACTORS
            .iter()
            .zip(gains)
            .map(|(a, (gain, payoff_range))| ActorCertificate {
                id: a.0.to_string(),
                gain,
                relative_gain: gain / payoff_range,
                payoff_range,
            })
            .collect(),
        largest_relative_gain_at_sets: 0.00043,
        worst_set: Some("Israel, round 2, after: covert work is found, United States waits".to_string()),
        residual: Some(2.4e-13),
    }
}
