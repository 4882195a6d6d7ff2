//! How many pure equilibria a game of perfect information without chance has, by counting backwards.
//!
//! A reduced profile is an equilibrium with the play that ends at z if no player i can, by leaving that play alone,
//! reach anything better than u_i(z). Let G_i(x, v) be the number of ways in which the others can choose below x, which
//! i has entered by deviating, so that i gets at most v. At nodes of i it is a product over all children; at a node of
//! another player, which chooses one child and by that leaves aside its own choices below the others, it is a sum. The
//! equilibria with play z number Π G_i(c, u_i(z)) over the nodes on the way, i being who decides there, and the
//! children c that are not chosen.

use detente_game::Game;
use detente_game::game::{NO_PARENT, TERMINAL};

use crate::weighted::{Number, Weighted};

/// Most numbers in the tables of G.
const MOST: usize = 1 << 24;

/// The number of pure equilibria, `u128::MAX` for that many or more; none where the game has draws or information
/// sets of several nodes, or too many different payoffs.
pub(super) fn count<T: Number>(game: &Game, payoffs: &Weighted<T>) -> Option<u128> {
    let perfect = game.chance().is_empty() && game.members().len() == game.sets();
    let levels: Vec<Vec<&T>> = (0..game.players())
        .map(|player| levels(game, payoffs, player))
        .collect();
    let cells: usize = levels.iter().map(Vec::len).sum::<usize>() * game.nodes();
    if !perfect || cells > MOST {
        return None;
    }
    let ways = ways(game);
    let tables: Vec<Vec<Vec<u128>>> = (0..game.players())
        .map(|player| {
            let held = |level: &&T| held(game, payoffs, &ways, player, level);
            levels[player].iter().map(held).collect()
        })
        .collect();
    let players = game.players();
    let ends = (0..game.nodes()).filter(|&node| game.set()[node] == TERMINAL);
    let with_play = |end: usize| {
        let mut product = 1u128;
        let mut node = end;
        while game.parent()[node] != NO_PARENT {
            let parent = game.parent()[node] as usize;
            let player = owner(game, parent);
            let level = levels[player].binary_search(&&payoffs.payoffs[end * players + player]);
            let table = &tables[player][level.unwrap_or(0)];
            let others = game.children(parent).filter(|&child| child != node);
            product = others.fold(product, |product, child| {
                product.saturating_mul(table[child])
            });
            node = parent;
        }
        product
    };
    Some(ends.map(with_play).fold(0, u128::saturating_add))
}

/// Whose decision a node is, in a game without draws.
fn owner(game: &Game, node: usize) -> usize {
    usize::from(game.set_player()[game.set()[node] as usize])
}

/// The different payoffs of a player, ascending.
fn levels<'a, T: Number>(game: &Game, payoffs: &'a Weighted<T>, player: usize) -> Vec<&'a T> {
    let ends = (0..game.nodes()).filter(|&node| game.set()[node] == TERMINAL);
    let mut levels: Vec<&T> = ends
        .map(|end| &payoffs.payoffs[end * game.players() + player])
        .collect();
    levels.sort();
    levels.dedup();
    levels
}

/// Per node and player: in how many ways the player can choose below.
fn ways(game: &Game) -> Vec<u128> {
    let players = game.players();
    let mut ways = vec![1u128; game.nodes() * players];
    for node in (0..game.nodes())
        .rev()
        .filter(|&node| game.set()[node] != TERMINAL)
    {
        for player in 0..players {
            let below = game
                .children(node)
                .map(|child| ways[child * players + player]);
            ways[node * players + player] = if player == owner(game, node) {
                below.fold(0, u128::saturating_add)
            } else {
                below.fold(1, u128::saturating_mul)
            };
        }
    }
    ways
}

/// Per node: G of a player for a payoff.
fn held<T: Number>(
    game: &Game,
    payoffs: &Weighted<T>,
    ways: &[u128],
    player: usize,
    level: &T,
) -> Vec<u128> {
    let players = game.players();
    let mut held = vec![0u128; game.nodes()];
    for node in (0..game.nodes()).rev() {
        let children = game.children(node);
        held[node] = if game.set()[node] == TERMINAL {
            u128::from(payoffs.payoffs[node * players + player] <= *level)
        } else if owner(game, node) == player {
            children.fold(1, |product: u128, child| {
                product.saturating_mul(held[child])
            })
        } else {
            let aside = [player, owner(game, node)];
            let free = |child: usize| {
                let others = (0..players).filter(|other| !aside.contains(other));
                others.fold(1u128, |product, other| {
                    product.saturating_mul(ways[child * players + other])
                })
            };
            let chosen = |taken: usize| {
                let others = children.clone().filter(|&child| child != taken);
                others.fold(held[taken], |product, child| {
                    product.saturating_mul(free(child))
                })
            };
            children.clone().map(chosen).fold(0, u128::saturating_add)
        };
    }
    held
}
