//! What a search for further equilibria says, in the terms of the scenario.

use detente_game::Profile;
use detente_language::diagnostic::Diagnostic;
use detente_solve::search::{Found, Isolation, Other};

use crate::assemble::Input;
use crate::model::{EquilibriaFacts, OtherCertificate, OtherEquilibrium, Searched};
use crate::query::{Queries, end_probabilities};
use crate::tally::{Tally, tally};

/// Total variation between the ends of two equilibria up to which they are the same one: the solution that is
/// shown is less exact than those of the search.
const SAME: f64 = 0.01;
/// Why the solution that is shown is that of the principal branch.
const WHY: &str = "It is where play settles that starts from even odds on everything and becomes ever more precise (the \
                   limit of the principal branch of the logit correspondence).";

/// How many equilibria a search found, and how the others differ from the solution that is shown.
///
/// # Errors
/// A query whose arithmetic has no finite result, with its place.
pub fn equilibria(input: &Input<'_>, found: &Found) -> Result<EquilibriaFacts, Box<Diagnostic>> {
    let own = input.scenario.asks.iter().map(|ask| &ask.query);
    let queries = own.chain(input.asked.iter().map(|(_, query)| query));
    let queries = Queries::new(input.scenario, input.settings, input.expansion, queries)?;
    let tallied = |profile: &Profile| {
        tally(
            input.scenario,
            input.settings,
            input.expansion,
            &queries,
            profile,
        )
    };
    let shown = tallied(&input.solution.profile)?;
    let same = the_one_shown(input, found);
    let mut others = Vec::new();
    for (_, other) in found
        .others
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != same)
    {
        others.push(told(
            other,
            found,
            &tallied(&other.equilibrium.profile)?,
            &shown,
        ));
    }
    others.sort_by(|a, b| b.share.total_cmp(&a.share));
    Ok(EquilibriaFacts {
        found: others.len() + 1,
        shown: "principal_branch".to_owned(),
        why: WHY.to_owned(),
        share: same.map_or(0.0, |at| share(&found.others[at], found)),
        searched: Searched {
            starts: found.starts,
            given_up: found.given_up,
            status: found.status.word().to_owned(),
            seconds: found.seconds,
        },
        others,
    })
}

/// Which of the equilibria found is the solution that is shown: the one that leads to nearly the same ends.
fn the_one_shown(input: &Input<'_>, found: &Found) -> Option<usize> {
    let game = &input.expansion.game;
    let shown = end_probabilities(game, &input.solution.profile);
    let distances = found
        .others
        .iter()
        .map(|other| variation(&shown, &end_probabilities(game, &other.equilibrium.profile)));
    let nearest = distances.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
    nearest
        .filter(|(_, distance)| *distance <= SAME)
        .map(|(at, _)| at)
}

fn told(other: &Other, found: &Found, tally: &Tally, shown: &Tally) -> OtherEquilibrium {
    let certificate = &other.equilibrium.certificate;
    OtherEquilibrium {
        share: share(other, found),
        certificate: OtherCertificate {
            largest_gain: certificate.largest_gain,
            largest_relative_gain: certificate.largest_relative_gain,
            largest_relative_gain_at_sets: certificate.largest_relative_gain_at_sets,
        },
        continuum: other.isolation == Isolation::Continuum,
        endings: tally.endings.clone(),
        actors: tally.actors.clone(),
        asks: tally.asks.clone(),
        differs: variation(&shown.endings, &tally.endings),
    }
}

fn share(other: &Other, found: &Found) -> f64 {
    other.priors as f64 / found.starts.max(1) as f64
}

/// Half the sum of absolute differences.
fn variation(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0
}
