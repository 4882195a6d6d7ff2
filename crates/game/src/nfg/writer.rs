//! Writing `.nfg`.

use std::collections::HashMap;

use crate::game::Game;
use crate::normal::{Limits, NormalForm, TooLarge, exact_payoffs};
use crate::rational::nearest;
use crate::savefile::{Pen, plain, plain_labels};
use crate::strategic::Table;

/// Tables of at most so many numbers are computed in fractions, which keeps sums such as 1/3 + 1/3 clean.
const EXACT_CELLS: usize = 1 << 14;

/// A game as the text of an `.nfg` file that every version of Gambit reads. A strategic game is written as it
/// is, with its outcomes if they have names; of any other game it is the reduced normal form.
///
/// # Errors
/// [`TooLarge`] where the reduced normal form would be.
pub fn write(game: &Game, limits: &Limits) -> Result<String, TooLarge> {
    if let Some(table) = Table::of_game(game) {
        return Ok(write_table(&table));
    }
    let mut form = NormalForm::new(game, limits)?;
    if form.payoffs.len() <= EXACT_CELLS {
        let exact = exact_payoffs(game, &form.strategies);
        form.payoffs = exact.iter().map(nearest).collect();
    }
    Ok(write_table(&Table::of_normal_form(game, &form)))
}

/// A table as the text of an `.nfg` file.
pub fn write_table(table: &Table) -> String {
    let mut pen = Pen::new();
    header(&mut pen, table);
    if table.outcome_names.iter().any(|name| !name.is_empty()) {
        outcomes(&mut pen, table);
    } else {
        let players = table.players.len();
        body(&mut pen, table, |pen, profile| {
            let row = table.outcome[profile] as usize * players;
            for (player, &payoff) in table.payoffs[row..row + players].iter().enumerate() {
                if player > 0 {
                    pen.raw(" ");
                }
                pen.number(payoff);
            }
        });
    }
    pen.out
}

fn header(pen: &mut Pen, table: &Table) {
    pen.raw("NFG 1 R ");
    pen.quote(&plain(&table.title));
    pen.raw(" {");
    labels(pen, &table.players);
    pen.raw("}\n\n{ ");
    for own in &table.strategies {
        pen.raw("{");
        labels(pen, own);
        pen.raw("}\n");
    }
    pen.raw("}\n\"\"\n\n");
}

fn labels(pen: &mut Pen, names: &[String]) {
    pen.raw(" ");
    for name in plain_labels(names.iter().map(String::as_str)) {
        pen.quote(&name);
        pen.raw(" ");
    }
}

/// The outcomes in the order in which the profiles need them, then the number of each profile's.
fn outcomes(pen: &mut Pen, table: &Table) {
    let players = table.players.len();
    let mut numbers: HashMap<u32, usize> = HashMap::new();
    pen.raw("{\n");
    for &outcome in &table.outcome {
        let fresh = numbers.len() + 1;
        if *numbers.entry(outcome).or_insert(fresh) != fresh {
            continue;
        }
        let name = table.outcome_names.get(outcome as usize);
        pen.raw("{ ");
        pen.quote(&plain(name.map_or("", String::as_str)));
        let row = outcome as usize * players;
        for &payoff in &table.payoffs[row..row + players] {
            pen.raw(" ");
            pen.number(payoff);
        }
        pen.raw(" }\n");
    }
    pen.raw("}\n");
    body(pen, table, |pen, profile| {
        pen.whole(numbers[&table.outcome[profile]]);
    });
}

/// All profiles, one line for each choice of the players after the first.
fn body(pen: &mut Pen, table: &Table, mut profile: impl FnMut(&mut Pen, usize)) {
    let line = table.strategies.first().map_or(1, Vec::len);
    for number in 0..table.outcome.len() {
        profile(pen, number);
        pen.raw(if (number + 1) % line == 0 { "\n" } else { " " });
    }
}
