//! Bargains: the frontier on the table, what is settled at once, and alternating offers as decisions.

use super::{Branch, Choice, Compiler, MOST_OPTIONS, Op};
use detente_deal::{
    DealError, Domain, Frontier, Issue, Merge, Preferences, Ratifier, Search, Space, merged,
    ratification, solutions,
};
use detente_language::ast::Compare;
use detente_language::diagnostic::Diagnostic;
use detente_language::eval::{self, Code};
use detente_language::scenario::{
    self, ActorId, Bargain, Offers, RepeatId, Rule, Solution, VariableId,
};

/// Most packages that a party can offer at once, so that a few rounds stay a game that can be looked at.
const MOST_OFFERS: usize = 200;
/// A gain below this share of the largest value on the table is rounding.
const NO_GAIN: f64 = 1e-12;

/// Which options of a decision or draw are open.
#[derive(Clone, Debug, PartialEq)]
pub enum Opens {
    /// Those whose guards hold.
    Guards,
    /// One: what the parties settle on, given what they have without agreement at this point of the play.
    Settled(Box<Settle>),
    /// Two: to accept the package that is offered, and to reject it.
    Answers {
        /// The variable with the number of the offer; none where acceptance is the same for all.
        offer: Option<usize>,
        /// How many packages can be offered.
        packages: usize,
        /// The rounds.
        repeat: usize,
    },
}

/// A bargain that is settled at once. Option 0 is no agreement, option k the point k - 1 of the frontier.
#[derive(Clone, Debug, PartialEq)]
pub struct Settle {
    solution: Solution,
    frontier: Frontier,
    /// What each party has without agreement.
    pub against: Vec<Code>,
    /// Who the parties are.
    pub parties: Vec<usize>,
}

impl Settle {
    /// The option that is taken, given what each party has without agreement.
    #[must_use]
    pub fn option(&self, against: &[f64]) -> usize {
        settled(&self.frontier, self.solution, against).map_or(0, |point| point + 1)
    }
}

/// The point of the frontier that solves the bargaining problem; none where nobody can gain.
fn settled(frontier: &Frontier, solution: Solution, against: &[f64]) -> Option<usize> {
    let found = solutions(frontier, against);
    let point = match solution {
        Solution::Nash => found.nash,
        Solution::KalaiSmorodinsky => found.kalai_smorodinsky,
        Solution::Egalitarian => found.egalitarian,
        Solution::Utilitarian => found.utilitarian,
    }?;
    let gains = |(value, fallback): (&f64, &f64)| {
        value - fallback > NO_GAIN * value.abs().max(fallback.abs()).max(1.0)
    };
    let mut values = point.values.iter().zip(against);
    let somebody = values.any(gains);
    let same = |p: &usize| frontier.outcome(*p) == point.outcome;
    (0..frontier.len()).find(same).filter(|_| somebody)
}

