//! Boxes in words.

use detente_sensitivity::{Form, Label, Limits, Region};

fn limits(lower: Option<f64>, upper: Option<f64>) -> Limits {
    Limits { lower, upper }
}

#[test]
fn limits_in_words() {
    let share = Label::new("detection").form(Form::Percent).range(0.2, 0.9);
    let cost = Label::new("cost").unit("bn $").range(0.0, 40.0);
    let rounds = Label::new("rounds").form(Form::Whole);
    let plain = Label::new("weight");
    for (label, limits, words) in [
        (&share, limits(None, Some(0.6987)), Some("detection < 70 %")),
        (
            &share,
            limits(Some(0.3), Some(0.5)),
            Some("detection between 30 % and 50 %"),
        ),
        (&share, limits(None, None), None),
        (&cost, limits(Some(12.04), None), Some("cost > 12 bn $")),
        (&cost, limits(Some(-2.4), None), Some("cost > −2 bn $")),
        (&rounds, limits(Some(2.5), None), Some("rounds ≥ 3")),
        (&rounds, limits(None, Some(2.5)), Some("rounds ≤ 2")),
        (&rounds, limits(Some(2.5), Some(3.5)), Some("rounds = 3")),
        (
            &rounds,
            limits(Some(1.0), Some(3.0)),
            Some("rounds between 1 and 3"),
        ),
        (
            &plain,
            limits(None, Some(0.012_345)),
            Some("weight < 0.0123"),
        ),
        (
            &plain,
            limits(None, Some(123_456.0)),
            Some("weight < 123456"),
        ),
        (&plain, limits(Some(-1e-320), None), Some("weight > 0")),
    ] {
        assert_eq!(label.words(&limits).as_deref(), words);
    }
}

#[test]
fn boxes_in_words() {
    let mut region = Region::everywhere(3);
    assert_eq!(region.words(&[]), "in all cases");
    region.limits[0].upper = Some(0.7);
    region.limits[2].lower = Some(12.0);
    let labels = [
        Label::new("detection").form(Form::Percent).range(0.0, 1.0),
        Label::new("range"),
        Label::new("cost of blocking"),
    ];
    assert_eq!(
        region.words(&labels),
        "detection < 70 % and cost of blocking > 12"
    );
    assert_eq!(region.words(&[]), "input 1 < 0.7 and input 3 > 12");
}
