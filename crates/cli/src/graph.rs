//! `detente graph`: which states of a conflict would last, and why.

use detente_conflict_graph::study::{Coalitions, Question, Study, Subject, study};
use detente_conflict_graph::{Concept, Countermoves, GraphError, Reading, Settings, read_json};
use detente_line::conflict::{concept_named, subject as of_story};
use detente_report::{graph_html, graph_text};

use crate::args::When;
use crate::args_graph::{GraphArgs, Unknown};
use crate::failure::Failure;
use crate::forecast::unwritten;
use crate::input::{read, story};
use crate::line::{bound, threads};
use crate::pages::{named_folder, page_file, write_page};
use crate::terminal::{print, text_options};

/// Reads, asks and prints.
///
/// # Errors
/// Bad input; a page that cannot be written.
pub fn run(args: &GraphArgs, color: When) -> Result<u8, Failure> {
    let subject = subject(args, color)?;
    let question = question(args, &subject)?;
    let found = study(&subject, &question).map_err(wrong)?;
    if args.json {
        print(&json(&found)?)?;
        if args.out.is_none() {
            return Ok(0);
        }
    }
    let quiet = args.json || args.quiet;
    if !quiet {
        print(&graph_text(&found, text_options(color)))?;
    }
    let out = args.out.clone();
    let out = out.unwrap_or_else(|| named_folder(&args.file));
    let path = page_file(&out, "graph.html");
    write_page(&path, &graph_html(&found))?;
    if !quiet {
        print(&format!("\nReport: {}\n", path.display()))?;
    }
    Ok(0)
}

fn json(found: &Study) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(found).map_err(unwritten)? + "\n")
}

/// An error of the graph, or of what was asked.
fn wrong(error: GraphError) -> Failure {
    Failure::input(error.to_string())
}

fn subject(args: &GraphArgs, color: When) -> Result<Subject, Failure> {
    let json = args
        .file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    if json {
        return of_file(args);
    }
    let name = args.file.display();
    if let Some(conflict) = &args.conflict {
        return Err(Failure::input(format!(
            "`--conflict {conflict}`: a scenario has one conflict"
        )));
    }
    let story = story(&args.file, color, args.quiet || args.json)?;
    let (_, settings) = bound(&story, &args.set, color)?;
    let found = of_story(&story, &settings).map_err(|fault| Failure::of(&fault, color))?;
    found.ok_or_else(|| {
        Failure::input(format!(
            "{name} has no `option` of an actor, and no issues with `value`s; `detente graph` needs one of them"
        ))
    })
}

/// A conflict from a JSON file.
fn of_file(args: &GraphArgs) -> Result<Subject, Failure> {
    let name = args.file.display().to_string();
    if let Some(setting) = args.set.first() {
        return Err(Failure::input(format!(
            "`--set {setting}`: only scenarios have params, and {name} is none"
        )));
    }
    let mut drafts = read_json(&read(&args.file)?, &name).map_err(wrong)?;
    let known: Vec<String> = drafts.iter().map(|draft| draft.name.clone()).collect();
    let at = match &args.conflict {
        Some(wanted) => known
            .iter()
            .position(|name| name.eq_ignore_ascii_case(wanted.trim())),
        None => (drafts.len() == 1).then_some(0),
    };
    let Some(at) = at else {
        let which = match &args.conflict {
            Some(wanted) => format!("`--conflict {wanted}`: there is no such conflict in {name}"),
            None => format!(
                "{name} holds {} conflicts; choose one by `--conflict NAME`",
                known.len()
            ),
        };
        return Err(Failure::input(format!(
            "{which}; there are: {}",
            known.join(", ")
        )));
    };
    let conflict = drafts.swap_remove(at).check().map_err(wrong)?;
    let mut subject = Subject::plain(conflict);
    // Where the conflict begins is not in such files; the first state is where collections put it.
    subject.today = subject.today.or(Some(0));
    Ok(subject)
}

fn question(args: &GraphArgs, subject: &Subject) -> Result<Question, Failure> {
    let states = |words: &[String], option: &str| -> Result<Vec<usize>, Failure> {
        words
            .iter()
            .map(|word| state(subject, word, option))
            .collect()
    };
    let from = args
        .from
        .as_ref()
        .map(|word| state(subject, word, "--from"));
    let reading = match (args.strong, args.unknown) {
        (true, _) => Reading::Strong,
        (_, Some(Unknown::A)) => Reading::UnknownA,
        (_, Some(Unknown::B)) => Reading::UnknownB,
        (_, Some(Unknown::C)) => Reading::UnknownC,
        (_, Some(Unknown::D)) => Reading::UnknownD,
        _ => Reading::Plain,
    };
    let willing = args.willing.iter();
    Ok(Question {
        concepts: concepts(args)?,
        settings: Settings {
            reading,
            countermoves: if args.once {
                Countermoves::Once
            } else {
                Countermoves::Sequences
            },
            threads: threads(args.threads),
        },
        from: from.transpose()?,
        about: states(&args.state, "--state")?,
        coalitions: coalitions(args, subject)?,
        wishes: states(&args.goal, "--goal")?,
        willing: willing
            .map(|word| actor(subject, word, "--willing"))
            .collect::<Result<_, _>>()?,
    })
}

