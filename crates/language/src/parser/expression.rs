//! Expressions and queries, by precedence climbing (Pratt 1973).
//!
//! From loosest to tightest: `or`; `and`; `not`; comparisons and `in {…}`, which do not chain; `+ -`; `* /`;
//! unary minus; `^`, to the right; `%`; names, calls, `@`, parentheses, `if`.

use super::{EXPRESSION_DEPTH, Parser, words};
use crate::ast::{Binary, Compare, Expr, ExprKind, Given, Ident, Over};
use crate::diagnostic::Diagnostic;
use crate::lexer::{RANGED, TokenKind as K, clip};
use crate::span::Span;

const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARISON: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const SIGN: u8 = 7;
const POWER: u8 = 8;

/// Functions over paths, the only ones that take a condition after `given` or `if`.
const QUERIES: &[&str] = &["p", "mean", "value"];

/// An expression with the height of its tree.
struct Tree {
    expr: Expr,
    height: u32,
}

impl Parser<'_> {
    /// Any expression.
    pub(super) fn expression(&mut self) -> Expr {
        self.binary(OR).expr
    }

    /// An expression without comparison at its top, such as the ends of a range.
    pub(super) fn sum(&mut self) -> Expr {
        self.binary(SUM).expr
    }

    /// The comparison here, if it is one.
    pub(super) fn comparison(&self) -> Option<Compare> {
        Some(match self.kind() {
            K::Equal | K::Assign => Compare::Equal,
            K::NotEqual => Compare::NotEqual,
            K::Less => Compare::Less,
            K::LessEqual => Compare::LessEqual,
            K::Greater => Compare::Greater,
            K::GreaterEqual => Compare::GreaterEqual,
            _ => return None,
        })
    }

    /// Reads a comparison sign that [`Parser::comparison`] has seen; `=` is reported and read as `==`.
    pub(super) fn comparison_sign(&mut self) {
        if self.kind() == K::Assign {
            let place = self.here();
            self.report(
                Diagnostic::error("E0111", "`=` sets a value; `==` compares", place)
                    .help("write `==`"),
            );
        }
        self.at += 1;
    }

    /// An empty expression where one was missing.
    pub(super) fn missing(&self) -> Expr {
        let here = self.here();
        Expr {
            kind: ExprKind::Error,
            span: Span {
                end: here.start,
                ..here
            },
        }
    }

    fn operator(&self) -> Option<(u8, Binary)> {
        if let Some(compare) = self.comparison() {
            return Some((COMPARISON, Binary::Compare(compare)));
        }
        Some(match self.kind() {
            K::Or => (OR, Binary::Or),
            K::And => (AND, Binary::And),
            K::Plus => (SUM, Binary::Add),
            K::Minus => (SUM, Binary::Subtract),
            K::Star => (PRODUCT, Binary::Multiply),
            K::Slash => (PRODUCT, Binary::Divide),
            K::Caret => (POWER, Binary::Power),
            _ => return None,
        })
    }

    /// An expression of operators that bind at least as tightly as `least`.
    fn binary(&mut self, least: u8) -> Tree {
        if self.depth >= EXPRESSION_DEPTH {
            return self.too_deep();
        }
        self.depth += 1;
        let start = self.here();
        let mut left = self.prefix(least);
        let mut compared = false;
        loop {
            let set = self.kind() == K::In && self.token(1).kind == K::OpenBrace;
            let (level, operator) = match self.operator() {
                _ if set => (COMPARISON, None),
                Some((level, operator)) => (level, Some(operator)),
                None => break,
            };
            if level < least {
                break;
            }
            if level == COMPARISON && std::mem::replace(&mut compared, true) {
                self.chained();
            }
            let Some(operator) = operator else {
                left = self.membership(left, start);
                continue;
            };
            if level == COMPARISON {
                self.comparison_sign();
            } else {
                self.at += 1;
            }
            let right = self.binary(if level == POWER { SIGN } else { level + 1 });
            let height = left.height.max(right.height);
            let kind = ExprKind::Binary(operator, Box::new(left.expr), Box::new(right.expr));
            left = self.tree(kind, start, height);
        }
        self.depth -= 1;
        left
    }

    fn chained(&mut self) {
        let place = self.here();
        self.report(
            Diagnostic::error("E0112", "comparisons cannot be chained", place)
                .help("join them by `and`: instead of `a < b < c` write `a < b and b < c`"),
        );
    }

    /// `in { a, b }` after its left side.
    fn membership(&mut self, left: Tree, start: Span) -> Tree {
        self.at += 1;
        let open = self.here();
        self.at += 1;
        let (members, mut height) = self.list(K::CloseBrace, SUM);
        self.close(K::CloseBrace, open, "of the set");
        height = height.max(left.height);
        self.tree(ExprKind::In(Box::new(left.expr), members), start, height)
    }

    /// Expressions with commas between them, up to (not including) the closing bracket or a `given`.
    fn list(&mut self, close: K, level: u8) -> (Vec<Expr>, u32) {
        let (mut members, mut height) = (Vec::new(), 0);
        while !matches!(self.kind(), K::End | K::Given) && self.kind() != close {
            let member = self.binary(level);
            height = height.max(member.height);
            members.push(member.expr);
            if !self.eat(K::Comma) {
                break;
            }
        }
        (members, height)
    }

    /// The closing bracket, or an error that points to the opening one.
    pub(super) fn close(&mut self, kind: K, open: Span, whose: &str) {
        if self.eat(kind) {
            return;
        }
        let (mark, opening) = match kind {
            K::CloseBrace => ("`}`", "`{`"),
            K::CloseBracket => ("`]`", "`[`"),
            _ => ("`)`", "`(`"),
        };
        let mut diagnostic = self
            .expected_error(&format!("{mark} at the end {whose}"))
            .also(open, format!("{opening} opened here"));
        if matches!(self.kind(), K::Name | K::Number) {
            diagnostic = diagnostic.help("or is a comma or an operator missing?");
        }
        self.report(diagnostic);
    }

    fn prefix(&mut self, least: u8) -> Tree {
        let start = self.here();
        match self.kind() {
            K::Not => {
                if least > NOT {
                    self.report(
                        Diagnostic::error("E0107", "`not` cannot follow an operator here", start)
                            .help("put it in parentheses: `(not …)`"),
                    );
                }
                self.at += 1;
                let inner = self.binary(NOT);
                let height = inner.height;
                self.tree(ExprKind::Not(Box::new(inner.expr)), start, height)
            }
            K::Minus => {
                self.at += 1;
                let inner = self.binary(SIGN);
                let height = inner.height;
                self.tree(ExprKind::Negate(Box::new(inner.expr)), start, height)
            }
            _ => self.percent(),
        }
    }

    /// An operand with the `%` signs behind it.
    fn percent(&mut self) -> Tree {
        let start = self.here();
        let mut tree = self.operand();
        if self.kind() == K::Percent
            && let ExprKind::Number { percent, .. } = &mut tree.expr.kind
        {
            *percent = true;
            self.at += 1;
            tree.expr.span = self.since(start);
        }
        while self.eat(K::Percent) {
            let height = tree.height;
            tree = self.tree(ExprKind::Percent(Box::new(tree.expr)), start, height);
        }
        tree
    }

    fn operand(&mut self) -> Tree {
        let start = self.here();
        let token = self.token(0);
        let kind = match token.kind {
            K::Number => {
                let digits = self.words_of(token).replace('_', "");
                ExprKind::Number {
                    digits,
                    percent: false,
                }
            }
            K::True => ExprKind::Truth(true),
            K::False => ExprKind::Truth(false),
            K::BadNumber => ExprKind::Error,
            K::Name if self.unfinished() => {
                self.expected("a number, a name or a formula");
                let expr = self.missing();
                return Tree { expr, height: 1 };
            }
            K::Name => return self.named(),
            K::OpenParen => return self.parenthesis(),
            K::If => return self.conditional(),
            K::Text => {
                self.report(
                    Diagnostic::error("E0107", "a text cannot be calculated with", start)
                        .help("names of options, outcomes and actors stand without quotes"),
                );
                ExprKind::Error
            }
            K::Plus => {
                self.report(
                    Diagnostic::error("E0107", "a number is written without `+` before it", start)
                        .help("leave the `+` out"),
                );
                ExprKind::Error
            }
            _ => {
                self.expected("a number, a name or a formula");
                let expr = self.missing();
                return Tree { expr, height: 1 };
            }
        };
        self.at += 1;
        if token.kind == K::Plus {
            return self.binary(SIGN);
        }
        self.tree(kind, start, 0)
    }

    /// Whether an expression was left unfinished, as while it is typed: on a new line begins a declaration or
    /// statement whose shape cannot be the rest of anything else.
    fn unfinished(&self) -> bool {
        if self.at == 0 || !self.token(0).first || self.token(1).first {
            return false;
        }
        if self.word(0) == "play" && self.token(1).kind == K::OpenBrace {
            return self.braces == 0 && self.at_margin();
        }
        let (next, third) = (self.token(1).kind, self.token(2).kind);
        // With these a query may go on, or another declaration begin behind a name; a text may be what the
        // declaration at hand ends with.
        let joined = ["with", "within", "step"].contains(&self.word(1));
        let other = joined || words::ITEMS.contains(&self.word(1));
        let declared = self.braces == 0 && next == K::Name && !other;
        let set = self.word(0) == "set" && next == K::Name && third == K::Assign;
        let chooses = self.word(1) == "chooses" && third == K::Name;
        set || chooses || declared && self.at_margin()
    }

    /// A name, `name@round` or a call.
    fn named(&mut self) -> Tree {
        let start = self.here();
        let name = self.words_of(self.token(0)).to_owned();
        self.at += 1;
        let id = Ident { name, span: start };
        if self.kind() == K::OpenParen && !self.token(0).first {
            return self.call(id);
        }
        if self.kind() == K::OpenBracket {
            return self.lookup(id);
        }
        if self.eat(K::At) {
            let round = match self.kind() {
                K::Number | K::Name | K::OpenParen => self.round(),
                _ => {
                    self.expected("the number of a round");
                    let expr = self.missing();
                    Tree { expr, height: 1 }
                }
            };
            return self.tree(ExprKind::At(id, Box::new(round.expr)), start, round.height);
        }
        self.tree(ExprKind::Name(id.name), start, 0)
    }

    /// The round after `@`: a number, a plain name or something in parentheses.
    fn round(&mut self) -> Tree {
        if self.kind() != K::Name {
            return self.operand();
        }
        let place = self.here();
        let name = self.words_of(self.token(0)).to_owned();
        self.at += 1;
        self.tree(ExprKind::Name(name), place, 0)
    }

    fn parenthesis(&mut self) -> Tree {
        let open = self.here();
        self.at += 1;
        let inner = self.binary(OR);
        self.close(K::CloseParen, open, "of what stands in parentheses");
        self.tree(ExprKind::Paren(Box::new(inner.expr)), open, inner.height)
    }

    fn call(&mut self, function: Ident) -> Tree {
        let open = self.here();
        self.at += 1;
        let start = function.span;
        if RANGED.contains(&function.name.as_str())
            && self.kind() == K::Name
            && self.token(1).kind == K::In
            && self.token(2).kind != K::OpenBrace
        {
            return self.over(function, open);
        }
        let (arguments, mut height) = self.list(K::CloseParen, OR);
        let mut given = None;
        let supposed = self.kind() == K::If && !arguments.is_empty();
        if supposed || self.kind() == K::Given {
            self.condition_allowed(&function.name);
            self.at += 1;
            let condition = self.binary(OR);
            height = height.max(condition.height);
            given = Some(Box::new(Given {
                supposed,
                condition: condition.expr,
            }));
            if !QUERIES.contains(&function.name.as_str()) {
                given = None;
            }
        }
        let whose = format!("of `{}(…`", clip(&function.name));
        self.close(K::CloseParen, open, &whose);
        let kind = ExprKind::Call {
            function,
            arguments,
            given,
        };
        self.tree(kind, start, height)
    }

    /// `i in lo .. hi [step s]: e)` behind `sum(` and its like.
    fn over(&mut self, function: Ident, open: Span) -> Tree {
        let start = function.span;
        let index = self.name("a name for the number");
        self.at += 1;
        let from = self.binary(SUM);
        self.expect(K::Range, "`..` and the upper end of the range");
        let to = self.binary(SUM);
        let mut height = from.height.max(to.height);
        let step = self.eat_word("step").then(|| self.binary(SUM));
        height = step.as_ref().map_or(height, |step| height.max(step.height));
        self.expect(K::Colon, "`:` and the formula for each number");
        let body = self.binary(OR);
        let whose = format!("of `{}(…`", function.name);
        self.close(K::CloseParen, open, &whose);
        let kind = ExprKind::Over(Box::new(Over {
            function,
            index,
            from: from.expr,
            to: to.expr,
            step: step.map(|step| step.expr),
            body: body.expr,
        }));
        self.tree(kind, start, height.max(body.height))
    }

    /// `[key, …]` behind the name of a table.
    fn lookup(&mut self, table: Ident) -> Tree {
        let open = self.here();
        self.at += 1;
        let start = table.span;
        let (keys, height) = self.list(K::CloseBracket, SUM);
        let whose = format!("of `{}[…`", clip(&table.name));
        self.close(K::CloseBracket, open, &whose);
        self.tree(ExprKind::Lookup { table, keys }, start, height)
    }

    fn condition_allowed(&mut self, function: &str) {
        if QUERIES.contains(&function) {
            return;
        }
        let place = self.here();
        let name = clip(function);
        let message = format!("`{name}(…)` takes no condition");
        self.report(Diagnostic::error("E0115", message, place).help(
            "`given` and `if` stand behind what is asked in `p(…)`, `mean(…)` and `value(…)` only",
        ));
    }

    fn conditional(&mut self) -> Tree {
        let start = self.here();
        self.at += 1;
        let condition = self.binary(OR);
        self.conditional_after(start, condition)
    }

    /// A probability or guard of an option that begins with `if`: the word is read already by `start`. Gives
    /// the whole conditional where a `then` follows the condition, else the condition alone.
    pub(super) fn guard_or_conditional(&mut self, start: Span) -> Result<Expr, Expr> {
        let condition = self.binary(OR);
        if self.kind() == K::Then && self.token(1).kind == K::OpenBrace {
            self.stray_then();
            Ok(condition.expr)
        } else if self.kind() == K::Then {
            Err(self.conditional_after(start, condition).expr)
        } else {
            Ok(condition.expr)
        }
    }

    fn conditional_after(&mut self, start: Span, condition: Tree) -> Tree {
        if !self.eat(K::Then) {
            let missing = self
                .expected_error("`then`")
                .help("as a value, write `if condition then value else other_value`");
            self.report(missing);
            return self.tree(ExprKind::Error, start, 0);
        }
        let yes = self.binary(OR);
        if !self.eat(K::Else) {
            let missing = self
                .expected_error("`else`")
                .help("a value is needed either way: `if condition then value else other_value`");
            self.report(missing);
            return self.tree(ExprKind::Error, start, 0);
        }
        let no = self.binary(OR);
        let height = condition.height.max(yes.height).max(no.height);
        let kind = ExprKind::If(
            Box::new(condition.expr),
            Box::new(yes.expr),
            Box::new(no.expr),
        );
        self.tree(kind, start, height)
    }

    /// A node from `start` to here above subtrees of this height. A tree that grows too high is dropped while
    /// dropping it is still safe.
    fn tree(&mut self, kind: ExprKind, start: Span, below: u32) -> Tree {
        let span = self.since(start);
        let height = below + 1;
        if height <= EXPRESSION_DEPTH {
            let expr = Expr { kind, span };
            return Tree { expr, height };
        }
        self.complain_of_depth();
        let expr = Expr {
            kind: ExprKind::Error,
            span,
        };
        Tree { expr, height: 1 }
    }

    fn complain_of_depth(&mut self) {
        if std::mem::replace(&mut self.deep, true) {
            return;
        }
        let place = self.here();
        self.report(
            Diagnostic::error(
                "E0110",
                format!("this expression is nested more than {EXPRESSION_DEPTH} deep"),
                place,
            )
            .help("give names to parts of it by `let` or `fn`"),
        );
    }

    /// Skips what lies too deep.
    fn too_deep(&mut self) -> Tree {
        self.complain_of_depth();
        let expr = self.missing();
        while !matches!(
            self.kind(),
            K::End
                | K::CloseBrace
                | K::CloseParen
                | K::CloseBracket
                | K::OpenBrace
                | K::Comma
                | K::Semicolon
                | K::Then
                | K::Else
                | K::Given
        ) {
            self.skip_tree();
        }
        Tree { expr, height: 1 }
    }
}
