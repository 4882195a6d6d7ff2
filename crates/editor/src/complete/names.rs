//! The names and words that can stand somewhere, sort by sort.

use detente_language::analysis::Meaning;
use detente_language::scenario::{
    ActorId, BlockId, ConflictOptionId, Domain, ExprKind, FunctionId, IssueId, LetId, OutcomeId,
    PackageId, ParamId, ScaleId, SituationId, StateId, VariableId,
};
use detente_language::tokens::{TokenKind as K, functions};

use super::{Completion, CompletionKind, Offer};
use crate::context::Frame;
use crate::describe::brief;
use crate::{signature, words};

impl Offer<'_> {
    pub(super) fn values(&mut self) {
        self.arguments();
        let indices = self
            .context
            .stack
            .iter()
            .filter_map(|open| match &open.frame {
                Frame::Block(index) => index.clone(),
                _ => None,
            });
        let indices: Vec<String> = indices.collect();
        for index in indices {
            self.push(index, CompletionKind::Variable, "the round", None);
        }
        self.variables();
        self.states();
        let draft = &self.analysis.draft;
        for (i, parameter) in (0..).zip(&draft.parameters) {
            let meaning = Meaning::Param(ParamId(i));
            self.name(&parameter.id, CompletionKind::Number, meaning);
        }
        for (i, formula) in (0..).zip(&draft.lets) {
            let meaning = Meaning::Let(LetId(i));
            self.name(&formula.id, CompletionKind::Number, meaning);
        }
        self.functions();
        if self.query() {
            self.outcomes();
            self.word("outcome", CompletionKind::Word);
        }
        self.words(&["if", "not", "true", "false"]);
    }

    pub(super) fn functions(&mut self) {
        let query = self.query();
        for (i, formula) in (0..).zip(&self.analysis.draft.functions) {
            let meaning = Meaning::Function(FunctionId(i));
            let detail = signature::form(self.analysis, meaning).unwrap_or_default();
            self.push(
                formula.id.clone(),
                CompletionKind::Function,
                &detail,
                Some(meaning),
            );
        }
        for function in functions().filter(|f| query || !f.query) {
            let meaning = Some(Meaning::Builtin(function.name));
            let kind = CompletionKind::Function;
            self.push(function.name.to_owned(), kind, function.form, meaning);
        }
    }

    /// Arguments of the `fn` whose body this is.
    pub(super) fn arguments(&mut self) {
        let declared = self.context.declaration();
        if declared
            .first()
            .is_none_or(|&t| self.context.says(t) != "fn")
        {
            return;
        }
        let end = declared.iter().position(|t| t.kind == K::CloseParen);
        let names = declared.get(2..end.unwrap_or(2)).unwrap_or(&[]);
        for &token in names.iter().filter(|t| t.kind == K::Name) {
            let name = self.context.says(token).to_owned();
            self.push(name, CompletionKind::Variable, "argument", None);
        }
    }

    /// The options of a variable, or of a `let` that stands for one.
    pub(super) fn options_of(&mut self, name: &str) {
        let draft = &self.analysis.draft;
        let variable = draft.variables.iter().position(|v| v.id == name);
        let through = || {
            let found = draft.lets.iter().find(|l| l.id == name)?;
            match found.body.kind {
                ExprKind::Variable(id) => Some(id.index()),
                _ => None,
            }
        };
        let Some(index) = variable.or_else(through) else {
            return;
        };
        let Domain::Symbols(options) = &draft.variables[index].domain else {
            return;
        };
        let id = VariableId(u32::try_from(index).unwrap_or(u32::MAX));
        for (at, (symbol, _)) in (0..).zip(options) {
            if let Some(option) = draft.symbols.get(symbol.index()) {
                self.name(option, CompletionKind::Option, Meaning::Option(id, at));
            }
        }
    }

    pub(super) fn issue_options(&mut self, name: &str) {
        let draft = &self.analysis.draft;
        let found = (0..).zip(&draft.issues).find(|(_, i)| i.name.id == name);
        let Some((i, issue)) = found else { return };
        for (at, option) in (0..).zip(&issue.options) {
            let meaning = Meaning::IssueOption(IssueId(i), at);
            self.name(&option.id, CompletionKind::Option, meaning);
        }
    }

    pub(super) fn actors(&mut self) {
        for (i, actor) in (0..).zip(&self.analysis.draft.actors) {
            let meaning = Meaning::Actor(ActorId(i));
            self.name(&actor.id, CompletionKind::Actor, meaning);
        }
    }

    pub(super) fn params(&mut self) {
        for (i, parameter) in (0..).zip(&self.analysis.draft.parameters) {
            let meaning = Meaning::Param(ParamId(i));
            self.name(&parameter.id, CompletionKind::Number, meaning);
        }
    }

    pub(super) fn outcomes(&mut self) {
        for (i, outcome) in (0..).zip(&self.analysis.draft.outcomes) {
            let meaning = Meaning::Outcome(OutcomeId(i));
            self.name(&outcome.id, CompletionKind::Option, meaning);
        }
    }

    pub(super) fn packages(&mut self) {
        for (i, package) in (0..).zip(&self.analysis.draft.packages) {
            let meaning = Meaning::Package(PackageId(i));
            self.name(&package.name.id, CompletionKind::Option, meaning);
        }
    }

    pub(super) fn blocks(&mut self) {
        for (i, block) in (0..).zip(&self.analysis.draft.blocks) {
            let meaning = Meaning::Block(BlockId(i));
            self.name(&block.name.id, CompletionKind::Function, meaning);
        }
    }

    pub(super) fn issues(&mut self) {
        for (i, issue) in (0..).zip(&self.analysis.draft.issues) {
            let meaning = Meaning::Issue(IssueId(i));
            self.name(&issue.name.id, CompletionKind::Issue, meaning);
        }
    }

    pub(super) fn scales(&mut self) {
        for (i, scale) in (0..).zip(&self.analysis.draft.scales) {
            let meaning = Meaning::Scale(ScaleId(i));
            self.name(&scale.name.id, CompletionKind::Issue, meaning);
        }
    }

    pub(super) fn conflict_options(&mut self) {
        for (i, option) in (0..).zip(&self.analysis.draft.conflict.options) {
            let meaning = Meaning::ConflictOption(ConflictOptionId(i));
            self.name(&option.name.id, CompletionKind::Option, meaning);
        }
    }

    /// Options of the conflict and situations: what its conditions are made of.
    pub(super) fn of_conflict(&mut self, words: &[&'static str]) {
        self.conflict_options();
        for (i, at) in (0..).zip(&self.analysis.draft.conflict.situations) {
            let meaning = Meaning::Situation(SituationId(i));
            self.name(&at.name.id, CompletionKind::Option, meaning);
        }
        self.words(&["not"]);
        self.words(words);
    }

    pub(super) fn states(&mut self) {
        for (i, state) in (0..).zip(&self.analysis.draft.states) {
            let meaning = Meaning::State(StateId(i));
            self.name(&state.id, CompletionKind::Variable, meaning);
        }
    }

    pub(super) fn variables(&mut self) {
        for (i, variable) in (0..).zip(&self.analysis.draft.variables) {
            let meaning = Meaning::Variable(VariableId(i));
            self.name(&variable.id, CompletionKind::Variable, meaning);
        }
    }

    pub(super) fn words(&mut self, words: &[&'static str]) {
        for &word in words {
            self.word(word, CompletionKind::Word);
        }
    }

    pub(super) fn word(&mut self, word: &str, kind: CompletionKind) {
        let form = words::about(word).map_or("", |word| word.form);
        self.push(word.to_owned(), kind, form, None);
    }

    pub(super) fn name(&mut self, name: &str, kind: CompletionKind, meaning: Meaning) {
        let detail = brief(self.analysis, self.values.as_ref(), meaning);
        self.push(name.to_owned(), kind, &detail, Some(meaning));
    }

    pub(super) fn push(
        &mut self,
        label: String,
        kind: CompletionKind,
        detail: &str,
        meaning: Option<Meaning>,
    ) {
        self.list.push(Completion {
            label,
            kind,
            detail: detail.to_owned(),
            meaning,
        });
    }
}
