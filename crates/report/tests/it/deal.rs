//! The page of a negotiation: hostile names, degenerate numbers, an empty zone, names that crowd.

use detente_findings::model::{
    Deal, DealBin, DealIssue, DealMark, DealOption, DealPackage, DealParty, DealPlane, DealShare,
    DealSolution, DealZone,
};
use detente_report::{TextOptions, deal_html, deal_text};

fn party(name: &str, colour: usize, fallback: f64) -> DealParty {
    DealParty {
        name: name.to_owned(),
        colour,
        fallback,
        worst: 0.0,
        best: 1.0,
    }
}

fn issue(name: &str, stakes: [f64; 2]) -> DealIssue {
    DealIssue {
        name: name.to_owned(),
        stakes: stakes.to_vec(),
        favourites: vec!["all".to_owned(), "none".to_owned()],
        options: Vec::new(),
    }
}

/// A negotiation of two with these fallbacks; the outcomes lie on a line from (0, 1) to (1, 0).
fn sample(fallbacks: [f64; 2], zone: f64) -> Deal {
    let side = 4;
    let bins = (0..side).map(|row| DealBin {
        column: side - 1 - row,
        row,
        all: 3,
        zone: u32::from(zone > 0.0),
        ratified: u32::from(zone > 0.0),
    });
    let names = [
        "Split <b>",
        "A long name of a package & more",
        "Nash",
        "Zeuthen, egalitarian",
    ];
    let marks = names.iter().enumerate().map(|(k, name)| DealMark {
        name: (*name).to_owned(),
        at: [0.5 + 0.001 * k as f64, 0.5],
        solution: k > 1,
    });
    Deal {
        title: "Two \"pies\" <script>".to_owned(),
        outcomes: 12.0,
        zone: DealZone {
            count: zone,
            standard_error: None,
            sample: None,
        },
        frontier: 12,
        opposition: None,
        parties: vec![
            party("<i>Ann</i>", 0, fallbacks[0]),
            party("Bob", 1, fallbacks[1]),
        ],
        issues: vec![issue("Pie", [0.9, 0.3]), issue("Air", [0.0, 0.0])],
        solutions: vec![
            DealSolution {
                name: "Nash".to_owned(),
                values: None,
                agreed: "none".to_owned(),
            },
            DealSolution {
                name: "Zeuthen".to_owned(),
                values: Some(vec![0.5, 0.5]),
                agreed: "half".to_owned(),
            },
        ],
        sentences: vec!["“Split <b>” leaves both above.".to_owned()],
        planes: vec![DealPlane {
            parties: [0, 1],
            low: [0.0, 0.0],
            high: [1.0, 1.0],
            fallbacks,
            side,
            bins: bins.collect(),
            frontier: vec![[1.0, 0.0], [0.0, 1.0]],
            joined: true,
            marks: marks.collect(),
        }],
        more_planes: 0,
        ratifiers: false,
        win_sets: vec![DealShare {
            standard_error: None,
            name: "Ann".to_owned(),
            share: 0.5,
            joint: false,
        }],
        sampled: None,
        draws: Some(500),
        packages: vec![DealPackage {
            name: "Split <b>".to_owned(),
            agreed: "Pie half".to_owned(),
            values: vec![0.5, 0.5],
            gains: vec![0.2, -0.1],
            acceptable: false,
            efficient: true,
            distance: 0.0,
            verdict: "worse than no deal for Bob".to_owned(),
            help: String::new(),
            share: Some(0.4),
        }],
    }
}

/// The pictures of a page as documents.
fn pictures(html: &str) -> Vec<String> {
    let parts = html.split("<svg class=\"plane").skip(1);
    parts
        .map(|part| {
            let end = part.find("</svg>").unwrap();
            format!("<svg class=\"plane{}</svg>", &part[..end])
        })
        .collect()
}

