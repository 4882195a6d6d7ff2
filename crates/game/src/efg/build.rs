//! From the nodes of a file to a game: preorder to the game's own order, outcomes folded into the ends.

use super::reader::{File, FileNode, FileSet};
use crate::game::{CHANCE, Game, Labels, NO_PARENT, Parts, TERMINAL};
use crate::savefile::{Read, Remark, remark};

/// Builds the game.
pub(super) fn build(text: &str, file: File, warnings: Vec<Remark>) -> Result<Read, Vec<Remark>> {
    let fail = |offset, message: String| vec![remark(text, offset, message)];
    let sizes = subtree_sizes(&file).map_err(|(offset, what)| fail(offset, what))?;
    if let Some(node) = file
        .nodes
        .iter()
        .find(|n| n.outcome != 0 && !file.outcomes.contains_key(&n.outcome))
    {
        return Err(fail(
            node.offset,
            format!("outcome {} has no payoffs anywhere", node.outcome),
        ));
    }
    let mut parts = Parts {
        title: file.title.clone(),
        players: file.players.clone(),
        ..Parts::default()
    };
    let first_slots = lay_out_sets(&file, &mut parts);
    let placed = place_nodes(&file, &sizes);
    fill_nodes(&file, &placed, &first_slots, &mut parts);
    let rows = Rows {
        file: &file,
        place: &placed.place,
        parts: &mut parts,
    };
    rows.fill();
    let game = Game::new(parts).map_err(|error| fail(0, error.to_string()))?;
    Ok(Read { game, warnings })
}

fn arity(file: &File, node: &FileNode) -> usize {
    node.set.map_or(0, |set| file.sets[set].actions.len())
}

/// Number of nodes of every subtree. The tree must be complete, and nothing may follow it.
fn subtree_sizes(file: &File) -> Result<Vec<u32>, (usize, String)> {
    if file.nodes.len() >= (u32::MAX - 2) as usize {
        return Err((0, "the file has too many nodes".to_owned()));
    }
    let mut sizes = vec![1u32; file.nodes.len()];
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (at, node) in file.nodes.iter().enumerate() {
        if at > 0 && open.is_empty() {
            return Err((
                node.offset,
                "the tree is complete before this node".to_owned(),
            ));
        }
        open.push((at, arity(file, node)));
        while let Some(&(last, 0)) = open.last() {
            open.pop();
            if let Some((parent, left)) = open.last_mut() {
                sizes[*parent] += sizes[last];
                *left -= 1;
            }
        }
    }
    match open.first() {
        None if file.nodes.is_empty() => Err((0, "the file has no nodes".to_owned())),
        None => Ok(sizes),
        Some(_) => {
            let missing: usize = open.iter().map(|(_, left)| left).sum();
            Err((
                usize::MAX,
                format!("the file ends too early: at least {missing} nodes are missing"),
            ))
        }
    }
}

/// Numbers the slots: information sets in order of appearance, then draws. Gives each its first slot.
fn lay_out_sets(file: &File, parts: &mut Parts) -> Vec<u32> {
    let mut first_slots = vec![0u32; file.sets.len()];
    parts.set_first_slot.push(0);
    let mut labels = Labels::default();
    for (place, set) in file.sets.iter().enumerate() {
        let Some(player) = set.player else { continue };
        first_slots[place] = labels.actions.len() as u32;
        parts.set_player.push(player);
        labels.sets.push(set.name.clone());
        labels.actions.extend(set.actions.iter().cloned());
        parts.set_first_slot.push(labels.actions.len() as u32);
    }
    for (place, set) in file
        .sets
        .iter()
        .enumerate()
        .filter(|(_, set)| set.player.is_none())
    {
        first_slots[place] = (labels.actions.len() + labels.chance.len()) as u32;
        labels.chance.extend(set.actions.iter().cloned());
        parts.chance.extend_from_slice(&set.probabilities);
    }
    parts.labels = labels;
    first_slots
}

