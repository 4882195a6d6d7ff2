//! The page of a graph: hostile names, few and many states, graphs without options.

use detente_conflict_graph::study::{Question, Study, Subject, study};
use detente_conflict_graph::{Choice, Conflict, Draft, Preference, States};
use detente_report::{TextOptions, graph_html, graph_text};

/// Actors with so many options each, and payoffs that look random.
fn sample(options: &[usize]) -> Study {
    let mut choices = Vec::new();
    for (owner, count) in options.iter().enumerate() {
        for k in 0..*count {
            let name = format!("<b>Do & “dare” {owner}.{k}</b> in a rather long way of words");
            choices.push(Choice::new(name, owner));
        }
    }
    let size = 1usize << choices.len();
    let payoffs = |actor: usize| (0..size).map(move |s| (s * (37 + 12 * actor) % 101) as f64);
    let draft = Draft {
        name: "A <i>conflict</i>".to_owned(),
        actors: (0..options.len())
            .map(|i| format!("<b>Side {i}</b>"))
            .collect(),
        states: States::feasible(choices.len(), &[]).unwrap(),
        options: choices,
        preferences: (0..options.len())
            .map(|actor| Preference::Payoffs(payoffs(actor).collect()))
            .collect(),
        unperceived: Vec::new(),
        labels: [(0, "the <u>start</u>".to_owned())].into(),
    };
    let question = Question {
        about: vec![size - 1],
        wishes: vec![size / 2],
        ..Question::default()
    };
    study(&Subject::plain(draft.check().unwrap()), &question).unwrap()
}

#[test]
fn the_page_is_sound_whatever_the_conflict() {
    for options in [&[1, 1][..], &[2, 2], &[2, 2, 2], &[4, 4], &[3, 2, 2, 1, 1]] {
        let found = sample(options);
        let html = graph_html(&found);
        for bad in [
            "NaN", "inf", "<script", "<i>conf", "<b>Do", "<b>Side", "<u>",
        ] {
            assert!(!html.contains(bad), "{bad} with {options:?}");
        }
        for part in html.split("<svg ").skip(1) {
            let end = part.find("</svg>").unwrap();
            let svg = format!("<svg {}</svg>", &part[..end]);
            let document =
                roxmltree::Document::parse(&svg).unwrap_or_else(|fault| panic!("{fault} in {svg}"));
            let root = document.root_element();
            let width: f64 = root.attribute("width").unwrap().parse().unwrap();
            let height: f64 = root.attribute("height").unwrap().parse().unwrap();
            for circle in document.descendants().filter(|n| n.has_tag_name("circle")) {
                let place = |name: &str| circle.attribute(name).unwrap().parse::<f64>().unwrap();
                let (x, y, r) = (place("cx"), place("cy"), place("r"));
                assert!(
                    x >= r && x + r <= width && y >= r && y + r <= height,
                    "{svg}"
                );
            }
        }
        // Every state that is shown has a column, and every verdict a reason.
        assert_eq!(
            html.matches("<th scope=\"col\" class").count(),
            found.states.len()
        );
        assert!(html.contains("id=\"goal\"") && html.contains("id=\"ways\""));
    }
}

#[test]
fn lines_fit_the_terminal() {
    let found = sample(&[2, 2, 1]);
    for width in [40, 80, 120] {
        for unicode in [true, false] {
            let text = graph_text(
                &found,
                TextOptions {
                    width,
                    color: false,
                    unicode,
                },
            );
            assert!(
                text.lines().all(|line| line.chars().count() <= width),
                "{text}"
            );
            assert!(unicode || text.is_ascii(), "{text}");
        }
    }
}

#[test]
fn a_graph_without_options_has_a_page() {
    let ranking = |payoffs: [f64; 3]| Preference::Payoffs(payoffs.to_vec());
    let conflict = Conflict::graph(
        "Moves",
        vec!["a".to_owned(), "b".to_owned()],
        3,
        &[vec![(0, 1)], vec![(1, 2)]],
        &[ranking([1.0, 2.0, 0.0]), ranking([0.0, 1.0, 2.0])],
    )
    .unwrap();
    let mut subject = Subject::plain(conflict);
    subject.today = Some(0);
    let found = study(&subject, &Question::default()).unwrap();
    // Moves that are listed cannot be put together: simultaneous stability is told to be left out.
    assert_eq!(found.answers.len(), 4);
    assert!(
        found.remarks[0].contains("simultaneous"),
        "{:?}",
        found.remarks
    );
    assert!(graph_html(&found).contains("state 1"));
}
