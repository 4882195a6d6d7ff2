//! The page of a negotiation: hostile names, degenerate numbers, an empty zone, names that crowd.

use detente_report::{
    DealMark, DealPackage, DealPage, DealParty, DealPlane, DealPoint, DealShare, DealView,
    deal_html,
};

fn party(name: &str, range: [f64; 3]) -> DealParty {
    DealParty {
        name: name.to_owned(),
        range,
    }
}

/// A negotiation of two with these fallbacks; the outcomes lie on a line from (0, 1) to (1, 0).
fn sample(fallbacks: [f64; 2], zone: f64) -> DealPage {
    let side = 4;
    let mut bins = vec![[0; 3]; side * side];
    for k in 0..side {
        bins[k * side + (side - 1 - k)] = [3, u32::from(zone > 0.0), u32::from(zone > 0.0)];
    }
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
    DealPage {
        view: DealView {
            title: "Two \"pies\" <script>".to_owned(),
            size: [12.0, 1.0, 12.0],
            zone: (zone, None),
            opposition: None,
            parties: vec![
                party("<i>Ann</i>", [fallbacks[0], 0.0, 1.0]),
                party("Bob", [fallbacks[1], 0.0, 1.0]),
            ],
            issues: vec![
                ("Pie".to_owned(), vec![0.9, 0.3]),
                ("Air".to_owned(), vec![0.0, 0.0]),
            ],
            solutions: vec![
                ("Nash".to_owned(), None),
                (
                    "Zeuthen".to_owned(),
                    Some(DealPoint {
                        values: vec![0.5, 0.5],
                        refused: vec![false, false],
                        words: "half".to_owned(),
                    }),
                ),
            ],
            packages: Vec::new(),
            sentences: vec!["“Split <b>” leaves both above.".to_owned()],
        },
        planes: vec![DealPlane {
            parties: [0, 1],
            low: [0.0, 0.0],
            high: [1.0, 1.0],
            fallbacks,
            side,
            bins,
            frontier: vec![[1.0, 0.0], [0.0, 1.0]],
            joined: true,
            marks: marks.collect(),
        }],
        more_planes: 0,
        ratifiers: false,
        shares: vec![DealShare {
            label: "Ann".to_owned(),
            share: 0.5,
            joint: false,
        }],
        sampled: None,
        best: vec![vec!["all".to_owned(), "none".to_owned()]; 2],
        packages: vec![DealPackage {
            name: "Split <b>".to_owned(),
            agreed: "Pie half".to_owned(),
            gains: vec![0.2, -0.1],
            distance: 0.0,
            efficient: true,
            trade: String::new(),
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
fn rooms_for_trades_are_told() {
    let html = deal_html(&sample([0.3, 0.3], 4.0));
    assert!(
        html.contains("cares 3 times as much as <bdi>Bob</bdi>"),
        "{html}"
    );
    assert!(html.contains("Nobody cares."));
}
