//! All equilibria of generic games of three players with two actions each, in closed form: on every support the
//! indifference conditions are linear, or three bilinear ones that reduce to one quadratic equation.

use detente_game::Game;
use rand::RngExt;
use rand_pcg::Pcg64;

use crate::games::game;

/// A game of three with payoffs drawn from a seed; actions 0 and 1 of the players in turn.
pub fn three(seed: u64) -> Game {
    let mut random = Pcg64::new(u128::from(seed), 11);
    let mut text = String::from(
        "EFG 2 R \"three\" { \"a\" \"b\" \"c\" }\np \"\" 1 1 \"\" { \"0\" \"1\" } 0\n",
    );
    let mut number = 0;
    for _ in 0..2 {
        text.push_str("p \"\" 2 1 \"\" { \"0\" \"1\" } 0\n");
        for _ in 0..2 {
            text.push_str("p \"\" 3 1 \"\" { \"0\" \"1\" } 0\n");
            for _ in 0..2 {
                number += 1;
                let mut draw = || (random.random::<f64>() * 1000.0).round() / 10.0;
                text.push_str(&format!(
                    "t \"\" {number} \"\" {{ {} {} {} }}\n",
                    draw(),
                    draw(),
                    draw()
                ));
            }
        }
    }
    game(&text)
}

/// What action 1 gains over action 0, as a + b·x + c·y + d·x·y in the others' probabilities of action 1.
struct Bilinear([f64; 4]);

impl Bilinear {
    fn at(&self, x: f64, y: f64) -> f64 {
        let [a, b, c, d] = self.0;
        a + b * x + c * y + d * x * y
    }
}

/// The gain of a player; `x` belongs to the first of the other two, `y` to the second.
fn gain(game: &Game, player: usize) -> Bilinear {
    let others: Vec<usize> = (0..3).filter(|&other| other != player).collect();
    let value = |own: usize, x: usize, y: usize| {
        let mut actions = [0; 3];
        (actions[player], actions[others[0]], actions[others[1]]) = (own, x, y);
        let row = actions[0] * 4 + actions[1] * 2 + actions[2];
        game.payoffs()[row * 3 + player]
    };
    let g = |x, y| value(1, x, y) - value(0, x, y);
    let (a, x, y, both) = (g(0, 0), g(1, 0), g(0, 1), g(1, 1));
    Bilinear([a, x - a, y - a, both - x - y + a])
}

/// Every equilibrium as a profile of six probabilities.
pub fn equilibria_of_three(game: &Game) -> Vec<Vec<f64>> {
    let gains: Vec<Bilinear> = (0..3).map(|player| gain(game, player)).collect();
    let mut found: Vec<[f64; 3]> = Vec::new();
    for pure in 0..8_usize {
        found.push([0, 1, 2].map(|player| (pure >> player & 1) as f64));
    }
    for alone in 0..3 {
        for own in [0.0, 1.0] {
            found.extend(two_mix(&gains, alone, own));
        }
    }
    found.extend(all_mix(&gains));
    found.retain(|p| {
        (0..3).all(|player| {
            let [x, y] = others(player).map(|other| p[other]);
            let gain = gains[player].at(x, y);
            (p[player] > 0.0 || gain < 0.0)
                && (p[player] < 1.0 || gain > 0.0)
                && (0.0..=1.0).contains(&p[player])
        })
    });
    found
        .iter()
        .map(|p| p.iter().flat_map(|p| [1.0 - p, *p]).collect())
        .collect()
}

fn others(player: usize) -> [usize; 2] {
    [[1, 2], [0, 2], [0, 1]][player]
}

/// The others mix while player `alone` plays `own`.
fn two_mix(gains: &[Bilinear], alone: usize, own: f64) -> Option<[f64; 3]> {
    let mut profile = [0.0; 3];
    profile[alone] = own;
    let [i, j] = others(alone);
    for (mixes, decides) in [(i, j), (j, i)] {
        // The probability of `mixes` makes `decides` indifferent.
        let [a, b, c, d] = gains[decides].0;
        let x_is_alone = others(decides)[0] == alone;
        let (level, slope) = if x_is_alone {
            (a + b * own, c + d * own)
        } else {
            (a + c * own, b + d * own)
        };
        profile[mixes] = -level / slope;
    }
    let inside = [i, j]
        .iter()
        .all(|&player| profile[player] > 0.0 && profile[player] < 1.0);
    inside.then_some(profile)
}

/// All three mix: with r = −(a + b q)/(c + d q) from the first player's indifference and p from the second's, the
/// third's is a quadratic in q.
fn all_mix(gains: &[Bilinear]) -> Vec<[f64; 3]> {
    let [a, b, c, d] = gains[0].0;
    let [e, f, g, h] = gains[1].0;
    let [k, l, m, n] = gains[2].0;
    let r = |q: f64| -(a + b * q) / (c + d * q);
    // 0 = e + f p + g r + h p r, times c + d q: p = −(E₀ + E₁ q)/(F₀ + F₁ q).
    let (e0, e1) = (e * c - g * a, e * d - g * b);
    let (f0, f1) = (f * c - h * a, f * d - h * b);
    let p = |q: f64| -(e0 + e1 * q) / (f0 + f1 * q);
    // 0 = k + l p + m q + n p q, times F₀ + F₁ q.
    let quadratic = [
        k * f0 - l * e0,
        k * f1 + m * f0 - l * e1 - n * e0,
        m * f1 - n * e1,
    ];
    let [z, y, x] = quadratic;
    let root = (y * y - 4.0 * x * z).sqrt();
    [(-y + root) / (2.0 * x), (-y - root) / (2.0 * x)]
        .into_iter()
        .map(|q| [p(q), q, r(q)])
        .filter(|all| all.iter().all(|p| *p > 0.0 && *p < 1.0))
        .collect()
}
