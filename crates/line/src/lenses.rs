//! A scenario through its other lenses.

use detente_expand::Expansion;
use detente_findings::model::{Findings, Lenses};
use detente_findings::query::Queries;
use detente_language::eval::constant;
use detente_lenses::{Graph, Level, Play, Voices, lenses as side_by_side};
use detente_solve::qre::Solution;

use crate::whole::Told;
use crate::{Fault, conflict, forecast};

/// Everything that the lenses say beside the play; none where the scenario has only that, or where a lens cannot be looked
/// through at these numbers: the play has been solved without it.
///
/// # Errors
/// What is wrong with what the scenario says of the play.
pub fn lenses(
    told: Told<'_>,
    expansion: &Expansion,
    solution: &Solution,
    findings: &Findings,
    threads: usize,
) -> Result<Option<Lenses>, Fault> {
    let play = play(told, expansion, solution, findings)?;
    let subject = forecast::subject(told.story, told.settings, told.pinned, 0, 0);
    let subject = subject.ok().flatten();
    let voices = subject.as_ref().map(|subject| Voices {
        subject,
        levels: levels(told),
    });
    // Packages seen as a graph would only say again what the analysis of deals says.
    let options = !told.story.scenario.conflict.options.is_empty();
    let subject = match options {
        true => conflict::subject(told.story, told.settings).ok().flatten(),
        false => None,
    };
    let graph = subject.as_ref().map(|subject| Graph {
        conflict: &subject.conflict,
        today: subject.today,
        play: &play.options,
        threads,
    });
    Ok(side_by_side(findings, &play, voices.as_ref(), graph.as_ref()).unwrap_or_default())
}

/// What options of the negotiation come to on the scales to which somebody speaks.
fn levels(told: Told<'_>) -> Vec<Option<Level>> {
    let scenario = &told.story.scenario;
    let heard = forecast::heard(scenario).into_iter();
    heard
        .map(|scale| {
            let levels = scenario.scales[scale].agreed.as_ref()?;
            let at = levels.at.iter();
            let at: Result<Vec<f64>, _> =
                at.map(|at| constant(scenario, told.settings, at)).collect();
            Some(Level {
                issue: levels.issue.index(),
                at: at.ok()?,
            })
        })
        .collect()
}

/// What the solved play says of agreements.
fn play(
    told: Told<'_>,
    expansion: &Expansion,
    solution: &Solution,
    findings: &Findings,
) -> Result<Play, Fault> {
    let scenario = &told.story.scenario;
    let mut play = Play::default();
    if let Some(agreement) = &scenario.agreement {
        let (when, terms) = (
            &agreement.text,
            &scenario.variables[agreement.variable.index()].id,
        );
        let spoken = spoken(told, agreement.variable);
        let mut asked = vec![format!("p({when})")];
        let accepted = |at: usize| {
            let deal = findings.deal.as_ref();
            let gains = deal.and_then(|deal| Some(&deal.packages.get(at)?.gains));
            gains.is_some_and(|gains| gains.iter().all(|gain| *gain >= 0.0))
        };
        let good: Vec<&str> = (spoken.iter().enumerate())
            .filter_map(|(at, id)| id.as_deref().filter(|_| accepted(at)))
            .collect();
        if !good.is_empty() {
            asked.push(format!("p(ever({terms} in {{{}}}))", good.join(", ")));
        }
        let each = spoken.iter().flatten();
        asked.extend(each.map(|id| format!("p(({when}) and {terms} == {id})")));
        let mut answers = answers(told, expansion, solution, &asked)?.into_iter();
        play.signed = answers.next().flatten();
        if !good.is_empty() {
            play.offered = answers.next().flatten();
        }
        let each = spoken.iter();
        play.packages = each
            .map(|id| id.as_ref().and_then(|_| answers.next().flatten()))
            .collect();
    }
    let means = || {
        scenario
            .conflict
            .real()
            .map(|(_, option)| option.means.as_ref())
    };
    let asked: Vec<String> = (means().flatten())
        .map(|meaning| format!("p({})", meaning.text))
        .collect();
    let mut answers = answers(told, expansion, solution, &asked)?.into_iter();
    play.options = means()
        .map(|meaning| meaning.and_then(|_| answers.next().flatten()))
        .collect();
    Ok(play)
}

/// Names of the packages among which a variable chooses; none for the others.
fn spoken(told: Told<'_>, variable: detente_language::scenario::VariableId) -> Vec<Option<String>> {
    let scenario = &told.story.scenario;
    let detente_language::scenario::Domain::Symbols(symbols) =
        &scenario.variables[variable.index()].domain
    else {
        return vec![None; scenario.packages.len()];
    };
    let known: Vec<&String> = (symbols.iter())
        .map(|(symbol, _)| &scenario.symbols[symbol.index()])
        .collect();
    let packages = scenario.packages.iter();
    packages
        .map(|package| {
            known
                .contains(&&package.name.id)
                .then(|| package.name.id.clone())
        })
        .collect()
}

fn answers(
    told: Told<'_>,
    expansion: &Expansion,
    solution: &Solution,
    asked: &[String],
) -> Result<Vec<Option<f64>>, Fault> {
    let scenario = &told.story.scenario;
    let queries = told.story.queries(asked)?;
    let exprs = queries.iter().map(|(_, query)| query);
    Queries::new(scenario, told.settings, expansion, exprs)
        .and_then(|ready| ready.answer(scenario, told.settings, &expansion.game, &solution.profile))
        .map_err(|fault| told.story.fault(&fault))
}
