//! The judge: what anybody could gain by deviating from a profile.
//!
//! It knows the game and the profile, not the solver. A player's gain is the value of its best response minus
//! its value (Nash). At every information set, reached or not, the gain of the best action over the mixture
//! is computed with the beliefs of [`detente_game::passes::beliefs`]. With perfect recall and these
//! (consistent) beliefs, no gain at any information set means that the profile is a sequential equilibrium,
//! by the one-shot deviation principle (Hendon, Jacobsen & Sloth 1996).

use detente_game::response::{Responder, best_response};
use detente_game::{Game, Profile, passes};

/// What one player could gain.
#[derive(Clone, Debug, PartialEq)]
pub struct PlayerGain {
    /// Expected payoff under the profile, in the player's own units.
    pub value: f64,
    /// Largest gain from deviating, in the player's own units, at least 0. Where the player has imperfect
    /// recall: the largest gain from deviating at one information set, times the probability that it is
    /// reached (agent form).
    pub gain: f64,
    /// The same as a share of the payoff range; 0 where the range is 0.
    pub relative_gain: f64,
    /// Largest minus smallest payoff.
    pub payoff_range: f64,
    /// An information set at which the player forgets what it did or knew, if there is one.
    pub forgets_at: Option<usize>,
}

/// How far a profile is from equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// Per player.
    pub players: Vec<PlayerGain>,
    /// Largest gain of any player, in its own units.
    pub largest_gain: f64,
    /// Largest gain of any player as a share of its payoff range.
    pub largest_relative_gain: f64,
    /// Sum of the gains of all players.
    pub total_gain: f64,
    /// Per information set: what its best action gives more than its mixture, given that it is reached, in
    /// its player's own units.
    pub set_gains: Vec<f64>,
    /// Largest of `set_gains`.
    pub largest_gain_at_sets: f64,
    /// Largest of `set_gains` as a share of the player's payoff range.
    pub largest_relative_gain_at_sets: f64,
    /// The information set where that share is largest; none where nobody gains anywhere.
    pub worst_set: Option<usize>,
    /// Per information set: what each action is worth there (by slot, in its player's own units).
    pub action_values: Vec<f64>,
}

impl Certificate {
    /// Whether every player recalls everything, so that the gains are those of best responses.
    pub fn perfect_recall(&self) -> bool {
        self.players
            .iter()
            .all(|player| player.forgets_at.is_none())
    }
}

/// Certifies a profile.
pub fn certify(game: &Game, profile: &Profile) -> Certificate {
    certify_with(game, profile, &passes::beliefs(game, profile))
}

/// Certifies a profile with beliefs of its own, one per place in [`Game::members`]: where play does not lead, many
/// beliefs can be consistent. Whether these are is for the caller to know.
pub fn certify_with(game: &Game, profile: &Profile, beliefs: &[f64]) -> Certificate {
    let values = passes::values(game, profile);
    let action_values = passes::action_values(game, beliefs, &values);
    let set_gains: Vec<f64> = (0..game.sets())
        .map(|set| local_gain(game, profile, &action_values, set))
        .collect();
    let players: Vec<PlayerGain> = (0..game.players())
        .map(|player| player_gain(game, profile, player, values[player], &set_gains))
        .collect();
    let mut certificate = Certificate {
        largest_gain: players.iter().map(|p| p.gain).fold(0.0, f64::max),
        largest_relative_gain: players.iter().map(|p| p.relative_gain).fold(0.0, f64::max),
        total_gain: players.iter().map(|p| p.gain).sum(),
        largest_gain_at_sets: set_gains.iter().copied().fold(0.0, f64::max),
        largest_relative_gain_at_sets: 0.0,
        worst_set: None,
        players,
        set_gains,
        action_values,
    };
    for (set, &gain) in certificate.set_gains.iter().enumerate() {
        let range = game.payoff_range(usize::from(game.set_player()[set]));
        let relative = share(gain, range);
        if relative > certificate.largest_relative_gain_at_sets {
            certificate.largest_relative_gain_at_sets = relative;
            certificate.worst_set = Some(set);
        }
    }
    certificate
}

/// The largest relative gain from deviating from each profile, as [`certify`] gives it. What depends on the game alone is
/// worked out once for all.
pub(crate) fn relative_gains(game: &Game, profiles: &[&Profile]) -> Vec<f64> {
    let responders = (0..game.players()).map(|player| Responder::new(game, player));
    let Ok(mut responders) = responders.collect::<Result<Vec<_>, _>>() else {
        let gain = |profile: &&Profile| certify(game, profile).largest_relative_gain;
        return profiles.iter().map(gain).collect();
    };
    let gain = |profile: &&Profile| {
        let (values, edges) = (passes::values(game, profile), profile.edges(game));
        let players = responders.iter_mut().enumerate();
        let gains = players.map(|(player, responder)| {
            let gain = (responder.respond(&edges).value - values[player]).max(0.0);
            share(gain, game.payoff_range(player))
        });
        gains.fold(0.0, f64::max)
    };
    profiles.iter().map(gain).collect()
}

/// What the best action at an information set gives more than the mixture.
fn local_gain(game: &Game, profile: &Profile, action_values: &[f64], set: usize) -> f64 {
    let worth = &action_values[game.slots(set)];
    let best = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    worth
        .iter()
        .zip(profile.at(game, set))
        .map(|(value, p)| p * (best - value))
        .sum()
}

fn player_gain(
    game: &Game,
    profile: &Profile,
    player: usize,
    value: f64,
    set_gains: &[f64],
) -> PlayerGain {
    let payoff_range = game.payoff_range(player);
    let (gain, forgets_at) = match best_response(game, profile, player) {
        Ok(response) => ((response.value - value).max(0.0), None),
        Err(set) => (agent_form_gain(game, profile, player, set_gains), Some(set)),
    };
    PlayerGain {
        value,
        gain,
        relative_gain: share(gain, payoff_range),
        payoff_range,
        forgets_at,
    }
}

fn agent_form_gain(game: &Game, profile: &Profile, player: usize, set_gains: &[f64]) -> f64 {
    let reach = passes::set_reach(game, &passes::reach(game, profile));
    let own = (0..game.sets()).filter(|&set| usize::from(game.set_player()[set]) == player);
    own.map(|set| reach[set] * set_gains[set])
        .fold(0.0, f64::max)
}

fn share(gain: f64, range: f64) -> f64 {
    if range > 0.0 { gain / range } else { 0.0 }
}
