//! The game as the logit equation needs it: decision nodes only.
//!
//! Draws and forced moves (a single action) are multiplied through, and ends are summed up, so that an edge
//! carries a constant payoff and leads to some decision nodes, each with a weight. This is exact, and a
//! third of the nodes is left of a typical crisis. Payoffs are shifted and scaled per player.

use std::ops::Range;

use detente_game::Game;
use detente_game::game::TERMINAL;

use super::levels::Levels;
use super::system::Scaling;

/// In [`Skeleton::edge_above`]: no decision stands above.
pub(super) const ROOT: u32 = u32::MAX;

/// Decision nodes of a game, level by level: those with as many decisions above them lie together, in the order of
/// the edges that lead to them.
#[derive(Clone, Debug)]
pub(super) struct Skeleton {
    /// Number of players.
    pub(super) players: usize,
    /// Per information set with a choice: its number in the game.
    pub(super) game_set: Vec<u32>,
    /// Per information set: its player.
    pub(super) player: Vec<u8>,
    /// Per information set, and one more: first slot here.
    pub(super) first_slot: Vec<u32>,
    /// Per information set, and one more: where its nodes begin in `members`.
    pub(super) first_member: Vec<u32>,
    /// Nodes of the information sets.
    pub(super) members: Vec<u32>,
    /// Per node: its information set.
    pub(super) set: Vec<u32>,
    /// Per node: the edge that leads to it, or [`ROOT`].
    pub(super) edge_above: Vec<u32>,
    /// Per node: the decision node above it; itself for none.
    pub(super) above: Vec<u32>,
    /// Per node, and one more: its first edge.
    pub(super) first_edge: Vec<u32>,
    /// Per edge, and one more: the first node that it leads to.
    pub(super) first_child: Vec<u32>,
    /// Per level, and one more: its first node.
    pub(super) first_of_level: Vec<u32>,
    /// Per node: its place in `members`.
    pub(super) place: Vec<u32>,
    /// Per node: probability with which chance leads here from the edge above.
    pub(super) weight: Vec<f64>,
    /// Per node: logarithm of that probability, impossible draws left out.
    pub(super) log_weight: Vec<f64>,
    /// Per node: whether it can be believed in: fewer impossible draws lead to no other node of its set.
    pub(super) believable: Vec<bool>,
    /// Per edge, one value per player: expected payoff of ending before the next decision.
    pub(super) ends: Vec<f64>,
    /// One value per player: the same before the first decision.
    pub(super) ends_at_root: Vec<f64>,
    /// Per unknown: logarithm of the weight of its action at λ = 0, less that of the first action.
    pub(super) prior: Vec<f64>,
}

/// What leads to a node of the game from the edge of the decision above it.
#[derive(Clone, Copy)]
struct Link {
    edge: u32,
    above: u32,
    weight: f64,
    log_weight: f64,
    impossible: u32,
}

impl Skeleton {
    /// Number of information sets with a choice.
    pub(super) fn sets(&self) -> usize {
        self.player.len()
    }

    /// Number of decision nodes.
    pub(super) fn nodes(&self) -> usize {
        self.set.len()
    }

    /// Number of actions.
    pub(super) fn slots(&self) -> usize {
        self.first_slot[self.sets()] as usize
    }

    /// Number of unknowns: one less than actions at every information set.
    pub(super) fn unknowns(&self) -> usize {
        self.slots() - self.sets()
    }

    /// Slots of an information set.
    pub(super) fn slots_of(&self, set: usize) -> Range<usize> {
        self.first_slot[set] as usize..self.first_slot[set + 1] as usize
    }

    /// Nodes of an information set.
    pub(super) fn members_of(&self, set: usize) -> &[u32] {
        &self.members[self.first_member[set] as usize..self.first_member[set + 1] as usize]
    }

    /// Slots of a range of information sets.
    pub(super) fn slots_of_all(&self, sets: &Range<usize>) -> Range<usize> {
        self.first_slot[sets.start] as usize..self.first_slot[sets.end] as usize
    }

    /// Places in `members` of a range of information sets.
    pub(super) fn members_of_all(&self, sets: &Range<usize>) -> Range<usize> {
        self.first_member[sets.start] as usize..self.first_member[sets.end] as usize
    }

    /// Number of actions at an information set.
    pub(super) fn arity(&self, set: usize) -> usize {
        self.slots_of(set).len()
    }

    /// Nodes of a level.
    pub(super) fn level(&self, level: usize) -> Range<usize> {
        self.first_of_level[level] as usize..self.first_of_level[level + 1] as usize
    }

    /// Number of levels.
    pub(super) fn levels(&self) -> usize {
        self.first_of_level.len() - 1
    }

