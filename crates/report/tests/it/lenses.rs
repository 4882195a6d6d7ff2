//! The section of other lenses.

use crate::sample;
use detente_findings::model::{
    Lens, LensAgreement, LensEquilibrium, LensIssue, LensOption, LensPackage, LensVerdict, Lenses,
};
use detente_report::{TextOptions, html, text};

fn lenses() -> Lenses {
    Lenses {
        agreement: Some(LensAgreement {
            signed: Some(0.3),
            offered: Some(0.6),
            outcomes: 162.0,
            zone: 57.0,
            packages: vec![
                LensPackage {
                    label: "Narrow <terms>".to_owned(),
                    play: Some(0.25),
                    refused_by: Vec::new(),
                    blocked: true,
                    away: Some(0.1),
                },
                LensPackage {
                    label: "Surrender".to_owned(),
                    play: None,
                    refused_by: vec!["Iran".to_owned()],
                    blocked: false,
                    away: Some(0.4),
                },
            ],
        }),
        issues: vec![LensIssue {
            label: "Exports".to_owned(),
            unit: "mb/d".to_owned(),
            low: 0.0,
            high: 2.5,
            today: Some(1.7),
            play: Some(1.9),
            play_agreed: Some(2.5),
            deal: None,
            forecast: 2.0,
            forecast_range: [1.2, 2.4],
            compromise: Some(2.05),
        }],
        options: vec![LensOption {
            actor: "Iran".to_owned(),
            label: "Sign".to_owned(),
            today: Some(false),
            play: Some(0.3),
            taken: vec![true],
        }],
        equilibria: vec![LensEquilibrium {
            label: "a cap".to_owned(),
            concepts: vec!["Nash".to_owned(), "sequential".to_owned()],
            moves: Some(2),
        }],
        verdicts: vec![
            LensVerdict {
                lenses: [Lens::Play, Lens::Deal],
                agree: false,
                words: "One is signed in 30 %.".to_owned(),
                because: Some("Such terms fail later.".to_owned()),
            },
            LensVerdict {
                lenses: [Lens::Deal, Lens::Forecast],
                agree: true,
                words: "Nearest to “Narrow”.".to_owned(),
                because: None,
            },
        ],
    }
}

#[test]
fn every_lens_has_its_column_and_every_verdict_its_reason() {
    let mut findings = sample::findings();
    assert!(!html(&findings).unwrap().contains("id=\"lenses\""));
    findings.lenses = Some(lenses());
    let page = html(&findings).unwrap();
    for part in [
        "id=\"lenses\"",
        "<strong>Play and deals differ.</strong>",
        "<em>Such terms fail later.</em>",
        "<strong>Deals and forecast agree.</strong>",
        "Narrow &lt;terms&gt;",
        "somebody at home",
        ">Nash’s deal</th>",
        "under Nash and sequential",
        "2 moves from today",
    ] {
        // Where nothing has a value, there is no column.
        let there = page.contains(part);
        assert_eq!(there, part != ">Nash’s deal</th>", "{part}");
    }
}

#[test]
fn the_terminal_counts_what_agrees() {
    let mut findings = sample::findings();
    findings.lenses = Some(lenses());
    let options = TextOptions {
        width: 100,
        color: false,
        unicode: true,
    };
    assert!(text(&findings, options).contains("1 of 2 comparisons"));
    findings.lenses = Some(Lenses::default());
    assert!(!text(&findings, options).contains("Other lenses"));
}
