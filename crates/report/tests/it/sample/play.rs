//! How the invented crisis goes.

use detente_findings::model::*;

use super::strings;

pub(super) fn flow() -> Flow {
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

pub(super) fn courses() -> Vec<Course> {
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

#[rustfmt::skip]
pub(super) fn decisions() -> Vec<Decision> {
    let fragile = [
        ("Iran's economy is resilient", 0.55),
        ("Iran's economy is fragile", 0.45),
    ];
    let bluff = [
        ("Washington's threat is real", 0.618),
        ("Washington bluffs", 0.382),
    ];
    vec![
        decision("us", "United States (threat is real), at the start", "approach", 0.4, &[("letter with a deadline", 0.61, -5.9), ("keep maximum pressure", 0.22, -6.4), ("step-by-step offer", 0.09, -7.1), ("strike at once", 0.08, -7.2)], &fragile),
        decision("us", "United States (bluffing), at the start", "approach", 0.6, &[("letter with a deadline", 0.49, -6.0), ("keep maximum pressure", 0.37, -6.2), ("step-by-step offer", 0.14, -6.9)], &fragile),
        decision("iran", "Iran (resilient), round 1, after: United States sends a letter with a deadline", "reply", 0.297, &[("dismiss", 0.78, -13.1), ("talk through Oman", 0.2, -15.0), ("accept outright", 0.02, -19.6)], &bluff),
        decision("iran", "Iran (fragile), round 1, after: United States sends a letter with a deadline", "reply", 0.243, &[("dismiss", 0.66, -15.2), ("talk through Oman", 0.21, -16.8), ("accept outright", 0.13, -17.4)], &bluff),
        decision("iran", "Iran (resilient), round 1, after: United States keeps maximum pressure", "programme", 0.17, &[("hold the programme", 0.61, -16.2), ("work on in secret", 0.39, -16.9)], &bluff),
        decision("us", "United States (threat is real), round 2, after: Iran dismisses the letter", "reaction", 0.176, &[("bomb the sites", 0.46, -8.8), ("wait another round", 0.54, -8.6)], &[("Iran works on in secret", 0.41), ("Iran holds", 0.59)]),
        decision("us", "United States (bluffing), round 2, after: Iran dismisses the letter", "reaction", 0.212, &[("bomb the sites", 0.05, -13.9), ("wait another round", 0.95, -7.7)], &[("Iran holds", 0.59), ("Iran works on in secret", 0.41)]),
        decision("israel", "Israel, round 2, after: covert work is found, United States waits", "strike_alone", 0.083, &[("strike", 0.71, -1.2), ("hold back", 0.29, -2.6)], &[("Iran's economy is fragile", 0.52), ("Iran's economy is resilient", 0.48)]),
        decision("israel", "Israel, round 1, after: United States offers relief in steps", "lobby", 0.15, &[("press the Senate to refuse", 0.64, -2.9), ("stay out", 0.36, -3.4)], &[]),
        decision("gulf", "Gulf states, round 1, after: Iran dismisses the letter", "mediate", 0.48, &[("carry messages", 0.73, 1.9), ("stand by", 0.27, 1.1)], &bluff),
        decision("gulf", "Gulf states, round 2, after: relief in full", "output", 0.184, &[("cut to hold the price", 0.51, 3.3), ("leave output as it is", 0.49, 3.3)], &[]),
        decision("iran", "Iran (fragile), round 2, after: a deal is signed", "programme", 0.21, &[("keep to the cap", 0.94, 29.8), ("work on in secret", 0.06, 17.5)], &[("Washington will stay in", 0.863), ("Washington will walk out", 0.137)]),
        decision("iran", "Iran (resilient), round 2, after: a deal is signed", "programme", 0.202, &[("keep to the cap", 0.87, 27.2), ("work on in secret", 0.13, 20.1)], &[("Washington will stay in", 0.863), ("Washington will walk out", 0.137)]),
        decision("us", "United States, round 2, after: covert work is found", "reaction", 0.0007, &[("bomb the sites", 0.999, -8.1), ("wait another round", 0.001, -22.4)], &[("Iran's economy is fragile", 0.7), ("Iran's economy is resilient", 0.3)]),
    ]
}
