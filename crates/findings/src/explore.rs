//! The tree node by node: who is to move, what they know, what each option leads to, and what else could be the case.

use detente_expand::Expansion;
use detente_game::game::{CHANCE, TERMINAL};
use detente_game::{Profile, passes};
use serde::Serialize;

/// Probabilities and values of a profile at all nodes, worked out once for all questions.
#[derive(Clone, Debug, PartialEq)]
pub struct Passes {
    reach: Vec<f64>,
    beliefs: Vec<f64>,
    values: Vec<f64>,
    worth: Vec<f64>,
    edges: Vec<f64>,
}

impl Passes {
    /// Of a profile.
    #[must_use]
    pub fn new(expansion: &Expansion, profile: &Profile) -> Passes {
        let game = &expansion.game;
        let beliefs = passes::beliefs(game, profile);
        let values = passes::values(game, profile);
        Passes {
            reach: passes::reach(game, profile),
            worth: passes::action_values(game, &beliefs, &values),
            edges: profile.edges(game),
            beliefs,
            values,
        }
    }
}

/// A node as it is looked at.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeView {
    /// Its number; the root is 0.
    pub id: u32,
    /// What happens here.
    pub kind: NodeKind,
    /// Who decides, by position among the actors.
    pub actor: Option<usize>,
    /// What is decided or drawn, or how it ends.
    pub label: String,
    /// Round of the outermost `repeat` around it, 0 outside.
    pub round: u16,
    /// Probability that the play comes here.
    pub reach: f64,
    /// The way from the root: each node with what happened on the edge into it.
    pub path: Vec<Step>,
    /// What who decides knows.
    pub set: Option<SetView>,
    /// Expected payoff of every actor from here on (with what was gained before), in its own units.
    pub values: Vec<f64>,
    /// What can happen here, in the order told; the likeliest where there are too many.
    pub options: Vec<OptionView>,
    /// Options that are left out.
    pub folded: Option<Folded>,
    /// Name of the outcome where the play ends.
    pub outcome: Option<usize>,
}

/// What happens at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// An actor decides.
    Decision,
    /// Chance draws, or an actor does what it does by assumption.
    Draw,
    /// The play ends.
    End,
}

/// A step of the way to a node.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// Where it leads.
    pub node: u32,
    /// What happened, with who did it.
    pub label: String,
    /// Probability of it where it happened.
    pub probability: f64,
}

/// What an actor knows where it decides: its information set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetView {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// How many histories it holds: what could be the case.
    pub size: usize,
    /// Probability that the play comes to any of them.
    pub reach: f64,
    /// What the actor has observed, in order.
    pub knows: Vec<String>,
    /// What has happened on the way to this node that it has not observed.
    pub hidden: Vec<String>,
    /// The histories it cannot tell apart, the likeliest first, as many as were asked for.
    pub histories: Vec<History>,
}

/// One of the histories that an actor cannot tell apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    /// The node at its end.
    pub node: u32,
    /// What of it is hidden from the actor.
    pub label: String,
    /// How likely the actor thinks it.
    pub belief: f64,
}

/// What can happen at a node.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionView {
    /// In words.
    pub label: String,
    /// Probability of it here.
    pub probability: f64,
    /// What it is worth to who decides, by its beliefs; none of a draw.
    pub value: Option<f64>,
    /// Where it leads.
    pub child: u32,
    /// Probability that the play comes there.
    pub reach: f64,
    /// Nodes below it.
    pub below: u32,
    /// Expected payoff of every actor from there on.
    pub values: Vec<f64>,
}

/// Options that are left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Folded {
    /// How many.
    pub count: usize,
    /// Their probability together.
    pub probability: f64,
}

/// The likeliest node of an information set; none where there is no such set.
#[must_use]
pub fn likeliest(expansion: &Expansion, passes: &Passes, set: u32) -> Option<u32> {
    let game = &expansion.game;
    if set as usize >= game.sets() {
        return None;
    }
    let range = game.member_range(set as usize);
    let by_belief = |&a: &usize, &b: &usize| {
        passes.beliefs[a]
            .total_cmp(&passes.beliefs[b])
            .then(b.cmp(&a))
    };
    range.max_by(by_belief).map(|place| game.members()[place])
}

