//! Puts all findings of one solve together.

use detente_expand::Expansion;
use detente_language::ast::Compare;
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{Settings, constant};
use detente_language::scenario::{Expect, Expr, ParamId, Scenario};
use detente_solve::qre::Solution;

use crate::decisions::decisions;
use crate::model::{
    ActorCertificate, ActorValue, Answer, Assumption, BaseRate, CertificateFacts, Check, Ending,
    Findings, GameFacts, Happened, PrecisionPoint, SCHEMA, ScenarioFacts,
};
use crate::packages::packages;
use crate::query::{Queries, end_probabilities};
use crate::tally::{Tally, totals};
use crate::unfold::{courses, flow, information};

/// Comparisons without `within` hold up to this much.
pub const ROUNDING: f64 = 1e-9;

/// Everything that one run knows.
pub struct Input<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its numbers.
    pub settings: &'a Settings,
    /// Parameters that the user set.
    pub pinned: &'a [(ParamId, f64)],
    /// Queries asked beside those of the scenario, as written.
    pub asked: &'a [(String, Expr)],
    /// The game.
    pub expansion: &'a Expansion,
    /// Its solution.
    pub solution: &'a Solution,
    /// File name without folders.
    pub file: &'a str,
    /// Text of the scenario file.
    pub text: &'a str,
    /// Seed of everything that is sampled.
    pub seed: u64,
}

/// All findings but those about doubt, with the tally of the scenario's own asks.
///
/// # Errors
/// A query or a number that has no finite value, with its place.
pub fn assemble(input: &Input<'_>) -> Result<(Findings, Tally), Box<Diagnostic>> {
    let Input {
        scenario,
        settings,
        expansion,
        solution,
        ..
    } = *input;
    let ends = end_probabilities(&expansion.game, &solution.profile);
    let (endings, values) = totals(scenario, expansion, &ends);
    let answers = all_answers(input)?;
    let information = information(scenario, expansion, &ends);
    let asks = answers.asks.iter().map(|answer| answer.value).collect();
    let findings = Findings {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: scenario_facts(input),
        headlines: Vec::new(),
        endings: ending_list(scenario, &endings),
        asks: answers.asks,
        actors: actor_list(scenario, &values),
        expects: answers.checks,
        base_rates: answers.base_rates,
        happened: happened(scenario, &endings),
        flow: flow(scenario, expansion, &ends, &information),
        courses: courses(scenario, expansion, &ends, &information),
        decisions: decisions(scenario, expansion, &solution.profile),
        precision: precision(scenario, expansion, solution),
        tornado: Vec::new(),
        tornado_base: None,
        doubt: None,
        packages: packages(scenario, settings)?,
        deal: None,
        lenses: None,
        assumptions: assumptions(input)?,
        certificate: certificate(scenario, expansion, solution),
        equilibria: None,
        game: game_facts(expansion),
        seconds: 0.0,
    };
    Ok((
        findings,
        Tally {
            endings,
            actors: values,
            asks,
        },
    ))
}

/// Runs the `expect`s of a scenario for a solution.
///
/// # Errors
/// A query or a number that has no finite value, with its place.
pub fn checks(
    scenario: &Scenario,
    settings: &Settings,
    expansion: &Expansion,
    solution: &Solution,
) -> Result<Vec<Check>, Box<Diagnostic>> {
    let answers = |queries: Vec<&Expr>| {
        let ready = Queries::new(scenario, settings, expansion, queries)?;
        ready.answer(scenario, settings, &expansion.game, &solution.profile)
    };
    let conditions = scenario.expects.iter().flat_map(|expect| &expect.when);
    let mut met = answers(conditions.collect())?.into_iter();
    let applies: Vec<bool> = scenario
        .expects
        .iter()
        .map(|expect| expect.when.is_none() || met.next() == Some(Some(1.0)))
        .collect();
    // The sides of a check that does not apply may have no value: they are not looked at.
    let applying = scenario.expects.iter().zip(&applies);
    let sides = applying
        .filter(|(_, applies)| **applies)
        .flat_map(|(expect, _)| [&expect.left, &expect.right]);
    let values = answers(sides.collect())?;
    let mut values = values.chunks(2);
    let checks = scenario.expects.iter().zip(&applies);
    checks
        .map(
            |(expect, applies)| match applies.then(|| values.next()).flatten() {
                Some(sides) => check(scenario, settings, expect, sides[0], sides[1]),
                None => Ok(silent(expect)),
            },
        )
        .collect()
}

/// A check that does not speak of these numbers.
fn silent(expect: &Expect) -> Check {
    Check {
        text: expect.text.clone(),
        why: expect.why.clone(),
        holds: true,
        applies: false,
        left: None,
        right: None,
    }
}