fn number(node: roxmltree::Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

#[test]
fn pictures_are_sound_whatever_the_numbers() {
    let cases = [[0.3, 0.3], [-1e6, 0.2], [0.9, 0.9], [5.0, -3.0], [0.0, 1.0]];
    for fallbacks in cases {
        let zone = if fallbacks[0] + fallbacks[1] <= 1.0 {
            4.0
        } else {
            0.0
        };
        let html = deal_html(&sample(fallbacks, zone));
        for bad in ["NaN", "inf", "<script", "<i>Ann", "<b>"] {
            assert!(!html.contains(bad), "{bad} with {fallbacks:?}");
        }
        let pictures = pictures(&html);
        assert_eq!(pictures.len(), 2);
        for svg in &pictures {
            let document = roxmltree::Document::parse(svg).unwrap();
            let root = document.root_element();
            let (wide, high) = (number(root, "width"), number(root, "height"));
            for text in document.descendants().filter(|n| n.has_tag_name("text")) {
                let (x, y) = (number(text, "x"), number(text, "y"));
                let columns = text.text().unwrap_or_default().chars().count() as f64 * 6.0;
                let (left, right) = match text.attribute("text-anchor") {
                    Some("end") => (x - columns, x),
                    Some("middle") => (x - columns / 2.0, x + columns / 2.0),
                    _ => (x, x + columns),
                };
                let words = text.text();
                assert!(
                    left >= -6.0 && right <= wide + 6.0,
                    "{words:?} {fallbacks:?}"
                );
                assert!(y >= 10.0 && y <= high, "{words:?} {fallbacks:?}");
            }
        }
    }
}

#[test]
fn a_fallback_beyond_the_edge_says_so() {
    assert!(deal_html(&sample([-1e6, 0.2], 4.0)).contains("beyond the edge"));
    assert!(!deal_html(&sample([0.3, 0.2], 4.0)).contains("beyond the edge"));
}

#[test]
fn an_empty_zone_is_told() {
    let html = deal_html(&sample([0.9, 0.9], 0.0));
    assert!(html.contains("there is no zone of possible agreement"));
    assert!(!html.contains("class=\"agreed\""));
    let mut open = sample([0.3, 0.3], 4.0);
    let html = deal_html(&open);
    assert!(html.contains("class=\"agreed\"") && !html.contains("class=\"ratified\""));
    open.ratifiers = true;
    assert!(deal_html(&open).contains("class=\"ratified\""));
}

#[test]
fn an_estimate_says_how_well_it_is_known() {
    let mut deal = sample([0.3, 0.3], 4.0);
    deal.outcomes = 1e20;
    deal.zone = DealZone {
        count: 2.5e19,
        standard_error: Some(4.3e16),
        sample: Some(1_000_000),
    };
    deal.sampled = Some(200_000);
    deal.win_sets[0].standard_error = Some(0.001);
    let page = deal_html(&deal);
    let words = "random sample of 200,000 outcomes; the standard error of a share is at most 0.1";
    assert!(page.contains(words), "{page}");
    let text = deal_text(
        &deal,
        TextOptions {
            width: 100,
            color: false,
            unicode: true,
        },
    );
    let words = "estimated from 1,000,000 outcomes drawn at random, standard error 0.043";
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(plain.contains(words), "{plain}");
}

#[test]
fn rooms_for_trades_are_told() {
    let html = deal_html(&sample([0.3, 0.3], 4.0));
    assert!(
        html.contains("cares 3 times as much as <bdi>Bob</bdi>"),
        "{html}"
    );
    assert!(html.contains("Nobody cares."));
}

/// The boxes of texts, from the width of letters that the pictures are laid out for.
fn texts(document: &roxmltree::Document<'_>) -> Vec<[f64; 4]> {
    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
    texts
        .map(|text| {
            let (x, y) = (number(text, "x"), number(text, "y"));
            let wide = text.text().unwrap_or_default().chars().count() as f64 * 6.9;
            let left = match text.attribute("text-anchor") {
                Some("end") => x - wide,
                Some("middle") => x - wide / 2.0,
                _ => x,
            };
            [left, y - 10.0, left + wide, y + 3.0]
        })
        .collect()
}

#[test]
fn names_of_fallbacks_touch_no_mark() {
    // Marks along both fallbacks and at the rim of the frame.
    for fallback in [0.05, 0.3, 0.5, 0.95] {
        let mut deal = sample([fallback, fallback], 4.0);
        let along = [0.2, 0.5, 0.8, 1.0];
        deal.planes[0].marks = along
            .iter()
            .flat_map(|at| [[*at, fallback], [fallback, *at]])
            .map(|at| DealMark {
                name: "x".to_owned(),
                at,
                solution: true,
            })
            .collect();
        for svg in pictures(&deal_html(&deal)) {
            let document = roxmltree::Document::parse(&svg).unwrap();
            let marks: Vec<(f64, f64)> = document
                .descendants()
                .filter(|n| n.attribute("class") == Some("solution"))
                .map(|mark| {
                    let d = mark.attribute("d").unwrap();
                    let (x, y) = d[1..].split('l').next().unwrap().split_once(' ').unwrap();
                    (x.parse().unwrap(), y.parse::<f64>().unwrap() + 6.0)
                })
                .collect();
            assert_eq!(marks.len(), 8);
            for [left, top, right, bottom] in texts(&document) {
                for (x, y) in &marks {
                    let apart =
                        x + 5.0 < left || x - 5.0 > right || y + 5.0 < top || y - 5.0 > bottom;
                    assert!(
                        apart,
                        "{fallback}: a name at {left:.0} {top:.0} on the mark at {x} {y}"
                    );
                }
            }
        }
    }
}

#[test]
fn options_have_their_worth_where_values_are_no_sums() {
    let mut deal = sample([0.3, 0.3], 4.0);
    for issue in &mut deal.issues {
        issue.stakes.clear();
        issue.favourites.clear();
        issue.options = vec![DealOption {
            name: "half".to_owned(),
            mean: vec![0.25, 0.5],
            best: vec![0.75, 1.0],
        }];
    }
    let html = deal_html(&deal);
    assert!(html.contains("no issue has a weight of its own"));
    assert!(html.contains("0.25 · 0.75"), "{html}");
}
