//! What a run computes: everything on which its rows hang, and the columns in which they stand.

use crate::decision::Decision;
use crate::design::{Design, Points, hexadecimal};
use detente_language::scenario::{Expr, ParamId, Scenario};
use detente_language::source::Sources;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The format of folders and files.
const FORMAT: u32 = 1;

/// A run's plan. Two runs with the same plan have the same rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Format of the files.
    pub format: u32,
    /// Version of the program.
    pub version: String,
    /// The scenario's file, without folders.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Its text.
    pub scenario: String,
    /// Files that it includes.
    pub included: Vec<Text>,
    /// The design.
    pub design: Design,
    /// Seed of all draws.
    pub seed: u64,
    /// What is varied, in the order of the columns.
    pub inputs: Vec<InputColumn>,
    /// Rank correlations that hold among them: both names and the number.
    pub correlations: Vec<(String, String, f64)>,
    /// Parameters that were set.
    pub set: Vec<(String, f64)>,
    /// Queries asked beside those of the scenario, as written.
    pub asked: Vec<String>,
    /// How points are solved.
    pub solving: Solving,
    /// Number of points.
    pub points: u64,
    /// Points in each shard but the last.
    pub points_per_shard: u64,
    /// Decisions whose options are weighed at every point.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decisions: Vec<DecisionColumns>,
    /// The columns of the files, in order.
    pub columns: Vec<Column>,
    /// What a reader should know about how the points were made.
    pub notes: Vec<String>,
}

/// A file and its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Text {
    /// Its name, without folders.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// Something that is varied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputColumn {
    /// The parameter's name, or `precision`.
    pub name: String,
    /// Its best guess; none for the precision and for what only a file of points gives values to.
    pub base: Option<f64>,
    /// Low end of its range, if it has one.
    pub low: Option<f64>,
    /// High end of its range, if it has one.
    pub high: Option<f64>,
    /// Its distribution in words.
    pub distribution: String,
    /// Whether it is best shown in per cent.
    pub percent: bool,
    /// Whether it is the precision λ and no parameter.
    pub varies_precision: bool,
}

/// A decision whose options are weighed: a column with its reach and one for each option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionColumns {
    /// The actor, by its place.
    pub actor: usize,
    /// The actor's label.
    pub label: String,
    /// The decision in words.
    pub decision: String,
    /// Labels of its options.
    pub options: Vec<String>,
}

/// How points are solved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Solving {
    /// Precision λ; none for the one at which the best guesses are an equilibrium.
    pub precision: Option<f64>,
    /// Largest relative gain from deviating that counts as an equilibrium.
    pub tolerance: f64,
    /// Whether the precision acts on payoffs as they are.
    pub raw_payoffs: bool,
    /// Most nodes of a game.
    pub max_nodes: u64,
    /// Whether every point is solved from random play.
    pub afresh: bool,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The number of the point.
    Point,
    /// A number that is varied.
    Input,
    /// The precision λ at which the point was solved.
    Precision,
    /// The probability of an ending.
    Ending,
    /// The answer to an ask.
    Ask,
    /// What an actor expects.
    Actor,
    /// The probability of coming to a decision.
    Reach,
    /// What an option would bring to the actor who decides, given that it comes to the decision.
    Option,
    /// Kind of equilibrium.
    Kind,
    /// Largest relative gain from deviating.
    LargestGain,
    /// The same at every information set.
    LargestGainAtSets,
    /// Whether the solution went on from that of the best guesses.
    Continued,
    /// `solved` or `failed`.
    Status,
    /// Why it failed.
    Reason,
}

/// A column of the files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub role: Role,
    /// The name of the parameter, outcome or actor; of an ask, its question.
    pub of: String,
    /// The same in words for reports.
    pub label: String,
}

/// What a plan is made of beside its points.
pub struct Parts<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its file, without folders.
    pub file: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Files that it includes.
    pub included: Vec<Text>,
    /// Parameters that were set.
    pub pinned: &'a [(ParamId, f64)],
    /// Queries asked beside those of the scenario.
    pub asked: &'a [(String, Expr)],
    /// How points are solved.
    pub solving: Solving,
    /// Points in each shard.
    pub points_per_shard: u64,
    /// Decisions whose options are weighed, as the engine has them.
    pub decisions: &'a [Decision],
}

