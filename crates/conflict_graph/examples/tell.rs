//! Tells what is known of the conflicts in a JSON file: equilibria, reasons, ways, changes.
#![allow(clippy::print_stdout)]

use detente_conflict_graph::{
    Allowed, Concept, Conflict, GraphError, Settings, analyse, evolution, explain, fastest,
    move_words, read_json, seek, sentence, state_words,
};

/// Arguments: the file, the name of a conflict, the number of the status quo (from 1).
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, name, rest @ ..] = arguments.as_slice() else {
        println!("usage: tell FILE CONFLICT [STATE]");
        return Ok(());
    };
    let today = rest
        .first()
        .and_then(|n| n.parse::<usize>().ok())
        .unwrap_or(1)
        .max(1)
        - 1;
    let drafts = read_json(&std::fs::read_to_string(file)?, file)?;
    for draft in drafts.into_iter().filter(|draft| draft.name == *name) {
        tell(&draft.check()?, today)?;
    }
    Ok(())
}

fn tell(conflict: &Conflict, today: usize) -> Result<(), GraphError> {
    let settings = Settings::default();
    let concepts: Vec<Concept> = Concept::USUAL
        .into_iter()
        .chain([Concept::Limited(2), Concept::NonMyopic])
        .collect();
    let found = analyse(conflict, &concepts, &settings)?;
    println!("{}", conflict.name());
    for concept in &concepts {
        let numbers: Vec<usize> = found.equilibria(*concept).iter().map(|s| s + 1).collect();
        println!("  {} equilibria: {numbers:?}", concept.name());
    }
    for concept in Concept::USUAL.into_iter().chain([Concept::Limited(2)]) {
        println!("{}:", concept.name());
        for actor in 0..conflict.actors().len() {
            let told = explain(conflict, today, actor, concept, &settings)?;
            println!("  {}", sentence(conflict, &told));
        }
    }
    let ways = evolution(conflict, today, Allowed::Improvements)?;
    for state in found.equilibria(Concept::Sequential).iter() {
        match fastest(conflict, &ways, state, 1)?.first() {
            None => println!("No improvements lead to {}.", state_words(conflict, state)),
            Some(way) => {
                println!("To {}:", state_words(conflict, state));
                let mut at = today;
                for step in &way.steps {
                    let words = move_words(conflict, at, step.to);
                    println!("  {} moves by {words}", conflict.actors()[step.actor]);
                    at = step.to;
                }
            }
        }
    }
    let everybody: Vec<usize> = (0..conflict.actors().len()).collect();
    let goal = seek(conflict, today, &everybody, Concept::Sequential, &settings)?;
    println!(
        "For {} to be a sequential equilibrium:",
        state_words(conflict, today)
    );
    for change in &goal.changes {
        let lowered: Vec<String> = change
            .lowered
            .iter()
            .map(|s| state_words(conflict, *s))
            .collect();
        println!(
            "  {} would have to like {} less ({} pairs change places)",
            conflict.actors()[change.actor],
            lowered.join(", "),
            change.swaps
        );
    }
    println!("  still unstable for {:?}", goal.unstable_for);
    Ok(())
}
