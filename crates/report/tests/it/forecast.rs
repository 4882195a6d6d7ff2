//! The page of a forecast: hostile names, one actor, many actors, doubt, an outcome that is known.

use detente_report::{TextOptions, forecast_html, forecast_text};
use detente_stakeholders::backtest::Forecaster;
use detente_stakeholders::study::{Question, Study, Subject, study};
use detente_stakeholders::{Actor, Issue, Model, Stakeholders, Stance};

fn table(actors: usize, shift: f64) -> Stakeholders {
    let people = (0..actors).map(|i| Actor {
        name: format!("a{i}"),
        label: format!("<b>Ministry & “council” number {i}</b>"),
        influence: 1.0 + i as f64 + shift,
    });
    let stances = (0..actors).map(|i| {
        Some(Stance {
            position: (i * 37 % 101) as f64,
            salience: 0.1 + 0.8 * (i * 7 % 10) as f64 / 10.0,
        })
    });
    let issue = Issue {
        reference: Some(30.0),
        ..Issue::new("oil", 0.0, 100.0)
    };
    Stakeholders::new(people.collect(), vec![issue], stances.collect()).unwrap()
}

fn sample(actors: usize, draws: usize) -> Study {
    let mut subject = Subject::plain("Oil <i>and</i> more", table(actors, 0.0));
    subject.actual = vec![Some(42.0)];
    subject.units = vec!["mb/d".to_owned()];
    subject.draws = (0..draws).map(|i| table(actors, i as f64)).collect();
    let question = Question {
        models: Model::NAMES.map(|name| Model::named(name).unwrap()).into(),
        forecaster: Some(Forecaster::learnt()),
        persuade: Model::Compromise,
    };
    study(&subject, &question).unwrap()
}

#[test]
fn pictures_are_sound_whatever_the_numbers() {
    for (actors, draws) in [(1, 0), (2, 3), (9, 5), (40, 0)] {
        let html = forecast_html(&sample(actors, draws));
        for bad in ["NaN", "inf", "<script", "<i>and", "<b>"] {
            assert!(!html.contains(bad), "{bad} with {actors}");
        }
        let mut count = 0;
        for part in html.split("<svg ").skip(1) {
            let end = part.find("</svg>").unwrap();
            let svg = format!("<svg {}</svg>", &part[..end]);
            let document =
                roxmltree::Document::parse(&svg).unwrap_or_else(|fault| panic!("{fault} in {svg}"));
            let root = document.root_element();
            assert!(!root.attribute("aria-label").unwrap().is_empty());
            let width: f64 = root.attribute("width").unwrap().parse().unwrap();
            let height: f64 = root.attribute("height").unwrap().parse().unwrap();
            for text in document.descendants().filter(|n| n.has_tag_name("text")) {
                let place = |name: &str| text.attribute(name).unwrap().parse::<f64>().unwrap();
                let (x, y) = (place("x"), place("y"));
                assert!(
                    (0.0..=width).contains(&x) && (8.0..=height).contains(&y),
                    "{svg}"
                );
            }
            count += 1;
        }
        // Each picture in two sizes.
        assert!(count >= 8 && count % 2 == 0, "{count}");
    }
}

#[test]
fn the_screen_keeps_its_width() {
    for width in [24, 80, 140] {
        for unicode in [false, true] {
            let options = TextOptions {
                width,
                color: false,
                unicode,
            };
            let text = forecast_text(&sample(9, 4), options);
            assert!(
                text.lines().all(|line| line.chars().count() <= width),
                "{text}"
            );
            assert!(unicode || text.is_ascii(), "{text}");
        }
    }
}

#[test]
fn actors_with_one_label_go_by_their_names() {
    let mut study = sample(4, 0);
    for actor in &mut study.actors[..2] {
        "Ministry".clone_into(&mut actor.label);
    }
    study.actors[2].label = "Council".to_owned();
    let options = TextOptions {
        width: 100,
        color: false,
        unicode: true,
    };
    let text = forecast_text(&study, options);
    assert!(
        text.contains("a0 ") && text.contains("a1 ") && text.contains("Council"),
        "{text}"
    );
    assert!(!text.contains("  Ministry "), "{text}");
}
