//! Sessions played out on the published domains, against recorded ones and against theory.

use detente_deal::session::{End, Prepared, Style, Terms, play};
use serde_json::Value;

use crate::cases::{lines, space};

/// The domains of the cases, with their profiles in order; one entry per folder.
fn domains() -> Option<Vec<(String, Vec<Value>)>> {
    let lines = lines("expected-frontier.jsonl")?;
    let rv = lines.iter().filter(|line| line["mode"] == "rv");
    Some(
        rv.map(|line| {
            let profiles = line["profiles"].as_array().expect("profiles").clone();
            (line["dir"].as_str().expect("a folder").to_owned(), profiles)
        })
        .collect(),
    )
}

#[test]
fn probe() {
    let (Some(domains), Some(lines)) = (domains(), lines("expected-sessions.jsonl")) else {
        return;
    };
    for (folder, profiles) in domains {
        let mine: Vec<&Value> = lines
            .iter()
            .filter(|l| l["domain"] == folder.as_str())
            .collect();
        if mine.is_empty() {
            continue;
        }
        let prepared = Prepared::new(space(&folder, &profiles)).unwrap();
        let terms = Terms::rounds(100);
        let mut ok = 0;
        let mut all = 0;
        for line in mine {
            let (a, b) = (line["a"].as_str().unwrap(), line["b"].as_str().unwrap());
            let (Ok(x), Ok(y)) = (Style::parse(a), Style::parse(b)) else {
                continue;
            };
            let mut tactics = [
                x.tactic(&prepared, 0, &terms, false),
                y.tactic(&prepared, 1, &terms, false),
            ];
            let session = play(&prepared, &mut tactics, &terms).unwrap();
            let (labels, round) = match session.end {
                End::Agreement { outcome, round, .. } => (
                    Some(
                        prepared
                            .space()
                            .domain()
                            .labels(&prepared.space().domain().outcome(outcome as usize)),
                    ),
                    round,
                ),
                End::NoAgreement { rounds } => (None, rounds),
                End::Left { round, .. } => (None, round),
            };
            let expected: Option<Vec<String>> =
                serde_json::from_value(line["agreement"].clone()).unwrap();
            all += 1;
            if labels == expected && line["step"] == round && line["offers"] == session.offers() {
                ok += 1;
            } else {
                println!(
                    "{folder} {a} {b} det {}: {labels:?} {round} {} {:?} for {} {} {} {}",
                    line["deterministic"],
                    session.offers(),
                    session.agreement().map(|o| prepared.values(o)),
                    line["agreement"],
                    line["step"],
                    line["offers"],
                    line["utils"]
                );
            }
        }
        println!("{folder}: {ok} of {all}");
    }
}

#[test]
fn probe_efficiency() {
    let Some(domains) = domains() else {
        return;
    };
    let mut table = std::collections::BTreeMap::<String, (u32, u32, u32)>::new();
    let trades = std::env::var("TRADES").is_ok();
    let limit: usize = std::env::var("LIMIT").map_or(20_000, |l| l.parse().unwrap());
    for (folder, profiles) in domains {
        let space = space(&folder, &profiles);
        if space.domain().size().unwrap() > limit {
            continue;
        }
        let prepared = Prepared::new(space).unwrap();
        let terms = Terms::rounds(100);
        for x in Style::ALL {
            for y in Style::ALL {
                let mut tactics = [
                    x.tactic(&prepared, 0, &terms, trades),
                    y.tactic(&prepared, 1, &terms, trades),
                ];
                let session = play(&prepared, &mut tactics, &terms).unwrap();
                let ok = session
                    .agreement()
                    .is_some_and(|o| prepared.is_efficient(o));
                if let (Some(o), false) = (session.agreement(), ok) {
                    let u = prepared.values(o);
                    let better: Vec<Vec<f64>> = prepared
                        .frontier()
                        .points()
                        .map(|p| p.values)
                        .filter(|v| v[0] >= u[0] && v[1] >= u[1])
                        .take(2)
                        .collect();
                    println!(
                        "MISS {folder} {x:?} {y:?} {:?} {u:?} {better:?}",
                        session.end
                    );
                }
                for key in [
                    format!("{x:?}-{y:?}"),
                    format!("{x:?}"),
                    folder.clone(),
                    "ALL".to_owned(),
                ] {
                    let e = table.entry(key).or_default();
                    e.0 += 1;
                    e.1 += u32::from(session.agreement().is_some());
                    e.2 += u32::from(ok);
                }
            }
        }
    }
    for (key, (n, a, e)) in table {
        println!(
            "{key:40} {n:5} {a:5} {e:5} {:.1}%",
            f64::from(e) * 100.0 / f64::from(a)
        );
    }
}