    /// Edges of the nodes of a range.
    pub(super) fn edges_of(&self, nodes: &Range<usize>) -> Range<usize> {
        self.first_edge[nodes.start] as usize..self.first_edge[nodes.end] as usize
    }

    /// Nodes that an edge leads to.
    pub(super) fn children_of(&self, edge: usize) -> Range<usize> {
        self.first_child[edge] as usize..self.first_child[edge + 1] as usize
    }

    /// The slot of the choice that leads to a node; none at the root.
    pub(super) fn slot_above(&self, node: usize) -> Option<usize> {
        let edge = self.edge_above[node];
        if edge == ROOT {
            return None;
        }
        let above = self.above[node] as usize;
        let action = edge - self.first_edge[above];
        Some((self.first_slot[self.set[above] as usize] + action) as usize)
    }

    /// First unknown of an information set.
    pub(super) fn first_unknown(&self, set: usize) -> usize {
        self.first_slot[set] as usize - set
    }

    /// Builds the skeleton of a game, with payoffs shifted and scaled.
    pub(super) fn new(game: &Game, scaling: &Scaling, prior: Option<&[f64]>) -> Skeleton {
        let mut skeleton = Skeleton::with_sets(game);
        skeleton.prior = skeleton.odds(game, prior);
        let number: Vec<u32> = skeleton.numbers(game);
        let nothing = Link {
            edge: ROOT,
            above: 0,
            weight: 1.0,
            log_weight: 0.0,
            impossible: 0,
        };
        let mut links = vec![nothing; game.nodes()];
        let mut impossible = Vec::new();
        for node in 0..game.nodes() {
            let link = links[node];
            let set = game.set()[node];
            if set == TERMINAL {
                skeleton.add_end(link, game.payoffs_at(node), scaling);
            } else if let Some(&here) = number.get(set as usize)
                && here != ROOT
            {
                impossible.push(link.impossible);
                let first = skeleton.add_decision(link, here);
                let above = skeleton.nodes() as u32 - 1;
                for (edge, child) in (first..).zip(game.children(node)) {
                    links[child] = Link {
                        edge,
                        above,
                        weight: 1.0,
                        log_weight: 0.0,
                        ..link
                    };
                }
            } else {
                follow_draw(game, node, link, &mut links);
            }
        }
        let impossible = skeleton.sort_by_level(&impossible);
        skeleton.collect_members();
        skeleton.mark_believable(&impossible);
        skeleton
    }

