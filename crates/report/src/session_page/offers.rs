//! What was offered and said, turn by turn.

use super::SessionPage;
use crate::html::markup::{Column, Section, Table, escape, key, label};
use crate::number::{self, Scale};

/// Turns listed from the beginning and from the end.
const SHOWN: usize = 20;

pub(super) fn section(page: &SessionPage) -> Section {
    let deal = &page.deal;
    let mut table = Table::new(
        "Turns",
        &[
            (Column::Number, "Round"),
            (Column::Head, "Party"),
            (Column::Words, "Offer"),
        ],
    );
    for party in &deal.parties {
        table.column(Column::Number, &escape(&format!("To {}", party.name)));
    }
    let scales: Vec<Scale> = (deal.parties.iter())
        .map(|party| Scale::of([party.fallback, party.worst, party.best]))
        .collect();
    let left_out = page.turns.len().saturating_sub(2 * SHOWN);
    for (number, turn) in page.turns.iter().enumerate() {
        if left_out > 0 && number == SHOWN {
            let mut row = vec![
                String::new(),
                String::new(),
                format!("… {}", number::counted(left_out, "turn", "turns")),
            ];
            row.extend(scales.iter().map(|_| String::new()));
            table.row(row);
        }
        if left_out > 0 && (SHOWN..SHOWN + left_out).contains(&number) {
            continue;
        }
        let party = &deal.parties[turn.party];
        let mut row = vec![
            turn.round.to_string(),
            format!("{}{}", key("actor", party.colour), label(&party.name)),
            escape(&turn.words),
        ];
        row.extend(scales.iter().enumerate().map(|(p, scale)| {
            let value = turn.values.as_ref().map(|values| values[p]);
            value.map_or_else(String::new, |value| scale.write(value))
        }));
        table.row(row);
    }
    Section {
        id: "turns",
        title: "Turn by turn",
        body: table.html(),
    }
}