impl Plan {
    /// The plan of solving these points.
    #[must_use]
    pub fn new(parts: Parts<'_>, points: &Points) -> Plan {
        let scenario = parts.scenario;
        let id = |id: ParamId| scenario.parameters[id.index()].id.clone();
        let input = |input: &crate::design::Input| {
            let finite = |value: f64| value.is_finite().then_some(value);
            let (low, high) = input.ends();
            InputColumn {
                name: input.name.clone(),
                base: input.base(),
                low: finite(low),
                high: finite(high),
                distribution: input.words(),
                percent: input
                    .parameter()
                    .is_some_and(|id| scenario.parameters[id.index()].percent),
                varies_precision: input.parameter().is_none(),
            }
        };
        let correlations = points.correlations().iter();
        Plan {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            file: parts.file.to_owned(),
            title: scenario.title.clone(),
            scenario: parts.text.to_owned(),
            included: parts.included,
            design: points.design().clone(),
            seed: points.seed(),
            inputs: points.inputs().iter().map(input).collect(),
            correlations: correlations.map(|c| (id(c.a), id(c.b), c.rank)).collect(),
            set: parts
                .pinned
                .iter()
                .map(|(p, value)| (id(*p), *value))
                .collect(),
            asked: parts.asked.iter().map(|(text, _)| text.clone()).collect(),
            solving: parts.solving,
            points: points.count(),
            points_per_shard: parts.points_per_shard.max(1),
            decisions: (parts.decisions.iter())
                .map(|decision| DecisionColumns {
                    actor: decision.actor,
                    label: scenario.actors[decision.actor].label.clone(),
                    decision: decision.name.clone(),
                    options: decision.options.clone(),
                })
                .collect(),
            columns: columns(scenario, parts.asked, parts.decisions, points),
            notes: points.notes().to_vec(),
        }
    }

    /// The texts of the scenario and of what it includes, numbered as places in it are.
    #[must_use]
    pub fn sources(&self) -> Sources {
        let mut sources = Sources::of(&self.file, &self.scenario);
        for text in &self.included {
            sources.add(&text.file, &text.text);
        }
        sources
    }

    /// Number of shards.
    #[must_use]
    pub fn shards(&self) -> u64 {
        self.points.div_ceil(self.points_per_shard.max(1))
    }

    /// The points of a shard.
    #[must_use]
    pub fn shard(&self, shard: u64) -> std::ops::Range<u64> {
        let first = shard.saturating_mul(self.points_per_shard).min(self.points);
        first..first.saturating_add(self.points_per_shard).min(self.points)
    }

    /// SHA-256 of the plan, in hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // A plan holds no map and no number that JSON lacks, so that it is always written, and always alike.
        let text = serde_json::to_vec(self).unwrap_or_default();
        hexadecimal(&Sha256::digest(text))
    }

    /// In what another plan differs from this one, each in words.
    #[must_use]
    pub fn differences(&self, other: &Plan) -> Vec<String> {
        let mut found = Vec::new();
        let mut note = |same: bool, words: String| {
            if !same {
                found.push(words);
            }
        };
        let versions = format!(
            "it was begun by version {}, this is {}",
            other.version, self.version
        );
        note(
            self.version == other.version && self.format == other.format,
            versions,
        );
        let text = match self.file == other.file {
            true => format!("the text of {} has changed", self.file),
            false => format!("it is of {}, not of {}", other.file, self.file),
        };
        let same_text = self.scenario == other.scenario && self.included == other.included;
        note(same_text && self.file == other.file, text);
        let designs = format!(
            "its design is {}, not {}",
            shown(&other.design),
            shown(&self.design)
        );
        note(self.design == other.design, designs);
        let seeds = format!("its seed is {}, not {}", other.seed, self.seed);
        note(self.seed == other.seed, seeds);
        let names = |plan: &Plan| {
            let names = plan.inputs.iter().map(|input| input.name.as_str());
            names.collect::<Vec<_>>().join(", ")
        };
        let inputs = match names(self) == names(other) {
            true => "ranges or distributions of its numbers are others".to_owned(),
            false => format!("it varies {}, not {}", names(other), names(self)),
        };
        note(self.inputs == other.inputs, inputs);
        note(
            self.set == other.set,
            format!("its `--set` is {}, not {}", set(&other.set), set(&self.set)),
        );
        note(
            self.asked == other.asked,
            "its `--ask` is another".to_owned(),
        );
        note(
            self.solving == other.solving,
            "its points are solved with other options (precision, tolerance, nodes, start)"
                .to_owned(),
        );
        let sizes = format!(
            "its shards hold {} points, not {}",
            other.points_per_shard, self.points_per_shard
        );
        note(self.points_per_shard == other.points_per_shard, sizes);
        note(
            self.decisions == other.decisions,
            match (other.decisions.is_empty(), self.decisions.is_empty()) {
                (true, _) => "it does not weigh the options of decisions (`--worth`)",
                (false, true) => "it weighs the options of decisions (`--worth`)",
                (false, false) => "it weighs the options of other decisions (`--worth`)",
            }
            .to_owned(),
        );
        if found.is_empty() && self != other {
            found.push("its manifest differs".to_owned());
        }
        found
    }

    /// Places among a row's inputs of those that are parameters, in the order of their columns.
    pub(super) fn numbers(&self) -> impl Iterator<Item = usize> {
        let precision = self.precision_input();
        (0..self.inputs.len()).filter(move |at| Some(*at) != precision)
    }

    /// Place among a row's inputs of the precision, where it is varied.
    pub(super) fn precision_input(&self) -> Option<usize> {
        self.inputs.iter().position(|input| input.varies_precision)
    }

    /// The columns of a role, with their places.
    pub fn columns_of(&self, role: Role) -> impl Iterator<Item = (usize, &Column)> {
        let columns = self.columns.iter().enumerate();
        columns.filter(move |(_, column)| column.role == role)
    }
}