struct Placed {
    /// Per node of the file its number in the game.
    place: Vec<u32>,
    /// Per node of the file: number of its first child in the game.
    first_child: Vec<u32>,
    /// Per node of the file its parent's number in the game.
    parent: Vec<u32>,
}

fn place_nodes(file: &File, sizes: &[u32]) -> Placed {
    let nodes = file.nodes.len();
    let mut placed = Placed {
        place: vec![0; nodes],
        first_child: vec![1; nodes],
        parent: vec![NO_PARENT; nodes],
    };
    for (at, node) in file.nodes.iter().enumerate() {
        let first = placed.first_child[at];
        let count = arity(file, node) as u32;
        let mut next = first + count;
        let mut child = at + 1;
        for k in 0..count {
            placed.place[child] = first + k;
            placed.parent[child] = placed.place[at];
            placed.first_child[child] = next;
            next += sizes[child] - 1;
            child += sizes[child] as usize;
        }
    }
    placed
}

fn fill_nodes(file: &File, placed: &Placed, first_slots: &[u32], parts: &mut Parts) {
    let nodes = file.nodes.len();
    let mut next_set = 0..;
    let number = |set: &FileSet| set.player.and_then(|_| next_set.next()).unwrap_or(CHANCE);
    let numbers: Vec<u32> = file.sets.iter().map(number).collect();
    parts.parent = vec![NO_PARENT; nodes];
    parts.first_child = vec![0; nodes];
    parts.first_slot = vec![0; nodes];
    parts.arity = vec![0; nodes];
    parts.set = vec![TERMINAL; nodes];
    for (at, node) in file.nodes.iter().enumerate() {
        let place = placed.place[at] as usize;
        parts.parent[place] = placed.parent[at];
        if let Some(set) = node.set {
            parts.set[place] = numbers[set];
            parts.first_child[place] = placed.first_child[at];
            parts.first_slot[place] = first_slots[set];
            parts.arity[place] = arity(file, node) as u16;
        }
    }
}

struct Rows<'a> {
    file: &'a File,
    place: &'a [u32],
    parts: &'a mut Parts,
}

impl Rows<'_> {
    /// Gives every end its payoffs: the sum of the outcomes on its path. Ends with the same outcome and none
    /// above share their row.
    fn fill(mut self) {
        let players = self.parts.players.len();
        let file = self.file;
        let mut above: Vec<Option<Vec<f64>>> = vec![None; file.nodes.len()];
        let mut row_of = std::collections::HashMap::new();
        let mut open: Vec<(usize, usize)> = Vec::new();
        for (at, node) in file.nodes.iter().enumerate() {
            let inherited = open.last().and_then(|&(parent, _)| above[parent].clone());
            let own = file.outcomes.get(&node.outcome);
            let total = match (&inherited, own) {
                (Some(sum), Some(outcome)) => Some(
                    sum.iter()
                        .zip(&outcome.payoffs)
                        .map(|(a, b)| a + b)
                        .collect(),
                ),
                (Some(sum), None) => Some(sum.clone()),
                (None, outcome) => outcome.map(|outcome| outcome.payoffs.clone()),
            };
            let children = arity(file, node);
            if children == 0 {
                let payoffs = total.unwrap_or_else(|| vec![0.0; players]);
                let name = own.map_or("", |outcome| outcome.name.as_str());
                let row = if inherited.is_some() {
                    self.push(payoffs, name)
                } else {
                    *row_of
                        .entry(node.outcome)
                        .or_insert_with(|| self.push(payoffs, name))
                };
                self.parts.first_child[self.place[at] as usize] = row;
            } else {
                above[at] = total;
            }
            open.push((at, children));
            while let Some(&(last, 0)) = open.last() {
                open.pop();
                above[last] = None;
                if let Some((_, left)) = open.last_mut() {
                    *left -= 1;
                }
            }
        }
    }

    fn push(&mut self, payoffs: Vec<f64>, name: &str) -> u32 {
        self.parts.payoffs.extend(payoffs);
        self.parts.labels.outcomes.push(name.to_owned());
        (self.parts.labels.outcomes.len() - 1) as u32
    }
}
