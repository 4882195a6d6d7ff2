//! The spatial model against the positions that KTAB's program gave.

use std::collections::BTreeMap;

use detente_stakeholders::spatial::{
    Bargaining, Commitment, Options, RiskRange, RiskView, Weighing, run,
};
use detente_stakeholders::{
    Actor, Election, Issue, Stakeholders, Stance, Victory, VotingRule, read,
};

use crate::cases::text;

/// KTAB's five-actor example (its file `smpExample.xml`): influence, then position and salience of three issues.
const EXAMPLE: [(&str, f64, [f64; 6]); 5] = [
    ("Alice", 117.7, [52.8, 32.3, 39.8, 22.4, 39.6, 13.4]),
    ("Bob", 93.2, [15.9, 25.2, 61.4, 34.5, 72.0, 26.5]),
    ("Carol", 61.4, [61.1, 28.8, 86.5, 28.6, 44.5, 18.2]),
    ("David", 135.4, [26.3, 15.6, 16.5, 42.0, 15.9, 14.3]),
    ("Ellie", 63.8, [73.3, 39.7, 61.1, 19.9, 26.3, 15.8]),
];

fn example() -> Stakeholders {
    let actors = EXAMPLE.iter().map(|(name, influence, _)| Actor {
        name: (*name).to_owned(),
        label: String::new(),
        influence: *influence,
    });
    let issues = (1..=3).map(|k| Issue::new(format!("issue {k}"), 0.0, 100.0));
    let stances = EXAMPLE.iter().flat_map(|(_, _, numbers)| {
        numbers.chunks(2).map(|pair| {
            Some(Stance {
                position: pair[0],
                salience: pair[1] / 100.0,
            })
        })
    });
    Stakeholders::new(actors.collect(), issues.collect(), stances.collect()).unwrap()
}

/// How the example's ideals follow: row by row.
fn accommodation() -> Vec<f64> {
    let mut shares = vec![0.0; 25];
    for (i, j, share) in [
        (0, 0, 0.87),
        (1, 1, 0.75),
        (1, 0, 0.07),
        (2, 2, 0.65),
        (2, 3, 0.13),
        (3, 3, 0.57),
        (4, 4, 1.0),
    ] {
        shares[i * 5 + j] = share;
    }
    shares
}

fn options(variant: &str) -> Options {
    let mut options = Options::ktab();
    match variant {
        "default" => {}
        "shippedDet" => {
            options.election = Election::MarkovIncentive;
            options.voting = VotingRule::PropCbc;
            options.accommodation = accommodation();
        }
        "idealAdj" => options.accommodation = accommodation(),
        "BargnModel=InitRcvrInterp" => options.bargaining = Bargaining::Both,
        "BargnModel=PWCompInterp" => options.bargaining = Bargaining::PowerWeighted,
        "BigRAdjust=None" => options.risk_view = RiskView::None,
        "BigRAdjust=Half" => options.risk_view = RiskView::Half,
        "BigRAdjust=TwoThirds" => options.risk_view = RiskView::TwoThirds,
        "BigRRange=Max" => options.risk_range = RiskRange::Max,
        "BigRRange=Min" => options.risk_range = RiskRange::Min,
        "InterVecBrgn=S1P1" => options.weighing = Weighing::S1P1,
        "InterVecBrgn=S2PMax" => options.weighing = Weighing::S2PMax,
        "PCEModel=MarkovIncentive" => options.election = Election::MarkovIncentive,
        "PCEModel=MarkovUniform" => options.election = Election::MarkovUniform,
        "ThirdPartyCommit=FullCommit" => options.commitment = Commitment::Full,
        "ThirdPartyCommit=NoCommit" => options.commitment = Commitment::None,
        "VictoryProbModel=Binary" => options.victory = Victory::Binary,
        "VictoryProbModel=Square" => options.victory = Victory::Square,
        "VictoryProbModel=Quartic" => options.victory = Victory::Quartic,
        "VictoryProbModel=Octic" => options.victory = Victory::Octic,
        "VotingRule=Binary" => options.voting = VotingRule::Binary,
        "VotingRule=Cubic" => options.voting = VotingRule::Cubic,
        "VotingRule=PropBin" => options.voting = VotingRule::PropBin,
        "VotingRule=PropCbc" => options.voting = VotingRule::PropCbc,
        other => panic!("unknown variant {other}"),
    }
    options
}

/// Turn, actor, issue → position and ideal.
type Expected = BTreeMap<(usize, String, usize), (f64, f64)>;

#[test]
fn positions_are_ktabs() {
    let Some(expected) = text("spatial/expected-ktab-positions.csv") else {
        return;
    };
    let mut sets: BTreeMap<(String, String), Expected> = BTreeMap::new();
    for line in expected.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let key = (
            cells[2].parse().unwrap(),
            cells[3].to_owned(),
            cells[4].parse().unwrap(),
        );
        sets.entry((cells[0].to_owned(), cells[1].to_owned()))
            .or_default()
            .insert(key, (number(5), number(6)));
    }
    let mut wrong = Vec::new();
    for ((data, variant), expected) in sets {
        // Depends on the order of KTAB's threads.
        if variant == "VotingRule=ASymProsp" {
            continue;
        }
        let table = if data == "smpExample" {
            example()
        } else {
            let file = format!("spatial/{data}.csv");
            read::read(&text(&file).unwrap(), &file, None).unwrap()
        };
        let run = run(&table, &options(&variant)).unwrap();
        let worst = compare(&table, &run.rounds, &expected);
        if worst.0 > 1e-6 {
            wrong.push(format!(
                "{data} {variant}: {worst:?}, {} turns",
                run.rounds.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}: {wrong:#?}", wrong.len());
}

/// The largest difference, and the turn it is in; infinite if turns are missing or too many.
fn compare(
    table: &Stakeholders,
    rounds: &[detente_stakeholders::spatial::Turn],
    expected: &Expected,
) -> (f64, usize) {
    let last = expected.keys().map(|key| key.0).max().unwrap();
    let k = table.issues().len();
    for ((turn, actor, issue), (position, ideal)) in expected {
        let a = table
            .actors()
            .iter()
            .position(|x| &x.name == actor)
            .unwrap();
        let Some(round) = rounds.get(*turn) else {
            return (f64::INFINITY, *turn);
        };
        let off = (round.positions[a * k + issue] - position)
            .abs()
            .max((round.ideals[a * k + issue] - ideal).abs());
        if off > 1e-6 {
            return (off, *turn);
        }
    }
    if rounds.len() == last + 1 {
        (0.0, last)
    } else {
        (f64::INFINITY, last)
    }
}
