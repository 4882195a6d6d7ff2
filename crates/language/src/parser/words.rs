//! The words of the language and the words that people write instead.

use crate::lexer::clip;
use crate::suggest;

/// Words that begin a declaration.
pub const ITEMS: &[&str] = &[
    "scenario",
    "source",
    "note",
    "as_of",
    "happened",
    "actor",
    "param",
    "correlation",
    "let",
    "fn",
    "outcome",
    "state",
    "table",
    "issue",
    "value",
    "ratifier",
    "package",
    "stakeholder",
    "lens",
    "option",
    "situation",
    "today",
    "infeasible",
    "prefers",
    "perceives",
    "ask",
    "expect",
    "compare",
    "use",
    "block",
    "play",
];

/// Words that begin a statement, besides the name of an actor.
pub const STATEMENTS: &[&str] = &[
    "assume", "bargain", "chance", "together", "show", "if", "repeat", "gain", "set", "do", "end",
];

/// Words that join the parts of a declaration or statement; elsewhere they may be names.
pub const JOINTS: &[&str] = &[
    "chooses",
    "secretly",
    "seen",
    "by",
    "nobody",
    "to",
    "as",
    "step",
    "on",
    "with",
    "within",
    "fallback",
    "weight",
    "of",
    "otherwise",
    "between",
    "over",
    "offers",
    "among",
    "discount",
    "against",
    "style",
    "influence",
    "position",
    "salience",
    "reference",
    "actual",
    "irreversible",
    "unrepeatable",
    "doing",
    "undoing",
    "strongly",
    "unknown",
    "iff",
    "like",
    "rank",
    "unseen",
    "overlooks",
    "stable",
    "unstable",
    "for",
];

/// Concepts of stability, behind `by` in `expect stable`.
pub const CONCEPTS: &[&str] = &[
    "nash",
    "general",
    "symmetric",
    "sequential",
    "symmetric_sequential",
    "simultaneous",
    "limited",
    "non_myopic",
];

/// The ways to settle a bargain, behind `by`.
pub const RULES: &[&str] = &[
    "nash",
    "kalai_smorodinsky",
    "egalitarian",
    "utilitarian",
    "offers",
];

/// Words of expressions, which are never names.
pub const RESERVED: &[&str] = &[
    "and", "or", "not", "in", "if", "then", "else", "true", "false", "given",
];

/// Whether this is the word of a decision, or was meant to be.
#[must_use]
pub fn is_chooses(word: &str) -> bool {
    const OTHERS: &[&str] = &[
        "choose",
        "chose",
        "choses",
        "chosen",
        "choice",
        "picks",
        "pick",
        "selects",
        "select",
        "decides",
        "decide",
        "chooses_secretly",
    ];
    word == "chooses" || OTHERS.contains(&word) || suggest::nearest(word, ["chooses"]).is_some()
}

/// Words of other notations and what they are called here.
const SYNONYMS: &[(&str, &str)] = &[
    ("player", "actor"),
    ("players", "actor"),
    ("actors", "actor"),
    ("const", "let"),
    ("def", "let"),
    ("var", "state"),
    ("variable", "state"),
    ("parameter", "param"),
    ("function", "fn"),
    ("func", "fn"),
    ("array", "table"),
    ("matrix", "table"),
    ("ending", "outcome"),
    ("include", "use"),
    ("import", "use"),
    ("constituent", "ratifier"),
    ("veto", "ratifier"),
    ("voice", "stakeholder"),
    ("faction", "stakeholder"),
    ("lever", "option"),
    ("status_quo", "today"),
    ("impossible", "infeasible"),
    ("preferences", "prefers"),
    ("preference", "prefers"),
    ("wants", "prefers"),
    ("sees", "perceives"),
    ("believes", "perceives"),
    ("title", "scenario"),
    ("game", "play"),
    ("question", "ask"),
    ("assert", "expect"),
    ("check", "expect"),
    ("nature", "chance"),
    ("random", "chance"),
    ("draw", "chance"),
    ("simultaneous", "together"),
    ("simultaneously", "together"),
    ("reveal", "show"),
    ("tell", "show"),
    ("loop", "repeat"),
    ("for", "repeat"),
    ("while", "repeat"),
    ("payoff", "gain"),
    ("payoffs", "gain"),
    ("utility", "gain"),
    ("pay", "gain"),
    ("lose", "gain"),
    ("suppose", "assume"),
    ("negotiate", "bargain"),
    ("negotiation", "bargain"),
    ("haggle", "bargain"),
    ("continue", "do"),
    ("goto", "do"),
    ("call", "do"),
    ("run", "do"),
    ("procedure", "block"),
    ("subgame", "block"),
    ("assign", "set"),
    ("stop", "end"),
    ("finish", "end"),
    ("return", "end"),
];

/// The word of `known` that was probably meant.
#[must_use]
pub fn meant(word: &str, known: &[&'static str]) -> Option<&'static str> {
    let lower = clip(word).to_lowercase();
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == lower);
    if let Some((_, ours)) = synonym
        && known.contains(ours)
    {
        return Some(ours);
    }
    if let Some(same) = known.iter().find(|k| **k == lower) {
        return Some(same);
    }
    let nearest = suggest::nearest(&lower, known.iter().copied())?;
    known.iter().find(|k| **k == nearest).copied()
}