    /// Whether two skeletons differ at most in their numbers, and the same draws are impossible in both.
    pub(super) fn same_shape(&self, other: &Skeleton) -> bool {
        let possible =
            |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(x, y)| (*x > 0.0) == (*y > 0.0));
        self.players == other.players
            && self.game_set == other.game_set
            && self.player == other.player
            && self.first_slot == other.first_slot
            && self.set == other.set
            && self.edge_above == other.edge_above
            && self.believable == other.believable
            && possible(&self.weight, &other.weight)
    }

    /// A game between this one and another of the same shape: payoffs and probabilities of chance are mixed,
    /// `share` of the other's with the rest of this one's.
    pub(super) fn blend(&self, other: &Skeleton, share: f64) -> Skeleton {
        let mix =
            |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x + share * (y - x)).collect();
        let weight: Vec<f64> = mix(&self.weight, &other.weight);
        let logs: Vec<f64> = mix(&self.log_weight, &other.log_weight);
        let log_weight = weight
            .iter()
            .zip(&logs)
            .map(|(&w, &l)| if w > 0.0 { w.ln() } else { l })
            .collect();
        Skeleton {
            weight,
            log_weight,
            ends: mix(&self.ends, &other.ends),
            ends_at_root: mix(&self.ends_at_root, &other.ends_at_root),
            ..self.clone()
        }
    }

    fn with_sets(game: &Game) -> Skeleton {
        let mut first_slot = vec![0];
        let mut slots = 0;
        let mut game_set = Vec::new();
        let mut player = Vec::new();
        for set in 0..game.sets() {
            let actions = game.slots(set).len() as u32;
            if actions > 1 {
                slots += actions;
                first_slot.push(slots);
                game_set.push(set as u32);
                player.push(game.set_player()[set]);
            }
        }
        Skeleton {
            players: game.players(),
            game_set,
            player,
            first_slot,
            first_member: Vec::new(),
            members: Vec::new(),
            set: Vec::new(),
            edge_above: Vec::new(),
            above: Vec::new(),
            first_edge: Vec::new(),
            first_child: Vec::new(),
            first_of_level: Vec::new(),
            place: Vec::new(),
            weight: Vec::new(),
            log_weight: Vec::new(),
            believable: Vec::new(),
            ends: Vec::new(),
            ends_at_root: vec![0.0; game.players()],
            prior: Vec::new(),
        }
    }

    /// Log odds per unknown of weights per slot of the game; even ones where there are none, or as many as do not
    /// fit.
    fn odds(&self, game: &Game, prior: Option<&[f64]>) -> Vec<f64> {
        let Some(prior) = prior.filter(|prior| prior.len() == game.actions()) else {
            return vec![0.0; self.unknowns()];
        };
        let mut odds = Vec::with_capacity(self.unknowns());
        for &set in &self.game_set {
            let here = &prior[game.slots(set as usize)];
            odds.extend(here[1..].iter().map(|weight| weight - here[0]));
        }
        odds
    }

    /// Per information set of the game its number here, [`ROOT`] for none.
    fn numbers(&self, game: &Game) -> Vec<u32> {
        let mut number = vec![ROOT; game.sets()];
        for (here, &set) in self.game_set.iter().enumerate() {
            number[set as usize] = here as u32;
        }
        number
    }

    fn add_end(&mut self, link: Link, payoffs: &[f64], scaling: &Scaling) {
        let players = self.players;
        let row = match link.edge {
            ROOT => &mut self.ends_at_root[..],
            edge => &mut self.ends[edge as usize * players..(edge as usize + 1) * players],
        };
        for (player, value) in row.iter_mut().enumerate() {
            *value +=
                link.weight * ((payoffs[player] - scaling.shift[player]) / scaling.scale[player]);
        }
    }

    /// Adds a decision node and returns its first edge.
    fn add_decision(&mut self, link: Link, set: u32) -> u32 {
        let first = (self.ends.len() / self.players) as u32;
        let edges = self.arity(set as usize);
        self.ends
            .resize(self.ends.len() + edges * self.players, 0.0);
        self.above.push(if link.edge == ROOT {
            self.set.len() as u32
        } else {
            link.above
        });
        self.set.push(set);
        self.edge_above.push(link.edge);
        self.first_edge.push(first);
        self.weight.push(link.weight);
        self.log_weight.push(link.log_weight);
        first
    }

    /// Brings the nodes, found in the order of the game, into that of their levels; `impossible` comes along.
    fn sort_by_level(&mut self, impossible: &[u32]) -> Vec<u32> {
        let levels = Levels::new(self);
        let edge = |&edge: &u32| levels.edge.get(edge as usize).copied().unwrap_or(ROOT);
        let node = |&node: &u32| levels.node[node as usize];
        self.edge_above = levels.nodes(&self.edge_above).iter().map(edge).collect();
        self.above = levels.nodes(&self.above).iter().map(node).collect();
        self.set = levels.nodes(&self.set);
        self.weight = levels.nodes(&self.weight);
        self.log_weight = levels.nodes(&self.log_weight);
        self.ends = levels.edges(&self.ends, self.players);
        self.first_edge = levels.first_edge();
        self.first_child = levels.first_child(&self.edge_above);
        let impossible = levels.nodes(impossible);
        self.first_of_level = levels.first_of_level;
        impossible
    }

    fn collect_members(&mut self) {
        let mut first = vec![0u32; self.sets() + 1];
        for &set in &self.set {
            first[set as usize + 1] += 1;
        }
        for set in 0..self.sets() {
            first[set + 1] += first[set];
        }
        let mut next = first.clone();
        self.members = vec![0; self.nodes()];
        self.place = vec![0; self.nodes()];
        for (node, &set) in self.set.iter().enumerate() {
            let place = &mut next[set as usize];
            self.members[*place as usize] = node as u32;
            self.place[node] = *place;
            *place += 1;
        }
        self.first_member = first;
    }

    fn mark_believable(&mut self, impossible: &[u32]) {
        let mut fewest = vec![u32::MAX; self.sets()];
        for (&set, &count) in self.set.iter().zip(impossible) {
            let least = &mut fewest[set as usize];
            *least = count.min(*least);
        }
        let counts = self.set.iter().zip(impossible);
        self.believable = counts
            .map(|(&set, &count)| count == fewest[set as usize])
            .collect();
    }
}

fn follow_draw(game: &Game, node: usize, link: Link, links: &mut [Link]) {
    let slot = game.first_slot()[node] as usize;
    for (k, child) in game.children(node).enumerate() {
        let chance = slot
            .checked_sub(game.actions())
            .map_or(1.0, |first| game.chance()[first + k]);
        let possible = chance > 0.0;
        links[child] = Link {
            weight: link.weight * chance,
            log_weight: link.log_weight + if possible { chance.ln() } else { 0.0 },
            impossible: link.impossible + u32::from(!possible),
            ..link
        };
    }
}
