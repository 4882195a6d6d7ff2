//! `detente tree`: the game as a picture, abridged by probability, or as a file for other programs.

use detente_expand::Expansion;
use detente_findings::abridge::{Shown, abridged};
use detente_game::game::{CHANCE, TERMINAL};
use detente_game::{Profile, efg, passes};
use detente_language::scenario::Scenario;
use detente_report::{TreeKind, TreeNode, TreePicture, dot, svg, tikz};

use crate::args::{TreeArgs, TreeFormat, When};
use crate::failure::{FINDINGS, Failure, LIMIT};
use crate::game_input::named;
use crate::input::story;
use crate::line::{expanded, solved};
use crate::progress::interrupted;
use crate::terminal::{self, complain};

/// Runs the command; the exit code if it came to its end.
///
/// # Errors
/// What ended it early.
pub fn run(args: &TreeArgs, color: When) -> Result<u8, Failure> {
    let story = story(&args.file, color, false)?;
    let mut line = expanded(&story, &args.solve, color, false)?;
    if args.format == TreeFormat::Efg {
        write(args, &efg::write(&named(&story, line.expansion)?))?;
        return Ok(0);
    }
    line.options.path_points = 0;
    let solution = solved(&line.expansion.game, &line.options, false);
    let picture = picture(
        &story.scenario,
        &line.expansion,
        &solution.profile,
        args.nodes,
    );
    let text = match args.format {
        TreeFormat::Dot => dot(&picture),
        TreeFormat::Tikz => tikz(&picture),
        TreeFormat::Svg | TreeFormat::Efg => svg(&picture),
    };
    write(
        args,
        &text.map_err(|error| Failure::input(error.to_string()))?,
    )?;
    if solution.status.is_success() {
        return Ok(0);
    }
    complain(&format!(
        "warning: the probabilities are not those of an equilibrium. {}",
        solution.status.sentence()
    ));
    Ok(if interrupted() { LIMIT } else { FINDINGS })
}

fn write(args: &TreeArgs, text: &str) -> Result<(), Failure> {
    terminal::put(args.out.as_deref(), text)
}

fn picture(
    scenario: &Scenario,
    expansion: &Expansion,
    profile: &Profile,
    most: usize,
) -> TreePicture {
    let reach = passes::reach(&expansion.game, profile);
    let edges = profile.edges(&expansion.game);
    let shown = abridged(&expansion.game, &reach, most);
    TreePicture {
        title: scenario.title.clone(),
        actors: scenario
            .actors
            .iter()
            .map(|actor| actor.label.clone())
            .collect(),
        nodes: shown
            .iter()
            .map(|shown| tree_node(expansion, &reach, &edges, shown))
            .collect(),
    }
}

fn tree_node(expansion: &Expansion, reach: &[f64], edges: &[f64], shown: &Shown) -> TreeNode {
    let game = &expansion.game;
    let node = shown.node as usize;
    let (edge, edge_probability) = match game.slot_into(node) {
        None => (String::new(), None),
        Some(slot) => {
            let (branch, option, _) = expansion.paths.slots[slot];
            let words = &expansion.words.options[usize::from(branch)][usize::from(option)];
            (words.bare.clone(), Some(edges[slot]))
        }
    };
    let decided = || {
        let (branch, _, _) = expansion.paths.slots[game.first_slot()[node] as usize];
        expansion.words.variables[expansion.program.branches[usize::from(branch)].variable].clone()
    };
    let row = game.first_child()[node] as usize;
    let (kind, label, set, payoffs) = match game.set()[node] {
        TERMINAL => {
            let outcome = usize::from(expansion.paths.outcome[row]);
            let payoffs = expansion.payoffs_of_end(row).to_vec();
            (
                TreeKind::End,
                expansion.words.outcomes[outcome].clone(),
                None,
                payoffs,
            )
        }
        CHANCE => (TreeKind::Draw, decided(), None, Vec::new()),
        set => {
            let actor = usize::from(game.set_player()[set as usize]);
            (
                TreeKind::Decision(actor),
                decided(),
                Some(set as usize),
                Vec::new(),
            )
        }
    };
    TreeNode {
        parent: shown.parent,
        kind,
        label,
        set,
        probability: reach[node],
        payoffs,
        elided: shown.elided,
        edge,
        edge_probability,
    }
}
