//! The least that a run can hold.

use detente_findings::model::*;

/// What a run holds at the very least: one ending, one actor, no analysis that has to be asked for.
pub fn findings() -> Findings {
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
        tornado_base: None,
        doubt: None,
        packages: None,
        deal: None,
        lenses: None,
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
        equilibria: None,
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