fn concepts(args: &GraphArgs) -> Result<Vec<Concept>, Failure> {
    let mut found: Vec<Concept> = Vec::new();
    for name in &args.concepts {
        if name.trim().eq_ignore_ascii_case("all") {
            found.extend(Concept::USUAL);
            found.extend([Concept::SymmetricSequential, Concept::NonMyopic]);
            continue;
        }
        found.push(concept_named(name).ok_or_else(|| {
            Failure::input(format!(
                "`--concept {name}`: there is no such concept; there are: nash, general, symmetric, sequential, symmetric-sequential, simultaneous, limited:N, non-myopic, all"
            ))
        })?);
    }
    if found.is_empty() && !args.horizon.is_empty() {
        found.extend(Concept::USUAL);
    }
    found.extend(args.horizon.iter().map(|moves| Concept::Limited(*moves)));
    let mut seen = Vec::new();
    found.retain(|concept| {
        let new = !seen.contains(concept);
        seen.push(*concept);
        new
    });
    Ok(found)
}

fn coalitions(args: &GraphArgs, subject: &Subject) -> Result<Coalitions, Failure> {
    let words: Vec<&str> = args.coalitions.iter().map(|word| word.trim()).collect();
    match words.as_slice() {
        [] => return Ok(Coalitions::IfFew),
        ["all"] => return Ok(Coalitions::All),
        _ => {}
    }
    let mut blocks: Vec<Vec<usize>> = Vec::new();
    for word in words {
        let members = word.split('+');
        let block = members.map(|name| actor(subject, name, "--coalitions"));
        blocks.push(block.collect::<Result<_, _>>()?);
    }
    let alone: Vec<usize> = (0..subject.conflict.actors().len())
        .filter(|actor| !blocks.iter().any(|block| block.contains(actor)))
        .collect();
    blocks.extend(alone.into_iter().map(|actor| vec![actor]));
    Ok(Coalitions::Blocks(blocks))
}

/// An actor by its name in the scenario or in reports, or by a beginning of the latter that only one has.
fn actor(subject: &Subject, word: &str, option: &str) -> Result<usize, Failure> {
    let actors = subject.conflict.actors();
    let word = word.trim();
    let is = |name: &String| name.eq_ignore_ascii_case(word);
    let begins = |k: &usize| actors[*k].to_lowercase().starts_with(&word.to_lowercase());
    let same = subject.actor_names.iter().position(is);
    let same = same.or_else(|| actors.iter().position(is));
    let near: Vec<usize> = (0..actors.len()).filter(begins).collect();
    match (same, near.as_slice()) {
        (Some(at), _) => Ok(at),
        (None, [at]) => Ok(*at),
        _ => {
            let known = match subject.actor_names.as_slice() {
                [] => actors,
                ids => ids,
            };
            Err(Failure::input(format!(
                "`{option} {word}`: there is no such actor; there are: {}",
                known.join(", ")
            )))
        }
    }
}

/// A state by its name, its number, Y and N per option, or the chosen options joined by `+`.
fn state(subject: &Subject, word: &str, option: &str) -> Result<usize, Failure> {
    let conflict = &subject.conflict;
    let word = word.trim();
    let fault = |why: String| Failure::input(format!("`{option} {word}`: {why}"));
    let named = subject
        .names
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word));
    let labelled = || {
        (0..conflict.size()).find(|state| {
            let label = conflict.label(*state);
            label.is_some_and(|label| label.eq_ignore_ascii_case(word))
        })
    };
    if let Some(state) = named.map(|(_, state)| *state).or_else(labelled) {
        return Ok(state);
    }
    if word.eq_ignore_ascii_case("today")
        && let Some(today) = subject.today
    {
        return Ok(today);
    }
    if let Ok(number) = word.parse::<usize>() {
        let at = number.checked_sub(1).filter(|at| *at < conflict.size());
        return at
            .ok_or_else(|| fault(format!("states are numbered from 1 to {}", conflict.size())));
    }
    let Some(states) = conflict.states() else {
        return Err(fault("this conflict's states have numbers only".to_owned()));
    };
    let options = conflict.options();
    let marks = word.len() == options.len() && word.chars().all(|c| "YNyn".contains(c));
    let mut bits = 0u64;
    if marks {
        for (k, mark) in word.chars().enumerate() {
            bits |= u64::from(mark.eq_ignore_ascii_case(&'Y')) << k;
        }
    } else if !word.eq_ignore_ascii_case("none") {
        for part in word.split('+').map(str::trim) {
            let by_id = subject
                .option_names
                .iter()
                .position(|id| id.eq_ignore_ascii_case(part));
            let by_label = || {
                options
                    .iter()
                    .position(|option| option.name.eq_ignore_ascii_case(part))
            };
            let Some(k) = by_id.or_else(by_label) else {
                let mut known: Vec<&str> = subject
                    .names
                    .iter()
                    .map(|(name, _)| name.as_str())
                    .collect();
                match subject.option_names.as_slice() {
                    [] => known.extend(options.iter().map(|option| option.name.as_str())),
                    ids => known.extend(ids.iter().map(String::as_str)),
                }
                return Err(fault(format!(
                    "there is no such situation or option; there are: {}",
                    known.join(", ")
                )));
            };
            bits |= 1 << k;
        }
    }
    states
        .find(bits)
        .ok_or_else(|| fault("this combination of options is not feasible".to_owned()))
}
