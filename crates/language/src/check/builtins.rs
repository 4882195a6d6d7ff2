//! The functions that every scenario has, and what people call them otherwise.

use crate::scenario::Builtin;

/// A function that every scenario has.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(super) what: What,
    pub(super) least: usize,
    pub(super) most: usize,
    /// How it is written, for messages.
    pub(super) form: &'static str,
}

/// What a function means.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum What {
    Number(Builtin),
    Worth,
    Fallback,
    Payoff,
    Ever,
    Probability,
    Mean,
    Value,
}

const fn known(
    name: &'static str,
    what: What,
    least: usize,
    most: usize,
    form: &'static str,
) -> Known {
    Known {
        name,
        what,
        least,
        most,
        form,
    }
}

/// All functions that need no declaration.
pub(crate) const BUILTINS: &[Known] = &[
    known(
        "min",
        What::Number(Builtin::Min),
        1,
        usize::MAX,
        "min(a, b, …)",
    ),
    known(
        "max",
        What::Number(Builtin::Max),
        1,
        usize::MAX,
        "max(a, b, …)",
    ),
    // These run over a range; with arguments they are told how to be written.
    known(
        "sum",
        What::Number(Builtin::Sum),
        1,
        0,
        "sum(i in a .. b: formula)",
    ),
    known(
        "product",
        What::Number(Builtin::Product),
        1,
        0,
        "product(i in a .. b: formula)",
    ),
    known(
        "argmin",
        What::Number(Builtin::ArgMin),
        1,
        0,
        "argmin(x in a .. b step s: formula)",
    ),
    known(
        "argmax",
        What::Number(Builtin::ArgMax),
        1,
        0,
        "argmax(x in a .. b step s: formula)",
    ),
    known(
        "choose",
        What::Number(Builtin::Choose),
        2,
        2,
        "choose(n, k)",
    ),
    known("abs", What::Number(Builtin::Abs), 1, 1, "abs(a)"),
    known("exp", What::Number(Builtin::Exp), 1, 1, "exp(a)"),
    known("ln", What::Number(Builtin::Ln), 1, 1, "ln(a)"),
    known("sqrt", What::Number(Builtin::Sqrt), 1, 1, "sqrt(a)"),
    known(
        "round",
        What::Number(Builtin::Round),
        1,
        2,
        "round(a) or round(a, unit)",
    ),
    known(
        "floor",
        What::Number(Builtin::Floor),
        1,
        2,
        "floor(a) or floor(a, unit)",
    ),
    known(
        "ceil",
        What::Number(Builtin::Ceil),
        1,
        2,
        "ceil(a) or ceil(a, unit)",
    ),
    known("worth", What::Worth, 2, 2, "worth(actor, package)"),
    known("fallback", What::Fallback, 1, 1, "fallback(actor)"),
    known("payoff", What::Payoff, 1, 1, "payoff(actor)"),
    known("ever", What::Ever, 1, 1, "ever(condition)"),
    known(
        "p",
        What::Probability,
        1,
        1,
        "p(condition) or p(condition given condition)",
    ),
    known(
        "mean",
        What::Mean,
        1,
        1,
        "mean(number) or mean(number given condition)",
    ),
    known(
        "value",
        What::Value,
        1,
        1,
        "value(actor) or value(actor given condition)",
    ),
];

/// Words that people use for functions which are called otherwise here.
pub(super) const SYNONYMS: &[(&str, &str)] = &[
    ("probability", "p"),
    ("prob", "p"),
    ("pr", "p"),
    ("chance", "p"),
    ("likelihood", "p"),
    ("expected", "mean"),
    ("expectation", "mean"),
    ("expect", "mean"),
    ("average", "mean"),
    ("avg", "mean"),
    ("e", "mean"),
    ("utility", "value"),
    ("u", "value"),
    ("ev", "value"),
    ("maximum", "max"),
    ("minimum", "min"),
    ("absolute", "abs"),
    ("binomial", "choose"),
    ("binom", "choose"),
    ("comb", "choose"),
    ("best", "argmax"),
    ("total", "sum"),
    ("prod", "product"),
    ("log", "ln"),
    ("root", "sqrt"),
    ("ceiling", "ceil"),
    ("trunc", "floor"),
    ("batna", "fallback"),
    ("reservation", "fallback"),
    ("always", "ever"),
    ("once", "ever"),
    ("gains", "payoff"),
    ("gained", "payoff"),
];

/// A function that every scenario has, as told to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// How it is written; several forms with ` or ` between them.
    pub form: &'static str,
    /// Whether it looks at all paths and so stands in queries only.
    pub query: bool,
}

/// All functions that need no declaration.
pub fn functions() -> impl Iterator<Item = Function> {
    BUILTINS.iter().map(|known| Function {
        name: known.name,
        form: known.form,
        query: matches!(
            known.what,
            What::Ever | What::Probability | What::Mean | What::Value
        ),
    })
}

/// The function of this name that every scenario has.
pub(crate) fn builtin(name: &str) -> Option<&'static Known> {
    BUILTINS.iter().find(|known| known.name == name)
}
