//! Times the points of a design solved by themselves, from the best guesses, and from anchors: `designs [--points N]
//! [--every K] [--design sobol|latin|grid] [--over a,b] [--precision λ] [--threads T] FILE…`. Tells how many points were
//! continued and how many have the endings of the points solved by themselves; every K-th point is solved in the two other
//! ways too.

use std::process::ExitCode;
use std::time::Instant;

use detente_bench::loaded;
use detente_expand::Limits;
use detente_language::scenario::Scenario;
use detente_solve::qre::{Next, Options};
use detente_sweep::design::{Design, Input, Of, Points};
use detente_sweep::run::{Ground, ground};
use detente_sweep::{Engine, Point, Solved, doubtful, solve_points, variation};

/// What is asked.
struct Asked {
    points: u64,
    every: usize,
    design: String,
    over: Option<String>,
    precision: Option<f64>,
    threads: usize,
}

#[allow(clippy::print_stderr)]
fn main() -> ExitCode {
    let mut asked = Asked {
        points: 1024,
        every: 1,
        design: "latin".to_owned(),
        over: None,
        precision: None,
        threads: 2,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || arguments.next().and_then(|word| word.parse().ok());
        match argument.as_str() {
            "--points" => asked.points = number().unwrap_or(asked.points),
            "--every" => asked.every = number().map_or(1, |n| n as usize).max(1),
            "--threads" => asked.threads = number().map_or(asked.threads, |n| n as usize),
            "--precision" => asked.precision = arguments.next().and_then(|word| word.parse().ok()),
            "--over" => asked.over = arguments.next(),
            "--design" => asked.design = arguments.next().unwrap_or(asked.design),
            path => {
                if let Err(error) = file(path, &asked) {
                    eprintln!("{path}: {error}");
                    return ExitCode::FAILURE;
                }
            }
        }
    }
    ExitCode::SUCCESS
}

#[allow(clippy::print_stdout)]
fn file(path: &str, asked: &Asked) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let (scenario, _) = loaded(&text);
    let options = Options {
        precision: asked.precision,
        ..Options::default()
    };
    let limits = Limits::default();
    let ground = ground(&scenario, &[], &[], &options, limits, &mut |_| {
        Next::Continue
    })
    .map_err(|error| error.to_string())?;
    let design = designed(&scenario, &ground, asked)?;
    let points: Vec<Point> = (0..design.count()).map(|at| design.point(at)).collect();
    let game = &ground.expansion.game;
    println!(
        "{path}: {} nodes, {} points of {} numbers, λ = {:.1}, {} threads",
        game.nodes(),
        points.len(),
        design.inputs().len(),
        ground.solution.lambda,
        asked.threads
    );
    let mut alone = Vec::new();
    for (name, afresh, anchored) in [
        ("by themselves", true, false),
        ("from the best guesses", false, false),
        ("from anchors", false, true),
    ] {
        let begun = Instant::now();
        let anchors = ground.anchors(&design);
        let engine = Engine {
            anchors: anchored.then_some(&anchors),
            ..ground.engine(&scenario, &[], &[], afresh)
        };
        let every = if anchored { 1 } else { asked.every };
        let some: Vec<Point> = points.iter().step_by(every).cloned().collect();
        let solved = solve_points(&engine, &some, asked.threads, &|_, _| true);
        let seconds = begun.elapsed().as_secs_f64();
        if alone.is_empty() {
            alone.clone_from(&solved);
        }
        let apart = if anchored { asked.every } else { 1 };
        show(name, seconds, &solved, &alone, apart);
    }
    Ok(())
}

/// The points of the design over the doubtful numbers that were named, or all.
fn designed(scenario: &Scenario, ground: &Ground, asked: &Asked) -> Result<Points, String> {
    let numbers = doubtful(scenario, &ground.settings, &[]).map_err(|error| error.to_string())?;
    let inputs = numbers.into_iter().map(|number| Input {
        name: scenario.parameters[number.parameter.index()].id.clone(),
        of: Of::Number(number),
    });
    let over = asked.over.as_ref();
    let wanted =
        |input: &Input| over.is_none_or(|over| over.split(',').any(|name| name == input.name));
    let points = asked.points;
    let design = match asked.design.as_str() {
        "sobol" => Design::Sobol { points },
        "grid" => Design::Grid { values: points },
        _ => Design::Latin { points },
    };
    Points::new(inputs.filter(wanted).collect(), design, 1, &[]).map_err(|error| error.to_string())
}

#[allow(clippy::print_stdout)]
fn show(name: &str, seconds: f64, solved: &[Solved], alone: &[Solved], apart: usize) {
    let answers = || solved.iter().filter_map(Solved::answers);
    let same = |(one, other): &(&Solved, &Solved)| match (one.tally(), other.tally()) {
        (Some(one), Some(other)) => variation(one, other) < 1e-5,
        _ => false,
    };
    println!(
        "  {name}: {seconds:.2} s, {:.1} a second, {} answered, {} continued, {} of {} as by themselves",
        solved.len() as f64 / seconds,
        answers().count(),
        answers().filter(|answer| answer.continued).count(),
        solved.iter().step_by(apart).zip(alone).filter(same).count(),
        alone.len()
    );
}
