//! `detente forecast` and `detente backtest`: scenarios, tables, options, bad input.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::Value;

use crate::{Ran, detente, detente_in, scenarios};

const STORY: &str = r#"scenario "Oil"
actor iran "Iran"
param grip = 40 in 20 .. 60 "judgement"
issue oil "Exports" 0 .. 2 "mb/d" reference 1.5 actual 1.2
issue cap "Cap" 0 .. 60 "%"
stakeholder guard "Guard" of iran { influence grip; oil position 0.5 salience 0.4; cap position 60 salience 0.5 }
stakeholder ministry "Ministry" of iran { influence 20; oil position 2 salience 0.8; cap position 20 salience 0.4 }
stakeholder buyers "Buyers" { influence 20; oil position 2 salience 0.6; cap position 0 salience 0.1 }
"#;

fn story(more: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.detente"), STORY).unwrap();
    detente_in(folder.path(), &[&["forecast", "s.detente"], more].concat())
}

fn object(ran: &Ran) -> Value {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    serde_json::from_str(&ran.out).unwrap()
}

fn model<'a>(issue: &'a Value, name: &str) -> &'a Value {
    let models = issue["models"].as_array().unwrap();
    models.iter().find(|found| found["model"] == name).unwrap()
}

#[test]
fn a_scenario_without_play() {
    let found = object(&story(&["--json"]));
    let oil = &found["issues"][0];
    assert_eq!(
        (&oil["label"], &oil["unit"]),
        (&"Exports".into(), &"mb/d".into())
    );
    // Weights 16, 16 and 12.
    let compromise = model(oil, "compromise");
    let outcome = compromise["outcome"].as_f64().unwrap();
    assert!((outcome - (16.0 * 0.5 + 16.0 * 2.0 + 12.0 * 2.0) / 44.0).abs() < 1e-12);
    let range = &compromise["range"];
    assert!(range[0].as_f64().unwrap() < outcome && outcome < range[1].as_f64().unwrap());
    assert_eq!(oil["actual"], 1.2);
    assert_eq!(found["sides"][0], "Iran");
    assert_eq!(found["draws"], 200);
    // The draws move the mean position of nobody.
    let mean = model(oil, "mean");
    assert_eq!(mean["range"][0], mean["range"][1]);
    let none = object(&story(&["--json", "--doubt", "0", "--set", "grip=0"]));
    let oil = &none["issues"][0];
    assert_eq!(model(oil, "compromise")["outcome"], 2.0);
    assert!(model(oil, "compromise")["range"].is_null());
    assert_eq!(story(&["--json"]).out, story(&["--json"]).out);
}