fn check(
    scenario: &Scenario,
    settings: &Settings,
    expect: &Expect,
    left: Option<f64>,
    right: Option<f64>,
) -> Result<Check, Box<Diagnostic>> {
    let within = expect
        .within
        .as_ref()
        .map_or(Ok(0.0), |within| constant(scenario, settings, within))?;
    let holds = match (left, right) {
        (Some(left), Some(right)) => compare(expect.compare, left, right, within),
        _ => false,
    };
    Ok(Check {
        text: expect.text.clone(),
        why: expect.why.clone(),
        holds,
        applies: true,
        left,
        right,
    })
}

/// A comparison with tolerance. Equalities hold up to rounding even without `within`.
fn compare(op: Compare, left: f64, right: f64, within: f64) -> bool {
    let rounding = ROUNDING * (1.0 + left.abs().max(right.abs()));
    match op {
        Compare::Equal => (left - right).abs() <= within.max(rounding),
        Compare::NotEqual => (left - right).abs() > within.max(rounding),
        Compare::Less => left < right + within,
        Compare::LessEqual => left <= right + within.max(rounding),
        Compare::Greater => left > right - within,
        Compare::GreaterEqual => left >= right - within.max(rounding),
    }
}

/// Everything that queries answer.
struct Answers {
    asks: Vec<Answer>,
    checks: Vec<Check>,
    base_rates: Vec<BaseRate>,
}

fn all_answers(input: &Input<'_>) -> Result<Answers, Box<Diagnostic>> {
    let Input {
        scenario,
        settings,
        expansion,
        ..
    } = *input;
    let own = scenario
        .asks
        .iter()
        .map(|ask| (&ask.question, &ask.text, &ask.query));
    let asked: Vec<_> = own
        .chain(input.asked.iter().map(|(text, query)| (text, text, query)))
        .collect();
    let queries = asked
        .iter()
        .map(|ask| ask.2)
        .chain(scenario.base_rates.iter().map(|rate| &rate.query));
    let ready = Queries::new(scenario, settings, expansion, queries)?;
    let values = ready.answer(scenario, settings, &expansion.game, &input.solution.profile)?;
    let (of_asks, of_rates) = values.split_at(asked.len());
    let asks = asked
        .iter()
        .zip(of_asks)
        .zip(ready.units())
        .map(|((ask, value), unit)| Answer {
            question: ask.0.clone(),
            query: ask.1.clone(),
            value: *value,
            unit,
            low: None,
            high: None,
        });
    let number = |expr: &Expr| constant(scenario, settings, expr);
    let base_rates = scenario
        .base_rates
        .iter()
        .zip(of_rates)
        .map(|(rate, value)| {
            let range = rate.range.as_ref();
            Ok(BaseRate {
                query: rate.text.clone(),
                value: *value,
                rate: number(&rate.rate)?,
                low: range.map(|range| number(&range.0)).transpose()?,
                high: range.map(|range| number(&range.1)).transpose()?,
                source: rate.source.clone(),
            })
        });
    Ok(Answers {
        asks: asks.collect(),
        checks: checks(scenario, settings, expansion, input.solution)?,
        base_rates: base_rates.collect::<Result<_, Box<Diagnostic>>>()?,
    })
}

fn scenario_facts(input: &Input<'_>) -> ScenarioFacts {
    let scenario = input.scenario;
    let settings = input.pinned.iter();
    ScenarioFacts {
        title: scenario.title.clone(),
        file: input.file.to_owned(),
        as_of: scenario.as_of.clone(),
        sources: scenario.sources.clone(),
        notes: [
            scenario.notes.clone(),
            fixed_behaviour(scenario, input.expansion),
        ]
        .concat(),
        settings: settings
            .map(|(id, value)| (scenario.parameters[id.index()].id.clone(), *value))
            .collect(),
        seed: input.seed,
        text: input.text.to_owned(),
    }
}

fn ending_list(scenario: &Scenario, endings: &[f64]) -> Vec<Ending> {
    let list = scenario
        .outcomes
        .iter()
        .zip(endings)
        .map(|(named, &probability)| Ending {
            id: named.id.clone(),
            label: named.label.clone(),
            probability,
            low: None,
            high: None,
        });
    list.collect()
}

fn actor_list(scenario: &Scenario, values: &[f64]) -> Vec<ActorValue> {
    let list = scenario
        .actors
        .iter()
        .zip(values)
        .map(|(named, &value)| ActorValue {
            id: named.id.clone(),
            label: named.label.clone(),
            value,
            low: None,
            high: None,
        });
    list.collect()
}

