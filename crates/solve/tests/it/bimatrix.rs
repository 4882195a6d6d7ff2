//! Bimatrix games from tables of payoffs.

use detente_game::game::{NO_PARENT, TERMINAL};
use detente_game::{Game, Parts};

/// Simultaneous play of two players: payoff tables, row by row.
pub fn bimatrix(first: &[Vec<f64>], second: &[Vec<f64>]) -> Game {
    let (rows, columns) = (first.len(), first[0].len());
    let ends = rows * columns;
    let (row, column) = (rows as u32, columns as u32);
    let mut parts = Parts {
        players: vec!["row".to_owned(), "column".to_owned()],
        parent: vec![NO_PARENT],
        first_child: vec![1],
        first_slot: vec![0],
        arity: vec![rows as u16],
        set: vec![0],
        set_player: vec![0, 1],
        set_first_slot: vec![0, row, row + column],
        ..Parts::default()
    };
    for at in 0..row {
        parts.parent.push(0);
        parts.first_child.push(1 + row + at * column);
        parts.first_slot.push(row);
        parts.arity.push(columns as u16);
        parts.set.push(1);
    }
    for end in 0..ends {
        parts.parent.push(1 + (end / columns) as u32);
        parts.first_child.push(end as u32);
        parts.first_slot.push(0);
        parts.arity.push(0);
        parts.set.push(TERMINAL);
        let (i, j) = (end / columns, end % columns);
        parts.payoffs.extend([first[i][j], second[i][j]]);
    }
    match Game::new(parts) {
        Ok(game) => game,
        Err(error) => panic!("{error}"),
    }
}

/// A bimatrix game of whole numbers 0..99, the same for the same seed.
pub fn random_bimatrix(size: usize, seed: u64) -> Game {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut number = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % 100) as f64
    };
    let mut table = || -> Vec<Vec<f64>> {
        (0..size)
            .map(|_| (0..size).map(|_| number()).collect())
            .collect()
    };
    bimatrix(&table(), &table())
}
