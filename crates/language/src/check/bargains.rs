//! Bargains: who settles what among whom, and the names by which formulas read what was settled.

use std::collections::HashMap;

use super::declare::{First, named, number};
use super::names::{Entity, Part};
use super::{Checker, expression};
use crate::analysis::Meaning;
use crate::ast::{self, Ident};
use crate::diagnostic::Diagnostic;
use crate::scenario::{
    ActorId, Bargain, BargainId, Domain, Expr, ExprKind, IssueId, Offers, PointId, Repeat,
    RepeatId, Rule, Solution, Step, Variable, VariableId,
};
use crate::span::Span;
use crate::suggest::shorten;

/// What a bargain by offers can be asked besides its issues: no issue on its table may be called so.
const ASKED: [&str; 3] = ["offer", "reply", "round"];

/// In a bargain that is not resolved yet: no repeat, no point.
const NONE: u32 = u32::MAX;

impl Checker<'_> {
    /// Enters a bargain with all that can be read of it: `deal`, `deal.oil` and, by offers, `deal.offer`, `deal.reply`
    /// and `deal.round`.
    pub(super) fn declare_bargain(&mut self, bargain: &ast::Bargain) {
        let variable = VariableId(number(self.scenario.variables.len()));
        if !self.enter(&bargain.id, Entity::Variable(variable)) {
            return;
        }
        self.variable_of(
            &bargain.id.name,
            bargain.id.span,
            ["agreed", "none"].map(str::to_owned),
        );
        let part = |asked: &str| format!("{}.{asked}", bargain.id.name);
        let (mut issues, mut settled) = (Vec::new(), Vec::new());
        for written in &bargain.issues {
            let Some(Entity::Issue(issue)) = self.names.get(&written.name) else {
                continue;
            };
            if issues.contains(&issue) {
                continue;
            }
            let options = &self.scenario.issues[issue.index()].options;
            let options: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
            let id = part(&written.name);
            let own = self.part_of(&id, written.span, variable, Some(issue), options);
            let labels = &self.scenario.issues[issue.index()].options;
            if let Domain::Symbols(known) = &mut self.scenario.variables[own.index()].domain {
                for ((_, label), option) in known.iter_mut().zip(labels) {
                    label.clone_from(&option.label);
                }
            }
            issues.push(issue);
            settled.push(own);
        }
        let rule = match &bargain.rule {
            ast::Rule::Solution(name) => Rule::Solution(solution(&name.name)),
            ast::Rule::Offers { .. } => {
                let span = bargain.id.span;
                let mut part = |asked: &str, options: &[&str]| {
                    let options = options.iter().map(|&option| option.to_owned());
                    self.part_of(&part(asked), span, variable, None, options)
                };
                let offer = part("offer", &[]);
                let reply = part("reply", &["accept", "reject"]);
                let round = part("round", &[]);
                Rule::Offers(Offers {
                    rounds: RepeatId(NONE),
                    among: None,
                    discount: None,
                    offer,
                    reply,
                    round,
                    points: Vec::new(),
                })
            }
        };
        self.scenario.bargains.push(Bargain {
            name: named(&bargain.id, bargain.label.as_ref()),
            variable,
            parties: Vec::new(),
            issues,
            settled,
            rule,
            against: Vec::new(),
            point: PointId(NONE),
        });
    }

    /// A variable that can be asked behind the dot.
    fn part_of(
        &mut self,
        id: &str,
        span: Span,
        of: VariableId,
        issue: Option<IssueId>,
        options: impl IntoIterator<Item = String>,
    ) -> VariableId {
        let variable = self.variable_of(id, span, options);
        self.names
            .global
            .entry(id.to_owned())
            .or_insert((Entity::Variable(variable), span));
        self.names.parts.insert(variable, Part { of, issue });
        variable
    }

    /// A variable with these options; with numbers, where there is none.
    fn variable_of(
        &mut self,
        id: &str,
        span: Span,
        options: impl IntoIterator<Item = String>,
    ) -> VariableId {
        let variable = VariableId(number(self.scenario.variables.len()));
        let symbols: Vec<_> = options
            .into_iter()
            .map(|name| (self.symbol(&name), String::new()))
            .collect();
        let positions: HashMap<_, _> = (symbols.iter().map(|(symbol, _)| *symbol))
            .zip(0..)
            .collect();
        for symbol in positions.keys() {
            self.names.option_of.entry(*symbol).or_insert(variable);
        }
        let numbers = symbols.is_empty();
        self.names.domains.push((!numbers).then_some(positions));
        self.pending.variables.push(First {
            actor: None,
            grid: numbers,
            span,
        });
        self.scenario.variables.push(Variable {
            id: id.to_owned(),
            actor: None,
            domain: if numbers {
                Domain::Numbers
            } else {
                Domain::Symbols(symbols)
            },
            span,
        });
        variable
    }

    /// Resolves a bargain of the play.
    pub(super) fn bargain(&mut self, written: &ast::Bargain, span: Span) -> Option<Step> {
        let parties = self.parties(&written.parties);
        self.on_the_table(written);
        let declared = self.scenario.bargains.iter();
        let place = declared
            .zip(0..)
            .find(|(bargain, _)| bargain.name.span == written.id.span)
            .map(|(_, place)| place);
        let by_offers = matches!(written.rule, ast::Rule::Offers { .. });
        let against = self.without_agreement(written, &parties, by_offers);
        let mut seen_by = self.seen_by(&written.sight);
        for party in &parties {
            seen_by[party.index()] = true;
        }
        let head = Span {
            end: written.id.span.end,
            ..span
        };
        let offers = self.offers(&written.rule, head);
        let place = place?;
        let bargain = &self.scenario.bargains[place as usize];
        let (main, rule) = (bargain.variable, bargain.rule.clone());
        let point = self.point(Some(main), head);
        let rule = match (rule, offers) {
            (Rule::Offers(known), Some((rounds, among, discount))) => {
                self.around.push(rounds);
                let points = parties.iter().map(|_| {
                    let offer = self.point(Some(known.offer), head);
                    let replies = (1..parties.len()).map(|_| self.point(Some(known.reply), head));
                    (offer, replies.collect())
                });
                let points = points.collect();
                self.around.pop();
                Rule::Offers(Offers {
                    rounds,
                    among,
                    discount,
                    points,
                    ..known
                })
            }
            (rule, _) => rule,
        };
        let bargain = &mut self.scenario.bargains[place as usize];
        (bargain.parties, bargain.rule) = (parties, rule);
        (bargain.against, bargain.point) = (against, point);
        Some(Step::Bargain {
            bargain: BargainId(place),
            seen_by,
        })
    }

    /// Who bargains: at least two, each with preferences, none of them the ratifier of an other.
    fn parties(&mut self, written: &[Ident]) -> Vec<ActorId> {
        let mut parties: Vec<(ActorId, Span)> = Vec::new();
        for id in written {
            let Some(actor) = self.resolver().actor(id) else {
                continue;
            };
            let name = shorten(&id.name);
            if let Some((_, first)) = parties.iter().find(|(known, _)| *known == actor) {
                self.reports.push(
                    Diagnostic::error("E0223", format!("`{name}` bargains with itself"), id.span)
                        .label("named again")
                        .also(*first, "named here already"),
                );
            } else if self.weighs(actor, id) {
                if self.scenario.ratifiers.iter().any(|r| r.actor == actor) {
                    self.reports.push(
                        Diagnostic::error("E0223", format!("`{name}` is a ratifier and does not bargain"), id.span)
                            .label("consents at home")
                            .help("name the actor that negotiates: what its ratifiers would refuse is not agreed"),
                    );
                }
                parties.push((actor, id.span));
            }
        }
        if let [only] = written
            && !parties.is_empty()
        {
            self.reports.push(
                Diagnostic::error("E0223", "a bargain needs at least two parties", only.span)
                    .label("only one")
                    .help("name the others: `between a, b`"),
            );
        }
        parties.into_iter().map(|(actor, _)| actor).collect()
    }

    /// What is on the table: issues, each once, none called like something else that can be asked.
    fn on_the_table(&mut self, written: &ast::Bargain) {
        let offers = matches!(written.rule, ast::Rule::Offers { .. });
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for id in &written.issues {
            self.issue(id);
            let first = *seen.entry(&id.name).or_insert(id.span);
            let name = shorten(&id.name);
            if first != id.span {
                self.reports.push(
                    Diagnostic::error(
                        "E0223",
                        format!("issue `{name}` is on the table twice"),
                        id.span,
                    )
                    .label("named again")
                    .also(first, "named here already"),
                );
            } else if offers && ASKED.contains(&id.name.as_str()) {
                let bargain = shorten(&written.id.name);
                self.reports.push(
                    Diagnostic::error(
                        "E0223",
                        format!("`{bargain}.{name}` is something else in a bargain by offers"),
                        id.span,
                    )
                    .label("taken")
                    .help("give the issue another name"),
                );
            }
        }
    }

    /// What every party has without agreement.
    fn without_agreement(
        &mut self,
        written: &ast::Bargain,
        parties: &[ActorId],
        constant: bool,
    ) -> Vec<Expr> {
        let mut found: HashMap<ActorId, (Expr, Span)> = HashMap::new();
        for (id, value) in &written.against {
            let value = if constant {
                self.fixed(
                    value,
                    "what a party has without agreement in a bargain by offers",
                )
            } else {
                self.resolver().number(value).expr
            };
            let Some(actor) = self.resolver().actor(id) else {
                continue;
            };
            let name = shorten(&id.name);
            if !parties.contains(&actor) {
                self.reports.push(
                    Diagnostic::error("E0223", format!("`{name}` is no party of this bargain"), id.span)
                        .label("does not bargain")
                        .also(written.id.span, "the bargain")
                        .help(format!("name it behind `between`; what `{name}` has without agreement is otherwise its `fallback`")),
                );
            } else if let Some((_, first)) = found.get(&actor) {
                self.reports.push(
                    Diagnostic::error(
                        "E0223",
                        format!("what `{name}` has without agreement is said twice"),
                        id.span,
                    )
                    .label("said again")
                    .also(*first, "said here already"),
                );
            } else {
                found.insert(actor, (value, id.span));
            }
        }
        parties
            .iter()
            .map(|actor| {
                let written = found.remove(actor).map(|(value, _)| value);
                written.unwrap_or(Expr {
                    kind: ExprKind::Fallback(*actor),
                    span: self.scenario.actors[actor.index()].span,
                })
            })
            .collect()
    }

    /// The rounds of a bargain by offers, how many packages can be offered, and the discount.
    fn offers(
        &mut self,
        rule: &ast::Rule,
        span: Span,
    ) -> Option<(RepeatId, Option<Expr>, Option<Expr>)> {
        let ast::Rule::Offers {
            rounds,
            among,
            discount,
        } = rule
        else {
            return None;
        };
        let count = self.fixed(rounds, "the number of rounds");
        let among = among
            .as_ref()
            .map(|among| self.fixed(among, "the number of packages that can be offered"));
        let discount = discount
            .as_ref()
            .map(|discount| self.fixed(discount, "a discount"));
        let repeat = RepeatId(number(self.scenario.repeats.len()));
        self.scenario.repeats.push(Repeat {
            count,
            index: None,
            span,
        });
        Some((repeat, among, discount))
    }

    /// Reports a name that is chosen or drawn although a bargain settles it; whether it is so.
    pub(super) fn settled_already(&mut self, id: &Ident, variable: VariableId) -> bool {
        let Some(bargain) = self.scenario.bargain_of(variable) else {
            return false;
        };
        let first = bargain.name.span;
        self.twice(id, first, "this name");
        true
    }
}

impl expression::Resolver<'_> {
    /// Notes what a name stands for: of `deal.oil` the bargain and the issue.
    pub(super) fn mention_name(&mut self, name: &str, span: Span, meaning: Meaning) {
        let Meaning::Variable(variable) = meaning else {
            return self.reports.mention(span, meaning);
        };
        let (Some(part), Some(dot)) = (self.names.parts.get(&variable), name.find('.')) else {
            return self.reports.mention(span, meaning);
        };
        let dot = span.start + number(dot);
        self.reports
            .mention(Span { end: dot, ..span }, Meaning::Variable(part.of));
        if let Some(issue) = part.issue {
            let behind = Span {
                start: dot + 1,
                ..span
            };
            self.reports.mention(behind, Meaning::Issue(issue));
        }
    }
}

fn solution(name: &str) -> Solution {
    match name {
        "kalai_smorodinsky" => Solution::KalaiSmorodinsky,
        "egalitarian" => Solution::Egalitarian,
        "utilitarian" => Solution::Utilitarian,
        _ => Solution::Nash,
    }
}