fn shown(design: &Design) -> String {
    match design {
        Design::Grid { values } => format!("grid with {values} values each"),
        Design::MonteCarlo { points } => format!("monte-carlo with {points} points"),
        Design::Latin { points } => format!("latin with {points} points"),
        Design::Sobol { points } => format!("sobol with {points} points"),
        Design::Saltelli { base, second_order } => format!(
            "saltelli with {base} base points, {} second order",
            if *second_order { "with" } else { "without" }
        ),
        Design::Morris {
            trajectories,
            levels,
        } => {
            format!("morris with {trajectories} trajectories of {levels} levels")
        }
        Design::OneAtATime { values } => format!("oat with {values} values each"),
        Design::File { file, points, .. } => format!("{points} points from {file}"),
    }
}

fn set(pairs: &[(String, f64)]) -> String {
    let words: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    match words.is_empty() {
        true => "empty".to_owned(),
        false => words.join(" "),
    }
}

fn columns(
    scenario: &Scenario,
    asked: &[(String, Expr)],
    decisions: &[Decision],
    points: &Points,
) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut add = |name: String, role: Role, of: &str, label: &str| {
        columns.push(Column {
            name,
            role,
            of: of.to_owned(),
            label: label.to_owned(),
        });
    };
    let fixed = |role| (role_name(role).to_owned(), role, "", "");
    let (name, role, of, label) = fixed(Role::Point);
    add(name, role, of, label);
    for input in points.inputs() {
        if input.parameter().is_some() {
            add(input.name.clone(), Role::Input, &input.name, &input.name);
        }
    }
    add(
        role_name(Role::Precision).to_owned(),
        Role::Precision,
        "precision",
        "precision λ",
    );
    for outcome in &scenario.outcomes {
        add(
            format!("p({})", outcome.id),
            Role::Ending,
            &outcome.id,
            &outcome.label,
        );
    }
    for question in scenario.asks.iter().map(|ask| ask.question.as_str()) {
        add(question.to_owned(), Role::Ask, question, question);
    }
    for (text, _) in asked {
        add(text.clone(), Role::Ask, text, text);
    }
    for actor in &scenario.actors {
        add(
            format!("value({})", actor.id),
            Role::Actor,
            &actor.id,
            &actor.label,
        );
    }
    for decision in decisions {
        let actor = &scenario.actors[decision.actor].id;
        let (role, label) = (Role::Reach, &decision.name);
        add(format!("reach({actor})"), role, actor, label);
        for (term, label) in decision.terms.iter().zip(&decision.options) {
            add(
                format!("value({actor} if {term})"),
                Role::Option,
                actor,
                label,
            );
        }
    }
    for role in [
        Role::Kind,
        Role::LargestGain,
        Role::LargestGainAtSets,
        Role::Continued,
        Role::Status,
        Role::Reason,
    ] {
        let (name, role, of, label) = fixed(role);
        add(name, role, of, label);
    }
    unique(&mut columns);
    columns
}

/// The name of a column that every run has.
fn role_name(role: Role) -> &'static str {
    match role {
        Role::Point => "point",
        Role::Precision => "precision",
        Role::Kind => "kind",
        Role::LargestGain => "largest_gain",
        Role::LargestGainAtSets => "largest_gain_at_sets",
        Role::Continued => "continued",
        Role::Status => "status",
        Role::Reason => "reason",
        Role::Input | Role::Ending | Role::Ask | Role::Actor | Role::Reach | Role::Option => "",
    }
}

/// Gives columns that would be called alike names of their own. Those that every run has keep theirs.
fn unique(columns: &mut [Column]) {
    let mut taken: std::collections::HashSet<String> = columns
        .iter()
        .map(|column| role_name(column.role))
        .filter(|name| !name.is_empty())
        .map(ToOwned::to_owned)
        .collect();
    for column in columns {
        if !role_name(column.role).is_empty() {
            continue;
        }
        let mut name = column.name.clone();
        let mut count = 1;
        while !taken.insert(name.clone()) {
            count += 1;
            name = format!("{} ({count})", column.name);
        }
        column.name = name;
    }
}