/// Looks at a node: its options from number `from` on, at most `most` of them and of the histories. None where there is
/// no such node.
#[must_use]
pub fn look(
    expansion: &Expansion,
    passes: &Passes,
    node: u32,
    from: usize,
    most: usize,
) -> Option<NodeView> {
    let game = &expansion.game;
    let at = node as usize;
    if at >= game.nodes() {
        return None;
    }
    let players = game.players();
    let set = game.set()[at];
    let (kind, actor) = match set {
        TERMINAL => (NodeKind::End, None),
        CHANCE => (NodeKind::Draw, None),
        set => (
            NodeKind::Decision,
            Some(usize::from(game.set_player()[set as usize])),
        ),
    };
    let outcome = (kind == NodeKind::End)
        .then(|| usize::from(expansion.paths.outcome[game.first_child()[at] as usize]));
    let (options, folded) = options(expansion, passes, node, actor.is_some(), from, most);
    let (label, round) = match outcome {
        Some(outcome) => (expansion.words.outcomes[outcome].clone(), 0),
        None => {
            let event = expansion.event(node, 0);
            (
                expansion.words.variables[event.variable].clone(),
                event.round,
            )
        }
    };
    Some(NodeView {
        id: node,
        kind,
        actor,
        label,
        round,
        reach: passes.reach[at],
        path: path(expansion, passes, node),
        set: actor.map(|actor| set_view(expansion, passes, node, set, actor, most)),
        values: passes.values[at * players..(at + 1) * players].to_vec(),
        options,
        folded,
        outcome,
    })
}

fn path(expansion: &Expansion, passes: &Passes, node: u32) -> Vec<Step> {
    let events = expansion.events_to(node);
    let steps = events.iter().map(|event| Step {
        node: event.child,
        label: expansion.words.options[event.branch][event.option]
            .full
            .clone(),
        probability: passes.edges[event.slot as usize],
    });
    steps.collect()
}

fn options(
    expansion: &Expansion,
    passes: &Passes,
    node: u32,
    decided: bool,
    from: usize,
    most: usize,
) -> (Vec<OptionView>, Option<Folded>) {
    let game = &expansion.game;
    let at = node as usize;
    if game.set()[at] == TERMINAL {
        return (Vec::new(), None);
    }
    let players = game.players();
    let slot = game.first_slot()[at] as usize;
    let children = game.children(at);
    let probability = |k: &usize| passes.edges[slot + k];
    // By probability it is chosen which to show; they are shown in the order in which they are told.
    let mut order: Vec<usize> = (0..children.len()).collect();
    order.sort_by(|a, b| probability(b).total_cmp(&probability(a)).then(a.cmp(b)));
    let from = from.min(order.len());
    let to = from.saturating_add(most.max(1)).min(order.len());
    let left: f64 = order[to..].iter().map(probability).sum();
    let folded = (to < order.len()).then(|| Folded {
        count: order.len() - to,
        probability: left,
    });
    let mut shown = order[from..to].to_vec();
    shown.sort_unstable();
    let options = shown.into_iter().map(|k| {
        let event = expansion.event(node, k as u32);
        let child = children.start + k;
        OptionView {
            label: expansion.words.options[event.branch][event.option]
                .bare
                .clone(),
            probability: passes.edges[slot + k],
            value: decided.then(|| passes.worth[slot + k]),
            child: child as u32,
            reach: passes.reach[child],
            below: below(expansion, child),
            values: passes.values[child * players..(child + 1) * players].to_vec(),
        }
    });
    (options.collect(), folded)
}

/// Nodes below a node, counted up to [`COUNTED`] or a little more.
fn below(expansion: &Expansion, node: usize) -> u32 {
    let game = &expansion.game;
    let mut waiting = vec![game.children(node)];
    let mut count = 0_u32;
    while let Some(children) = waiting.pop() {
        count = count.saturating_add(children.len() as u32);
        // A subtree that is very large is told as such: nobody waits for it to be counted.
        if count > COUNTED {
            return count;
        }
        waiting.extend(
            children
                .map(|child| game.children(child))
                .filter(|range| !range.is_empty()),
        );
    }
    count
}

/// Nodes of a subtree are counted up to here.
const COUNTED: u32 = 10_000;

fn set_view(
    expansion: &Expansion,
    passes: &Passes,
    node: u32,
    set: u32,
    actor: usize,
    most: usize,
) -> SetView {
    let game = &expansion.game;
    let range = game.member_range(set as usize);
    let members = &game.members()[range.clone()];
    let name = expansion.set_name(set);
    let mut likeliest: Vec<(u32, f64)> = members
        .iter()
        .copied()
        .zip(passes.beliefs[range].iter().copied())
        .collect();
    likeliest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    likeliest.truncate(most.max(1));
    // The node that is looked at is always among them.
    if !likeliest.iter().any(|(member, _)| *member == node) {
        let belief = members.iter().position(|member| *member == node);
        let first = game.member_range(set as usize).start;
        likeliest.pop();
        likeliest.push((
            node,
            belief.map_or(0.0, |place| passes.beliefs[first + place]),
        ));
    }
    let histories = likeliest.into_iter().map(|(node, belief)| History {
        node,
        label: expansion.hidden_from(actor, node).join("; "),
        belief,
    });
    SetView {
        id: set,
        size: members.len(),
        reach: members
            .iter()
            .map(|&member| passes.reach[member as usize])
            .sum(),
        knows: name.private.iter().chain(&name.after).cloned().collect(),
        name: name.to_string(),
        hidden: expansion.hidden_from(actor, node),
        histories: histories.collect(),
    }
}