impl Compiler<'_> {
    pub(super) fn bargain(&mut self, bargain: &Bargain, seen: u64) -> Result<(), Box<Diagnostic>> {
        let frontier = self.frontier(bargain)?;
        match &bargain.rule {
            Rule::Solution(solution) => self.settle(bargain, frontier, *solution, seen),
            Rule::Offers(offers) => self.offers(bargain, offers, &frontier, seen),
        }
    }

    /// The packages of the issues on the table that none improves for one party without loss to another, in the
    /// parties' values; of those that all their ratifiers would ratify.
    fn frontier(&self, bargain: &Bargain) -> Result<Frontier, Box<Diagnostic>> {
        let wrong = |error: DealError| Box::new(beyond(bargain, &error.to_string()));
        let issues = bargain.issues.iter().map(|issue| {
            let issue = &self.scenario.issues[issue.index()];
            let options = issue.options.iter().map(|option| option.id.clone());
            Issue::named(issue.name.id.clone(), options)
        });
        let domain = Domain::new(bargain.name.label.clone(), issues.collect()).map_err(wrong)?;
        let parties = bargain.parties.iter();
        let parties = parties
            .map(|party| self.preferences(bargain, *party))
            .collect::<Result<Vec<_>, _>>()?;
        let space = Space::new(domain, parties).map_err(wrong)?;
        let mut ratifiers = Vec::new();
        for ratifier in &self.scenario.ratifiers {
            let of = bargain.parties.iter().position(|p| *p == ratifier.of);
            if let Some(of) = of {
                let preferences = self.preferences(bargain, ratifier.actor)?;
                ratifiers.push(Ratifier { of, preferences });
            }
        }
        if ratifiers.is_empty() {
            return merged(&space, &Merge::default()).map_err(wrong);
        }
        let found = ratification(&space, &ratifiers, &Search::default()).map_err(wrong)?;
        Ok(found.frontier)
    }

    /// What an actor makes of the issues on the table, with its own fallback.
    fn preferences(
        &self,
        bargain: &Bargain,
        actor: ActorId,
    ) -> Result<Preferences, Box<Diagnostic>> {
        let constant = |expr| eval::constant(self.scenario, self.settings, expr);
        let known = self.scenario.values.iter().find(|v| v.actor == actor);
        let Some(known) = known else {
            return Err(Box::new(beyond(bargain, "a party has no preferences")));
        };
        let (mut weights, mut scores) = (Vec::new(), Vec::new());
        for issue in &bargain.issues {
            let (weight, row) = &known.issues[issue.index()];
            weights.push(constant(weight)?);
            scores.push(row.iter().map(constant).collect::<Result<Vec<_>, _>>()?);
        }
        let label = &self.scenario.actors[actor.index()].label;
        let fallback = self.settings.fallback[actor.index()];
        Ok(Preferences::additive(label, weights, scores).with_fallback(fallback))
    }

    /// A draw with a single open option: what a cooperative solution says.
    fn settle(
        &mut self,
        bargain: &Bargain,
        frontier: Frontier,
        solution: Solution,
        seen: u64,
    ) -> Result<(), Box<Diagnostic>> {
        let against = bargain.against.iter().map(|value| self.code(value));
        let against = against.collect::<Result<Vec<_>, _>>()?;
        self.ops.push(Op::Branch(bargain.point.index()));
        let target = self.ops.len();
        let constants: Option<Vec<f64>> = against.iter().map(Code::as_value).collect();
        let (options, opens) = match constants {
            Some(against) => {
                let point = settled(&frontier, solution, &against);
                let outcome = point.map(|point| frontier.outcome(point));
                (vec![self.end_of(bargain, outcome, target)], Opens::Guards)
            }
            None => {
                if frontier.len() >= MOST_OPTIONS {
                    return Err(Box::new(too_many(
                        bargain,
                        frontier.len(),
                        MOST_OPTIONS - 1,
                    )));
                }
                let none = self.end_of(bargain, None, target);
                let points = (0..frontier.len())
                    .map(|point| self.end_of(bargain, Some(frontier.outcome(point)), target));
                let options = std::iter::once(none).chain(points).collect();
                let parties = bargain.parties.iter().map(|party| party.index());
                let settle = Settle {
                    solution,
                    frontier,
                    against,
                    parties: parties.collect(),
                };
                (options, Opens::Settled(Box::new(settle)))
            }
        };
        let branch = branch(bargain, bargain.variable, None, seen, options, opens);
        self.branches[bargain.point.index()] = Some(branch);
        Ok(())
    }

    /// Rounds of offers and answers.
    fn offers(
        &mut self,
        bargain: &Bargain,
        offers: &Offers,
        frontier: &Frontier,
        seen: u64,
    ) -> Result<(), Box<Diagnostic>> {
        let constant = |expr| eval::constant(self.scenario, self.settings, expr);
        let against = bargain.against.iter().map(constant);
        let zone = frontier.rational(&against.collect::<Result<Vec<_>, _>>()?);
        let among = offers.among.as_ref().map(constant).transpose()?;
        let points = spread(zone.len(), among);
        let rounds = self.rounds[offers.rounds.index()] as usize;
        if points.len() > MOST_OFFERS {
            return Err(Box::new(too_many(bargain, points.len(), MOST_OFFERS)));
        }
        if rounds * (points.len() + 1) > MOST_OPTIONS {
            let most = (MOST_OPTIONS / rounds).saturating_sub(1);
            return Err(Box::new(too_many(bargain, points.len(), most)));
        }
        let packages: Vec<Vec<u32>> = points.iter().map(|&p| zone.outcome(p).to_vec()).collect();
        self.without_offers(bargain, offers, seen, packages.is_empty());
        if !packages.is_empty() {
            self.rounds_of(bargain, offers, &packages, seen, rounds);
        }
        Ok(())
    }

    /// Where nothing can be offered there is no agreement at once. The points of the program that are not played get
    /// their branches here as well, so that every point has one.
    fn without_offers(&mut self, bargain: &Bargain, offers: &Offers, seen: u64, played: bool) {
        if played {
            self.ops.push(Op::Branch(bargain.point.index()));
        }
        let mut none = self.end_of(bargain, None, self.ops.len());
        none.also.push((offers.round.index(), 0.0));
        let options = vec![none];
        let empty =
            |variable, options| branch(bargain, variable, None, seen, options, Opens::Guards);
        self.branches[bargain.point.index()] = Some(empty(bargain.variable, options));
        for (offer, replies) in &offers.points {
            self.branches[offer.index()] = Some(empty(offers.offer, Vec::new()));
            for reply in replies {
                self.branches[reply.index()] = Some(empty(offers.reply, Vec::new()));
            }
        }
    }

    fn rounds_of(
        &mut self,
        bargain: &Bargain,
        offers: &Offers,
        packages: &[Vec<u32>],
        seen: u64,
        rounds: usize,
    ) {
        let repeat = offers.rounds.index();
        let enter = self.ops.len();
        self.ops.push(Op::Enter { repeat, exit: 0 });
        let over = self.ops.len();
        self.ops
            .push(Op::Unless(going_on(self, bargain, offers.rounds), 0));
        let mut leaves = Vec::new();
        let parties = bargain.parties.len();
        for (first, (offer, replies)) in offers.points.iter().enumerate() {
            let turns = (first + 1..=rounds).step_by(parties);
            let turn = Code::Index(RepeatId(repeat as u32));
            let turns = turns.map(|turn| Code::Value(turn as f64)).collect();
            let test = self.ops.len();
            self.ops
                .push(Op::Unless(Code::In(Box::new(turn), turns), 0));
            self.offer(bargain, offers, packages, seen, (first, offer.index()));
            for (k, reply) in replies.iter().enumerate() {
                let who = bargain.parties[(first + 1 + k) % parties].index();
                let last = k + 1 == replies.len();
                let reject = self.ops.len() + 1;
                self.ops.push(Op::Branch(reply.index()));
                leaves.push(reject);
                self.ops.push(Op::Jump(0));
                let places = Places {
                    accept: reject + 1,
                    reject,
                    rounds,
                };
                let (options, opens) = self.answers(bargain, offers, packages, last, places);
                let made = branch(bargain, offers.reply, Some(who), seen, options, opens);
                self.branches[reply.index()] = Some(made);
            }
            leaves.push(self.ops.len());
            self.ops.push(Op::Jump(0));
            self.aim(test);
        }
        self.aim(over);
        for leave in leaves {
            self.aim(leave);
        }
        self.ops.push(Op::Next {
            repeat,
            start: enter + 1,
        });
        self.ops[enter] = Op::Enter {
            repeat,
            exit: self.ops.len(),
        };
    }

    /// Lets a jump lead here.
    fn aim(&mut self, jump: usize) {
        let here = self.ops.len();
        match &mut self.ops[jump] {
            Op::Unless(_, target) | Op::Jump(target) => *target = here,
            _ => {}
        }
    }

    /// The decision which package to offer.
    fn offer(
        &mut self,
        bargain: &Bargain,
        offers: &Offers,
        packages: &[Vec<u32>],
        seen: u64,
        (first, point): (usize, usize),
    ) {
        self.ops.push(Op::Branch(point));
        let target = self.ops.len();
        let options = packages.iter().enumerate().map(|(k, outcome)| {
            let label = self.label(bargain, outcome);
            let words = Some((label.clone(), format!("offer {label}")));
            choice(bargain, (k + 1) as f64, (label, words), Vec::new(), target)
        });
        let who = Some(bargain.parties[first].index());
        let options = options.collect();
        let made = branch(bargain, offers.offer, who, seen, options, Opens::Guards);
        self.branches[point] = Some(made);
    }

    /// The answers to an offer, round by round: of the one who answers last, the acceptance of each package and a
    /// rejection; of the others, one acceptance.
    fn answers(
        &self,
        bargain: &Bargain,
        offers: &Offers,
        packages: &[Vec<u32>],
        last: bool,
        places: Places,
    ) -> (Vec<Choice>, Opens) {
        let symbols = self.symbols(offers.reply);
        let one = [Vec::new()];
        let packages = if last { packages } else { &one };
        let said = |word: &str| (word.to_owned(), Some((word.to_owned(), word.to_owned())));
        let mut options = Vec::with_capacity(places.rounds * (packages.len() + 1));
        for round in 1..=places.rounds {
            let round = (offers.round.index(), round as f64);
            for package in packages {
                let mut also = Vec::new();
                if last {
                    also = self.settled(bargain, Some(package));
                    also.push((bargain.variable.index(), self.symbols(bargain.variable)[0]));
                    also.push(round);
                }
                let accept = choice(bargain, symbols[0], said("accept"), also, places.accept);
                options.push(accept);
            }
            let mut also = self.settled(bargain, None);
            also.push((bargain.variable.index(), self.symbols(bargain.variable)[1]));
            also.push(round);
            let reject = choice(bargain, symbols[1], said("reject"), also, places.reject);
            options.push(reject);
        }
        let opens = Opens::Answers {
            offer: last.then_some(offers.offer.index()),
            packages: packages.len(),
            repeat: offers.rounds.index(),
        };
        (options, opens)
    }

    /// An end of the bargain: this package, or no agreement.
    fn end_of(&self, bargain: &Bargain, outcome: Option<&[u32]>, target: usize) -> Choice {
        let symbols = self.symbols(bargain.variable);
        let (value, label) = match outcome {
            Some(outcome) => (symbols[0], self.label(bargain, outcome)),
            None => (symbols[1], "no agreement".to_owned()),
        };
        let name = if bargain.name.label == bargain.name.id {
            bargain.name.id.replace('_', " ")
        } else {
            bargain.name.label.clone()
        };
        let told = format!("{name}: {label}");
        let words = (told.clone(), told);
        let also = self.settled(bargain, outcome);
        choice(bargain, value, (label, Some(words)), also, target)
    }

    /// What each issue is settled at; no value without agreement.
    fn settled(&self, bargain: &Bargain, outcome: Option<&[u32]>) -> Vec<(usize, f64)> {
        let settled = bargain.settled.iter().enumerate();
        settled
            .map(|(i, &variable)| {
                let option = outcome.and_then(|outcome| outcome.get(i));
                let value = option.and_then(|&option| {
                    let symbols = self.symbols(variable);
                    symbols.get(option as usize).copied()
                });
                (variable.index(), value.unwrap_or(f64::NAN))
            })
            .collect()
    }

    /// The values that stand for the options of a variable, in order.
    fn symbols(&self, variable: VariableId) -> Vec<f64> {
        match &self.scenario.variables[variable.index()].domain {
            scenario::Domain::Symbols(options) => options
                .iter()
                .map(|(symbol, _)| f64::from(symbol.0))
                .collect(),
            scenario::Domain::Numbers => Vec::new(),
        }
    }

    /// A package in words: its label, where all issues are on the table and it has one, else its options'.
    fn label(&self, bargain: &Bargain, outcome: &[u32]) -> String {
        let whole = bargain.issues.len() == self.scenario.issues.len();
        let package = self.scenario.packages.iter().find(|package| {
            let mut settled = bargain.issues.iter().zip(outcome);
            settled.all(|(issue, &k)| package.choices.get(issue.index()) == Some(&(k as usize)))
        });
        if let Some(package) = package.filter(|_| whole) {
            return package.name.label.clone();
        }
        let settled = bargain.issues.iter().zip(outcome);
        // An option without a label of its own says little without its issue.
        let labels = settled.map(|(issue, &k)| {
            let issue = &self.scenario.issues[issue.index()];
            match issue.options.get(k as usize) {
                Some(option) if option.label != option.id => option.label.clone(),
                Some(option) => format!("{} {}", issue.name.id, option.id).replace('_', " "),
                None => String::new(),
            }
        });
        labels.collect::<Vec<_>>().join(", ")
    }
}