/// What really happened with its scores: Brier (1950) over all endings, and logarithmic (Good 1952).
fn happened(scenario: &Scenario, endings: &[f64]) -> Vec<Happened> {
    let list = scenario.happened.iter().map(|happened| {
        let index = happened.outcome.index();
        let error = |(i, p): (usize, &f64)| (f64::from(u8::from(i == index)) - p).powi(2);
        let named = &scenario.outcomes[index];
        Happened {
            id: named.id.clone(),
            label: named.label.clone(),
            date: happened.date.clone(),
            words: happened.words.clone(),
            probability: endings[index],
            brier: endings.iter().enumerate().map(error).sum(),
            // A probability of 0 would score infinitely badly, which JSON cannot say.
            log_score: -endings[index].max(f64::MIN_POSITIVE).ln(),
        }
    });
    list.collect()
}

/// Results along the branch. Where it turns back to lower precisions, that part is left out until it comes to
/// precisions not seen before: a picture against precision shows a jump there.
fn precision(
    scenario: &Scenario,
    expansion: &Expansion,
    solution: &Solution,
) -> Vec<PrecisionPoint> {
    let mut highest = f64::NEG_INFINITY;
    let rising = solution.path.iter().filter(|point| {
        let rises = point.lambda > highest;
        highest = highest.max(point.lambda);
        rises
    });
    let points = rising.map(|point| {
        let ends = end_probabilities(&expansion.game, &point.profile);
        let (endings, actors) = totals(scenario, expansion, &ends);
        PrecisionPoint {
            precision: point.lambda,
            endings,
            actors,
            largest_relative_gain: point.relative_gain,
        }
    });
    points.collect()
}

fn assumptions(input: &Input<'_>) -> Result<Vec<Assumption>, Box<Diagnostic>> {
    let Input {
        scenario, settings, ..
    } = *input;
    let list = scenario
        .parameters
        .iter()
        .enumerate()
        .map(|(i, parameter)| {
            let end = |expr: Option<&Expr>| {
                expr.map(|expr| constant(scenario, settings, expr))
                    .transpose()
            };
            let range = parameter.range.as_ref();
            Ok(Assumption {
                id: parameter.id.clone(),
                value: settings.parameters[i],
                low: end(range.map(|range| &range.0))?,
                high: end(range.map(|range| &range.1))?,
                step: end(parameter.step.as_ref())?,
                distribution: String::new(),
                source: parameter.source.clone(),
                percent: parameter.percent,
                set: input.pinned.iter().any(|(id, _)| id.index() == i),
            })
        });
    list.collect()
}

fn certificate(
    scenario: &Scenario,
    expansion: &Expansion,
    solution: &Solution,
) -> CertificateFacts {
    let certificate = &solution.certificate;
    let actors = scenario
        .actors
        .iter()
        .zip(&certificate.players)
        .map(|(named, gain)| ActorCertificate {
            id: named.id.clone(),
            gain: gain.gain,
            relative_gain: gain.relative_gain,
            payoff_range: gain.payoff_range,
        });
    CertificateFacts {
        status: solution.status.word().to_owned(),
        sentence: solution.status.sentence().to_owned(),
        trustworthy: solution.status.is_success(),
        precision: solution.lambda.is_finite().then_some(solution.lambda),
        largest_gain: certificate.largest_gain,
        largest_relative_gain: certificate.largest_relative_gain,
        actors: actors.collect(),
        largest_relative_gain_at_sets: certificate.largest_relative_gain_at_sets,
        worst_set: certificate
            .worst_set
            .map(|set| expansion.set_name(set as u32).to_string()),
        residual: solution.residual.is_finite().then_some(solution.residual),
    }
}

fn game_facts(expansion: &Expansion) -> GameFacts {
    let game = &expansion.game;
    GameFacts {
        nodes: game.nodes(),
        information_sets: game.sets(),
        actors: game.players(),
        actions: game.actions(),
        ends: game.ends(),
        depth: game.depth(),
        bytes: game.bytes() + expansion.paths.bytes(),
    }
}

/// What is taken by assumption and not judged, in sentences.
fn fixed_behaviour(scenario: &Scenario, expansion: &Expansion) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for branch in &expansion.program.branches {
        let Some(actor) = branch.assumed else {
            continue;
        };
        let note = format!(
            "By assumption: {} takes “{}” with given probabilities. The others answer that; whether it would be best for {} is not judged.",
            scenario.actors[actor].label,
            expansion.words.variables[branch.variable],
            scenario.actors[actor].label,
        );
        if !told.contains(&note) {
            told.push(note);
        }
    }
    told
}