#[test]
fn the_screen_and_the_page() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.detente"), STORY).unwrap();
    let ran = detente_in(folder.path(), &["forecast", "s.detente", "--out", "here"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for words in [
        "Exports",
        "forecaster",
        "what came of it",
        "Whom to persuade",
        "Round by round",
    ] {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(
        ran.out.lines().all(|line| line.chars().count() <= 80),
        "{}",
        ran.out
    );
    let page = fs::read_to_string(folder.path().join("here/forecast.html")).unwrap();
    for id in [
        "summary",
        "chances",
        "models",
        "power",
        "rounds",
        "challenges",
        "persuade",
    ] {
        assert!(page.contains(&format!("<section id=\"{id}\"")), "{id}");
    }
    assert!(!page.contains("<script"));
    let one = story(&["--issue", "cap", "--quiet"]);
    assert_eq!((one.code, one.out.as_str()), (0, ""));
}

#[test]
fn models_and_programs_by_name() {
    let found = object(&story(&[
        "--json",
        "--model",
        "spatial,median",
        "--compat",
        "ktab",
        "--issue",
        "oil",
    ]));
    let names: Vec<&str> = found["issues"][0]["models"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["model"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["spatial-ktab", "median"]);
    assert_eq!(found["issues"].as_array().unwrap().len(), 1);
    let all = object(&story(&["--json", "--model", "all"]));
    assert_eq!(all["issues"][0]["models"].as_array().unwrap().len(), 12);
}

#[test]
fn what_cannot_be_forecast_is_said() {
    let cases: [(&[&str], &str); 4] = [
        (&["--model", "oracle"], "oracle"),
        (&["--issue", "gas"], "there are: oil, cap"),
        (&["--set", "grap=3"], "did you mean `grip`"),
        (&["--scale", "0..1"], "a scenario says itself"),
    ];
    for (more, words) in cases {
        let ran = story(more);
        assert_eq!(ran.code, 2, "{more:?}");
        assert!(ran.err.contains(words), "{more:?}: {}", ran.err);
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.detente"), STORY).unwrap();
    fs::write(
        folder.path().join("t.detente"),
        "actor us\nissue oil { a, b }\n",
    )
    .unwrap();
    fs::write(folder.path().join("t.csv"), "actor,position\na,1\nb,x\n").unwrap();
    // No play: a clear word of `run`, and nothing to complain of for `check` and `fmt`.
    let ran = detente_in(folder.path(), &["run", "s.detente"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("has no `play`"), "{}", ran.err);
    assert_eq!(detente_in(folder.path(), &["check", "s.detente"]).code, 0);
    let ran = detente_in(folder.path(), &["forecast", "t.detente"]);
    assert!(
        ran.code == 2 && ran.err.contains("`stakeholder`"),
        "{}",
        ran.err
    );
    let ran = detente_in(folder.path(), &["forecast", "t.csv"]);
    assert!(ran.code == 2 && ran.err.contains("line 3"), "{}", ran.err);
}

#[test]
fn tables_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let text = "actor,influence,oil position,oil salience\na,10,0,50\nb,30,100,100\n";
    fs::write(folder.path().join("t.csv"), text).unwrap();
    let found = object(&detente_in(folder.path(), &["forecast", "t.csv", "--json"]));
    let outcome = model(&found["issues"][0], "compromise")["outcome"]
        .as_f64()
        .unwrap();
    assert!((outcome - 3000.0 / 35.0).abs() < 1e-9);
    let spatial = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/spatial");
    for name in ["WW1_BDM.csv", "SOE-Pol-Comp.csv", "dummyData_6Dim.csv"] {
        let path = spatial.join(name);
        if path.exists() {
            let found = object(&detente(&["forecast", &path.to_string_lossy(), "--json"]));
            for issue in found["issues"].as_array().unwrap() {
                assert!(model(issue, "spatial")["outcome"].is_number(), "{name}");
            }
        }
    }
}

/// Three actors, the last without a position.
fn parquet() -> Vec<u8> {
    let schema = "message table {
        REQUIRED BYTE_ARRAY actor (UTF8);
        REQUIRED INT64 influence;
        OPTIONAL DOUBLE position;
        REQUIRED DOUBLE salience;
    }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let mut bytes = Vec::new();
    let properties = Arc::new(WriterProperties::default());
    let mut file = SerializedFileWriter::new(&mut bytes, schema, properties).unwrap();
    let mut group = file.next_row_group().unwrap();
    let names = ["a", "b", "c"].map(ByteArray::from);
    let mut column = group.next_column().unwrap().unwrap();
    let typed = column.typed::<ByteArrayType>();
    typed.write_batch(&names, None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let typed = column.typed::<Int64Type>();
    typed.write_batch(&[10, 30, 5], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let typed = column.typed::<DoubleType>();
    typed
        .write_batch(&[0.5, 2.25], Some(&[1, 1, 0]), None)
        .unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    let typed = column.typed::<DoubleType>();
    typed.write_batch(&[0.5, 0.25, 1.0], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

#[test]
fn tables_in_parquet_are_read_as_those_in_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("t.parquet"), parquet()).unwrap();
    let text = "actor,influence,position,salience\na,10,0.5,0.5\nb,30,2.25,0.25\nc,5,,1\n";
    fs::write(path("t.csv"), text).unwrap();
    let ask = |file: &str| {
        let asked = ["forecast", file, "--scale", "0..3", "--json"];
        object(&detente_in(folder.path(), &asked))
    };
    assert_eq!(ask("t.parquet"), ask("t.csv"));

    let whole = parquet();
    fs::write(path("cut.parquet"), &whole[..whole.len() / 2]).unwrap();
    let ran = detente_in(folder.path(), &["forecast", "cut.parquet"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("cut.parquet"), "{}", ran.err);
    let ran = detente_in(folder.path(), &["backtest", "t.parquet"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("line 1"), "{}", ran.err);
}

#[test]
fn past_issues_judge_models() {
    let folder = tempfile::tempdir().unwrap();
    let mut text = "prnr,isnr,pa,pb,sa,sb,out\n".to_owned();
    for i in 0..30 {
        let out = if i % 3 == 0 { 0 } else { 100 };
        text += &format!("{},i{i},0,100,20,80,{out}\n", i / 2);
    }
    fs::write(folder.path().join("past.csv"), text).unwrap();
    let ran = detente_in(
        folder.path(),
        &["backtest", "past.csv", "--resamples", "50"],
    );
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out.contains("30 past issues in 15 groups"),
        "{}",
        ran.out
    );
    let asked = [
        "backtest",
        "past.csv",
        "--models",
        "mean,compromise",
        "--folds",
        "5",
        "--json",
    ];
    let found = object(&detente_in(folder.path(), &asked));
    assert_eq!(found["rows"].as_array().unwrap().len(), 3);
    assert_eq!(found["rows"][0]["score"]["mean_error"], 50.0);
    let few = detente_in(
        folder.path(),
        &["backtest", "past.csv", "--against", "nobody"],
    );
    assert!(few.code == 2 && few.err.contains("nobody"), "{}", few.err);
}

#[test]
fn the_flagship_has_many_voices() {
    let path = scenarios().join("us-iran-2025.detente");
    let found = object(&detente(&[
        "forecast",
        &path.to_string_lossy(),
        "--json",
        "--doubt",
        "20",
    ]));
    assert_eq!(found["actors"].as_array().unwrap().len(), 11);
    assert_eq!(found["issues"].as_array().unwrap().len(), 4);
}