/// Where answers lead, and how many rounds there are.
#[derive(Clone, Copy)]
struct Places {
    accept: usize,
    reject: usize,
    rounds: usize,
}

/// Whether a bargain goes on in this round: it is the first one, or nothing is agreed so far.
fn going_on(compiler: &Compiler<'_>, bargain: &Bargain, rounds: RepeatId) -> Code {
    let equal = |a: Code, b: f64| {
        Box::new(Code::Compare(
            Compare::Equal,
            Box::new(a),
            Box::new(Code::Value(b)),
        ))
    };
    let agreed = compiler.symbols(bargain.variable)[0];
    let agreed = equal(Code::Variable(bargain.variable), agreed);
    Code::Or(equal(Code::Index(rounds), 1.0), Box::new(Code::Not(agreed)))
}

fn branch(
    bargain: &Bargain,
    variable: VariableId,
    actor: Option<usize>,
    seen: u64,
    options: Vec<Choice>,
    opens: Opens,
) -> Branch {
    Branch {
        actor,
        assumed: None,
        variable: variable.index(),
        seen,
        options,
        weighted: false,
        grid: false,
        percent: false,
        opens,
        span: bargain.name.span,
    }
}

fn choice(
    bargain: &Bargain,
    value: f64,
    (label, words): (String, Option<(String, String)>),
    also: Vec<(usize, f64)>,
    target: usize,
) -> Choice {
    Choice {
        value,
        label,
        guard: None,
        probability: None,
        target,
        also,
        words,
        span: bargain.name.span,
    }
}

/// Positions of at most `among` of `count` points, both ends included, as evenly as can be.
fn spread(count: usize, among: Option<f64>) -> Vec<usize> {
    match among {
        Some(most) if (most as usize) < count => {
            let most = (most as usize).max(1);
            if most == 1 {
                return vec![count / 2];
            }
            let step = (count - 1) as f64 / (most - 1) as f64;
            (0..most)
                .map(|k| (k as f64 * step).round() as usize)
                .collect()
        }
        _ => (0..count).collect(),
    }
}

fn beyond(bargain: &Bargain, why: &str) -> Diagnostic {
    Diagnostic::error(
        "E0607",
        format!("`{}` cannot be searched: {why}", bargain.name.id),
        bargain.name.span,
    )
    .help("put fewer issues on the table, or give them fewer options")
}

fn too_many(bargain: &Bargain, found: usize, most: usize) -> Diagnostic {
    Diagnostic::error(
        "E0607",
        format!("in `{}` {found} packages could be agreed", bargain.name.id),
        bargain.name.span,
    )
    .label(format!("at most {most} can be told apart here"))
    .help(format!(
        "put fewer issues on the table, give them fewer options, or look at some of the packages only: `among {}`",
        most.min(20)
    ))
}
