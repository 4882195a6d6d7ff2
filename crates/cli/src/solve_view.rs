//! What a method found, made ready to be shown in a terminal.

use detente_game::rational::{Rational, expected, nearest};
use detente_game::{Game, passes};
use detente_report::{ChoiceView, EquilibriaView, EquilibriumView};
use detente_solve::Equilibrium;
use detente_solve::methods::Outcome;

/// Digits that a numerator or denominator may have to be shown.
const LONGEST_PART: usize = 8;

/// The view of an outcome.
pub fn view(game: &Game, file: &str, method: &str, outcome: &Outcome) -> EquilibriaView {
    let found = &outcome.found;
    let names = game.set_names();
    let title = match game.title() {
        "" => file.to_owned(),
        title => title.to_owned(),
    };
    EquilibriaView {
        title,
        size: [game.players(), game.nodes(), game.sets()],
        method: method.to_owned(),
        success: found.status.is_success(),
        sentence: found.sentence().to_owned(),
        seconds: found.seconds,
        precision: outcome.precision,
        remarks: remarks(outcome),
        players: game.player_names().to_vec(),
        equilibria: found
            .equilibria
            .iter()
            .map(|equilibrium| one(game, &names, equilibrium))
            .collect(),
    }
}

/// What a reader should know: the method's own words, and how the equilibria hang together.
fn remarks(outcome: &Outcome) -> Vec<String> {
    let mut remarks = outcome.found.remarks.clone();
    let connected: Vec<String> = outcome
        .components
        .iter()
        .filter(|component| component.len() > 1)
        .map(|component| {
            let numbers: Vec<String> = component.iter().map(|k| (k + 1).to_string()).collect();
            numbers.join(", ")
        })
        .collect();
    if !connected.is_empty() {
        remarks.push(format!(
            "Connected through mixtures that are equilibria too: {}.",
            connected.join("; ")
        ));
    }
    remarks
}

fn one(game: &Game, names: &[String], equilibrium: &Equilibrium) -> EquilibriumView {
    let certificate = &equilibrium.certificate;
    let reach = passes::set_reach(game, &passes::reach(game, &equilibrium.profile));
    let mut sets: Vec<usize> = (0..game.sets())
        .filter(|&set| game.slots(set).len() > 1)
        .collect();
    sets.sort_by(|&a, &b| reach[b].total_cmp(&reach[a]));
    EquilibriumView {
        payoffs: equilibrium.payoffs(),
        exact_payoffs: equilibrium
            .exact
            .as_ref()
            .and_then(|exact| expected(game, exact))
            .map(|payoffs| payoffs.iter().map(fraction).collect()),
        largest_relative_gain: certificate.largest_relative_gain,
        largest_relative_gain_at_sets: certificate.largest_relative_gain_at_sets,
        remark: equilibrium.remark.clone(),
        choices: sets
            .into_iter()
            .map(|set| choice(game, names, equilibrium, set, reach[set]))
            .collect(),
    }
}

/// A fraction for the eye: a decimal where it has more digits than one takes in. JSON keeps the fraction.
fn fraction(exact: &Rational) -> String {
    let text = exact.to_string();
    let digits = |part: &str| part.trim_start_matches('-').len();
    if text.split('/').any(|part| digits(part) > LONGEST_PART) {
        let decimal = format!("{:.6}", nearest(exact));
        decimal
            .trim_end_matches('0')
            .trim_end_matches('.')
            .to_owned()
    } else {
        text
    }
}

/// Options that are chosen at all, likeliest first.
fn choice(
    game: &Game,
    names: &[String],
    equilibrium: &Equilibrium,
    set: usize,
    reach: f64,
) -> ChoiceView {
    let player = usize::from(game.set_player()[set]);
    let slots = game.slots(set);
    let probabilities = equilibrium.profile.probabilities();
    let mut order: Vec<usize> = (0..slots.len())
        .filter(|k| probabilities[slots.start + k] >= 5e-5)
        .collect();
    order.sort_by(|a, b| probabilities[slots.start + b].total_cmp(&probabilities[slots.start + a]));
    let shown = |k: usize| match &equilibrium.exact {
        Some(exact) => fraction(&exact[slots.start + k]),
        None => format!("{:.4}", probabilities[slots.start + k]),
    };
    ChoiceView {
        player: game.player_names()[player].clone(),
        set: names[set].clone(),
        reach,
        actions: order
            .into_iter()
            .map(|k| (game.action_name(set, k), shown(k)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::fraction;
    use detente_game::rational::Rational;

    #[test]
    fn long_fractions_are_shown_as_decimals() {
        let shown = |numerator: i64, denominator: i64| {
            fraction(&Rational::new(numerator.into(), denominator.into()))
        };
        assert_eq!(shown(2, 3), "2/3");
        assert_eq!(shown(-12_345_678, 7), "-12345678/7");
        assert_eq!(
            shown(3_671_505_981_932_528_017, 6_862_628_003_612_201_800),
            "0.535"
        );
        assert_eq!(shown(-10_000_000_001, 10_000_000_000), "-1");
        assert_eq!(shown(1, 3_000_000_000_000), "0");
    }
}
