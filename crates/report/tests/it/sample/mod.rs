//! An invented crisis with all kinds of findings, to look at and to test renderings with.
//!
//! Nothing here was computed from a scenario: the numbers are made up so that they are plausible and agree with
//! each other (probabilities sum to 1, ranges hold their values). It is never part of the product.

mod doubt;
mod numbers;
mod play;

use detente_findings::model::*;
use doubt::doubt;
use numbers::{assumptions, deal, packages, tornado};
use play::{courses, decisions, flow};

/// Id, label, value, 5 % and 95 % quantile.
type Row = (&'static str, &'static str, f64, f64, f64);

const ENDINGS: [Row; 7] = [
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

const ACTORS: [Row; 4] = [
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
        tornado_base: None,
        doubt: Some(Doubt {
            why: Some("not solved to the precision wanted".to_string()),
            draws: 248,
            failed: 8,
            method: "256 draws from a Latin hypercube over 25 ranges".to_string(),
            most_likely: vec![0.09, 0.01, 0.68, 0.0, 0.19, 0.03, 0.0],
            ..doubt()
        }),
        packages: Some(packages()),
        deal: Some(deal()),
        lenses: None,
        assumptions: assumptions(),
        certificate: certificate(),
        equilibria: Some(equilibria()),
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

fn equilibria() -> EquilibriaFacts {
    EquilibriaFacts {
        found: 2,
        shown: "principal_branch".to_string(),
        why: "It is where play settles that starts from even odds.".to_string(),
        share: 0.75,
        searched: Searched {
            starts: 16,
            given_up: 1,
            status: "complete".to_string(),
            seconds: 1.4,
        },
        others: vec![OtherEquilibrium {
            share: 0.25,
            certificate: OtherCertificate {
                largest_gain: 1.1e-9,
                largest_relative_gain: 3.2e-11,
                largest_relative_gain_at_sets: 4.0e-8,
            },
            continuum: true,
            endings: vec![0.484, 0.112, 0.071, 0.058, 0.197, 0.0775, 0.0005],
            actors: vec![-4.1, -9.3, -2.2, 2.05],
            asks: asks()
                .iter()
                .map(|ask| ask.value.map(|v| v / 2.0))
                .collect(),
            differs: 0.3,
        }],
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

/// Question, query, answer, unit, 5 % and 95 % quantile.
type AskRow = (&'static str, &'static str, Option<f64>, Unit, f64, f64);

fn asks() -> Vec<Answer> {
    use Unit::{Number, Probability};
    #[rustfmt::skip]
    let rows: [AskRow; 12] = [
        ("Is any deal signed?", "p(ever(reply == accept))", Some(0.412), Probability, 0.21, 0.63),
        ("Does Iran cheat on a deal?", "p(programme == dash given ever(reply == accept))", Some(0.094), Probability, 0.031, 0.26),
        ("Does the United States walk out of a signed deal?", "p(walk_out == yes given ever(reply == accept))", Some(0.137), Probability, 0.06, 0.3),
        ("Is the offer by letter dismissed in the first round?", "p(reply@1 == dismiss given approach == letter)", Some(0.723), Probability, 0.55, 0.9),
        ("Would a threat be believed?", "p(resolve == real given threat == yes)", Some(0.618), Probability, 0.44, 0.79),
        ("Does the hard line in Tehran bring a government down that yields on everything?", "p(ousted == yes given package == surrender)", Some(0.66), Probability, 0.4, 0.88),
        ("How likely is a strike once covert work is found?", "p(outcome in {strike, war} given found == yes)", Some(0.871), Probability, 0.7, 0.97),
        ("Does Israel strike alone?", "p(israel_strikes == yes and us_strikes == no)", Some(0.066), Probability, 0.019, 0.13),
        ("What does Iranian crude do to the price of oil, in dollars a barrel?", "mean(price_change given relief == full)", Some(-2.84), Number, -8.9, -1.2),
        ("What is a deal worth to Iran?", "value(iran given outcome == deal_holds)", Some(31.6), Number, 18.4, 44.0),
        ("What is a deal worth to the Gulf states?", "value(gulf given outcome == deal_holds)", Some(4.12), Number, -1.9, 8.2),
        ("Does surrender end in a deal that fails?", "p(deal_fails given package == surrender and ousted == no)", None, Probability, 0.0, 0.0),
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
        applies: true,
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
