//! What was offered and said, turn by turn.

use super::SessionPage;
use crate::html::markup::{Column, Section, Table, escape, key, label};
use crate::number::{self, Scale};

/// Turns listed from the beginning and from the end.
const SHOWN: usize = 10;

pub(super) fn section(page: &SessionPage) -> Section {
    let deal = &page.deal;
    let mut table = Table::new(
        "Turns",
        &[
            (Column::Head, "Party"),
            (Column::Number, "Round"),
            (Column::Words, "Offer"),
        ],
    )
    .stacked();
    for party in &deal.parties {
        table.column(Column::Number, &escape(&format!("To {}", party.name)));
    }
    let scales: Vec<Scale> = (deal.parties.iter())
        .map(|party| Scale::of([party.fallback, party.worst, party.best]))
        .collect();
    let left_out = page.turns.len().saturating_sub(2 * SHOWN);
    for (number, turn) in page.turns.iter().enumerate() {
        if left_out > 0 && number == SHOWN {
            let words = format!("… {}", number::counted(left_out, "turn", "turns"));
            let mut row = vec![words, String::new(), String::new()];
            row.extend(scales.iter().map(|_| String::new()));
            table.row(row);
        }
        if left_out > 0 && (SHOWN..SHOWN + left_out).contains(&number) {
            continue;
        }
        let party = &deal.parties[turn.party];
        let mut row = vec![
            format!("{}{}", key("actor", party.colour), label(&party.name)),
            turn.round.to_string(),
            escape(&turn.words),
        ];
        row.extend(scales.iter().enumerate().map(|(p, scale)| {
            let value = turn.values.as_ref().map(|values| values[p]);
            value.map_or_else(String::new, |value| scale.write(value))
        }));
        table.row(row);
    }
    for improvement in &page.improvements {
        let party = &deal.parties[improvement.party];
        let mut row = vec![
            format!("{}{}", key("actor", party.colour), label(&party.name)),
            "after".to_owned(),
            escape(&improvement.words),
        ];
        let values = scales.iter().zip(&improvement.values);
        row.extend(values.map(|(scale, value)| scale.write(*value)));
        table.row(row);
    }
    Section {
        id: "turns",
        title: "Turn by turn",
        body: table.html(),
    }
}
