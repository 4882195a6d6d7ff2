//! Curves, maps and comparisons: sound files whatever the labels, and labels that keep out of each other's way.

use detente_report::{
    AxisView, CurveView, GapView, Ink, JumpView, LineView, MapPanel, MapView, PanelView,
    TextOptions, curve_svg, curve_text, map_svg, map_text,
};

fn axis() -> AxisView {
    AxisView {
        name: "cost".to_owned(),
        words: "what a <war> & its \"aftermath\" cost".to_owned(),
        percent: false,
        base: Some(3.0),
    }
}

/// Nine lines that all end within two per cent of each other, a jump, a gap, and hostile labels.
fn curve() -> CurveView {
    let at: Vec<f64> = vec![0.0, 1.0, 2.0, 2.4, 2.41, 3.0, 4.0, 5.0];
    let line = |k: usize| LineView {
        label: format!("Ending <{k}> & a label that is much too long for one line or even for two"),
        ink: Ink::Ending(k),
        values: at
            .iter()
            .map(|x| match x {
                x if *x == 4.0 => None,
                x if *x < 2.405 => Some(0.1 * k as f64),
                _ => Some(0.11 + 0.002 * k as f64),
            })
            .collect(),
    };
    CurveView {
        title: "A \u{202e}title\u{1b}[31m".to_owned(),
        note: String::new(),
        x: axis(),
        whole: false,
        panels: vec![
            PanelView {
                title: "How likely".to_owned(),
                probability: true,
                lines: (0..9).map(line).collect(),
            },
            PanelView {
                title: "mean(x)".to_owned(),
                probability: false,
                lines: vec![LineView {
                    label: "mean(x)".to_owned(),
                    ink: Ink::Answer(0),
                    values: vec![None; at.len()],
                }],
            },
        ],
        at,
        jumps: vec![JumpView {
            low: 2.4,
            high: 2.41,
            words: "everything changes".to_owned(),
            size: 1.0,
        }],
        gaps: vec![GapView {
            from: 4.0,
            to: 4.0,
            reason: "a probability of 1.2".to_owned(),
        }],
        never: vec!["Peace".to_owned()],
    }
}

fn texts(svg: &str) -> Vec<(f64, f64, String, bool)> {
    let document = roxmltree::Document::parse(svg).unwrap();
    let texts = document
        .descendants()
        .filter(|node| node.has_tag_name("text"));
    texts
        .map(|node| {
            let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap();
            let bold = node.attribute("font-weight").is_some();
            (
                number("x"),
                number("y"),
                node.text().unwrap_or("").to_owned(),
                bold,
            )
        })
        .collect()
}

#[test]
fn labels_of_lines_do_not_overlap_and_stay_on_the_paper() {
    let svg = curve_svg(&curve());
    let labels: Vec<_> = texts(&svg)
        .into_iter()
        .filter(|(x, _, _, bold)| *bold && *x > 100.0)
        .collect();
    assert_eq!(labels.len(), 18, "nine labels of two lines each");
    let mut feet: Vec<f64> = labels.iter().map(|label| label.1).collect();
    feet.sort_by(f64::total_cmp);
    for pair in feet.windows(2) {
        assert!(pair[1] - pair[0] >= 11.0, "{feet:?}");
    }
    for (x, _, words, _) in labels {
        assert!(x + 8.2 * words.chars().count() as f64 <= 600.0, "{words}");
    }
}

#[test]
fn no_line_crosses_a_jump_or_a_gap() {
    let svg = curve_svg(&curve());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let lines: Vec<&str> = document
        .descendants()
        .filter(|node| {
            let class = node.attribute("class").unwrap_or("");
            node.has_tag_name("path")
                && class.starts_with('e')
                && node.attribute("stroke-linejoin").is_some()
        })
        .filter_map(|node| node.attribute("d"))
        .collect();
    assert_eq!(lines.len(), 9);
    for path in lines {
        // Up to the jump, from the jump to the gap, and the point behind the gap.
        assert_eq!(path.matches('M').count(), 3, "{path}");
    }
}

#[test]
fn a_chart_fits_the_terminal_and_cannot_harm_it() {
    for width in [24, 40, 80, 160] {
        for unicode in [false, true] {
            let options = TextOptions {
                width,
                color: false,
                unicode,
            };
            let text = curve_text(&curve(), options);
            assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
            assert!(
                text.lines().all(|line| line.chars().count() <= width),
                "{width}\n{text}"
            );
            assert_eq!(unicode, !text.is_ascii());
        }
    }
    let options = TextOptions {
        width: 80,
        color: false,
        unicode: true,
    };
    let text = curve_text(&curve(), options);
    for words in [
        "jump at cost = 2.405",
        "not solved at 4: a probability of 1.2",
        "Never: Peace.",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn many_jumps_are_told_in_one_sentence() {
    let mut view = curve();
    view.at = (0..20).map(f64::from).collect();
    view.gaps.clear();
    view.panels.truncate(1);
    for line in &mut view.panels[0].lines {
        line.values = (0..20).map(|x| Some(f64::from(x) / 20.0)).collect();
    }
    view.jumps = (0..19)
        .map(|x| JumpView {
            low: f64::from(x),
            high: f64::from(x + 1),
            words: format!("step {x}"),
            size: if x == 7 { 0.3 } else { 0.1 },
        })
        .collect();
    let svg = curve_svg(&view);
    assert!(
        svg.contains("19 jumps between 0 and 19") && svg.contains("step 7"),
        "{svg}"
    );
    assert!(!svg.contains("step 3") && !svg.contains("stroke-dasharray=\"3 4\""));
}

#[test]
fn maps_are_sound_with_cells_that_have_no_value() {
    let mut cells: Vec<Option<f64>> = (0..12).map(|k| Some(f64::from(k) / 100.0)).collect();
    cells[5] = None;
    // A step between the last two columns of the top row.
    cells[11] = Some(0.9);
    let view = MapView {
        title: "A <map>".to_owned(),
        note: "with cost = 3".to_owned(),
        x: axis(),
        y: axis(),
        xs: vec![0.0, 1.0, 2.0, 3.0],
        ys: vec![0.0, 2.0, 4.0],
        panels: vec![MapPanel {
            title: "p(war)".to_owned(),
            probability: true,
            cells,
        }],
        failed: "1 of 12 pairs could not be solved".to_owned(),
    };
    let svg = map_svg(&view);
    let document = roxmltree::Document::parse(&svg).unwrap();
    let titles = document
        .descendants()
        .filter(|node| node.has_tag_name("title"));
    let no_answer = titles.filter(|node| node.text().unwrap_or("").ends_with("no answer"));
    assert_eq!(no_answer.count(), 1);
    for width in [24, 80] {
        let options = TextOptions {
            width,
            color: false,
            unicode: true,
        };
        let text = map_text(&view, options);
        assert!(
            text.lines().all(|line| line.chars().count() <= width),
            "{text}"
        );
        assert!(text.contains('?') && text.contains('█'), "{text}");
    }
}
