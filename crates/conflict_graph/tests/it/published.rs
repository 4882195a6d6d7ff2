//! Published conflicts and what other programs say about them.

use detente_conflict_graph::{
    Analysis, Concept, Conflict, Countermoves, Departure, Settings, analyse, analyse_blocks,
    analyse_coalitions, departures, inverse,
};

use crate::cases;

fn usual(conflict: &Conflict, countermoves: Countermoves) -> Analysis {
    let settings = Settings {
        countermoves,
        ..Settings::default()
    };
    analyse(conflict, &Concept::USUAL, &settings).unwrap()
}

/// Every row of the table, of which two cells hang on how countermoves are understood.
#[test]
fn every_row_of_the_table() {
    let Some(table) = cases::text("expected-stability.csv") else {
        return;
    };
    let columns = [
        (Concept::Nash, 'N'),
        (Concept::General, 'G'),
        (Concept::Sequential, 'Q'),
        (Concept::Simultaneous, 'I'),
        (Concept::SymmetricGeneral, 'M'),
    ];
    let mut differ = Vec::new();
    let mut rows = 0;
    for line in table.lines().skip(1) {
        let quoted: Vec<&str> = line.split('"').collect();
        let head: Vec<&str> = quoted[0].split(',').collect();
        let cells: Vec<&str> = quoted[2].split(',').collect();
        let conflict = cases::conflict(head[0]).unwrap();
        let state = head[1].parse::<usize>().unwrap() - 1;
        assert_eq!(conflict.states().unwrap().marks(state), head[3]);
        let once = usual(&conflict, Countermoves::Once);
        let published = usual(&conflict, Countermoves::Sequences);
        for (column, (concept, letter)) in columns.iter().enumerate() {
            let digits = |analysis: &Analysis| {
                let digit = |i| {
                    if analysis.is_stable(*concept, i, state) {
                        '1'
                    } else {
                        '0'
                    }
                };
                let digits = (0..conflict.actors().len()).map(digit);
                std::iter::once(*letter).chain(digits).collect::<String>()
            };
            assert_eq!(digits(&once), cells[column + 1], "{line}");
            if digits(&published) != cells[column + 1] {
                differ.push((head[0].to_owned(), state + 1, *letter));
            }
        }
        rows += 1;
    }
    assert_eq!(rows, 99);
    let garrison = |letter| ("Garrison".to_owned(), 6, letter);
    assert_eq!(differ, [garrison('G'), garrison('M')]);
}

fn numbers(analysis: &Analysis, concept: Concept) -> Vec<usize> {
    analysis.equilibria(concept).iter().map(|s| s + 1).collect()
}

/// The four states in which Uniroyal abandons Elmira are one (Kilgour, Hipel, Fang and Peng 2001): the literature's
/// nine states, with moves into the fifth that are common.
#[test]
fn elmira_with_one_abandoned_state() {
    let Some(elmira) = cases::conflict("Elmira") else {
        return;
    };
    let merged = elmira.merged(&[vec![4, 5, 10, 11]]).unwrap();
    assert_eq!(merged.size(), 9);
    assert_eq!(merged.moves(1, 4), [] as [usize; 0]);
    let concepts = [
        Concept::Nash,
        Concept::General,
        Concept::SymmetricGeneral,
        Concept::Sequential,
    ];
    let found = analyse(&merged, &concepts, &Settings::default()).unwrap();
    // In our order state 5 is abandonment, 6 the literature's s5, 9 its s8.
    assert_eq!(numbers(&found, Concept::Nash), [5, 6, 9]);
    assert_eq!(numbers(&found, Concept::Sequential), [5, 6, 9]);
    assert_eq!(numbers(&found, Concept::General), [1, 4, 5, 6, 9]);
    assert_eq!(numbers(&found, Concept::SymmetricGeneral), [1, 4, 5, 6, 9]);
}

/// The Ministry and Uniroyal as one: state 7, the deadlock, holds no longer, as the handout of GMCR+ says.
#[test]
fn elmira_with_a_coalition() {
    let Some(elmira) = cases::conflict("Elmira") else {
        return;
    };
    let concepts = [
        Concept::Nash,
        Concept::General,
        Concept::SymmetricGeneral,
        Concept::Sequential,
    ];
    let blocks = [vec![0, 1], vec![2]];
    let found = analyse_blocks(&elmira, &blocks, &concepts, &Settings::default()).unwrap();
    assert_eq!(numbers(&found, Concept::Nash), [5, 6, 9, 10, 11, 12]);
    let general = [1, 3, 4, 5, 6, 9, 10, 11, 12];
    assert_eq!(numbers(&found, Concept::General), general);
    assert_eq!(numbers(&found, Concept::SymmetricGeneral), general);
    assert_eq!(
        numbers(&found, Concept::Sequential),
        [1, 5, 6, 9, 10, 11, 12]
    );
}

/// The coalition improvement that dissolves the deadlock leads from 7 to 10 (the literature's s5 and s8).
#[test]
fn the_way_out_of_the_deadlock() {
    let Some(elmira) = cases::conflict("Elmira") else {
        return;
    };
    let merged = elmira.merged(&[vec![4, 5, 10, 11]]).unwrap();
    let settings = Settings::default();
    let nash = analyse(&merged, &[Concept::Nash], &settings).unwrap();
    let ways = departures(&merged, &nash.equilibria(Concept::Nash), &settings).unwrap();
    let way = Departure {
        members: vec![0, 1],
        from: 5,
        to: 8,
    };
    assert_eq!(ways, [way]);
    let all = analyse_coalitions(&merged, &[Concept::Nash], &settings).unwrap();
    assert!(!all.equilibria(Concept::Nash).contains(5));
    assert!(all.equilibria(Concept::Nash).contains(8));
}

/// All 720 rankings of Syria's: 240 make state 2 stable under Nash, 384 under sequential and general, 300 under
/// symmetric metarational stability.
#[test]
fn rankings_of_syria() {
    let Some(conflict) = cases::conflict("SyriaIraq") else {
        return;
    };
    for (concept, wanted) in [
        (Concept::Nash, 240),
        (Concept::Sequential, 384),
        (Concept::General, 384),
        (Concept::SymmetricGeneral, 300),
    ] {
        let found = inverse(&conflict, 1, 0, concept, 100).unwrap();
        assert_eq!(found.count, Some((wanted, 720)), "{concept:?}");
        assert!((found.share - wanted as f64 / 720.0).abs() < 1e-12);
        assert_eq!(found.standard_error, 0.0);
        assert!(found.complete);
    }
    // Both of Syria's moves must lead to states that it likes no better.
    let nash = inverse(&conflict, 1, 0, Concept::Nash, 100).unwrap();
    assert_eq!(nash.conditions, [vec![0, 2]]);
}

/// The prisoners' dilemma has two non-myopic equilibria, the cooperative state and the Nash equilibrium (Brams and
/// Wittman 1981).
#[test]
fn far_sighted_prisoners() {
    let Some(prisoners) = cases::conflict("Prisoners") else {
        return;
    };
    let found = analyse(&prisoners, &[Concept::NonMyopic], &Settings::default()).unwrap();
    assert_eq!(numbers(&found, Concept::NonMyopic), [1, 4]);
}
