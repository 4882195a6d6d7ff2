//! Generated texts: any bytes, any tokens, and texts of the grammar with comments and breaks in odd places.

use super::meaning;
use detente_language::format::format;
use detente_language::parser::parse;
use proptest::prelude::*;

/// What holds of every text: places lie in it, errors are few, and a text without errors means the same after
/// formatting, which keeps every comment and changes nothing a second time.
pub fn check_invariants(text: &str) {
    let (file, diagnostics) = parse(text, 0);
    assert!(diagnostics.len() <= 51);
    for diagnostic in &diagnostics {
        let places = diagnostic.secondary.iter().map(|s| s.0);
        for place in places.chain([diagnostic.primary.0]) {
            assert!(
                text.get(place.range()).is_some(),
                "{diagnostic:?} in {text:?}"
            );
        }
    }
    let Ok(once) = format(text) else {
        assert!(!diagnostics.is_empty());
        return;
    };
    let (again, diagnostics) = parse(&once, 0);
    assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{once}");
    assert_eq!(meaning(&file), meaning(&again), "{text}\n--\n{once}");
    let sorted = |file: &detente_language::ast::File| {
        let mut texts: Vec<_> = file.comments.iter().map(|c| c.text.clone()).collect();
        texts.sort();
        texts
    };
    assert_eq!(sorted(&file), sorted(&again), "{text}\n--\n{once}");
    assert_eq!(format(&once).as_deref(), Ok(once.as_str()), "{text}");
    assert!(
        once.is_empty() || once.ends_with('\n') && !once.ends_with("\n\n"),
        "{once:?}"
    );
    assert!(
        !once.contains("\n\n\n") && !once.starts_with('\n'),
        "{once}"
    );
    assert!(once.lines().all(|line| line == line.trim_end()), "{once}");
}

#[rustfmt::skip] // one long word must not set the whole list upright
const SOUP: &[&str] = &[
    "{", "}", "(", ")", ",", ";", "..", "=", "==", "!=", "<", ">=", "~", "@", "%", "+", "-", "*",
    "/", "^", "and", "or", "not", "in", "if", "then", "else", "true", "given", "actor", "param",
    "let", "fn", "outcome", "state", "table", "by", "assume", "do", "block", "x[", "[", "]",
    "weight", ":", "bargain", "between", "over", "offers", "among", "discount", "against", "style",
    "deal.oil", "nash", "1:", "sum(", "issue", "value", "ratifier", "correlation",
    "of", "package", "ask",
    "expect", "compare", "use", "play", "chance", "together", "show", "to", "repeat", "as", "gain",
    "set", "end", "us", "chooses", "secretly", "seen", "by", "nobody", "step", "fallback",
    "within", "with", "happened", "on", "x", "reply", "12", "0.5", "3rd", "\"text\"", "\"", "#c\n",
    "\n", "\n\n", "§", "→", "&&", "\t", "p", "{", "}", "\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        check_invariants(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        check_invariants(&text);
        check_invariants(&format!("play {{ {text} }}"));
    }

    #[test]
    fn any_tokens_are_survived(
        picks in proptest::collection::vec((0..SOUP.len(), any::<bool>()), 0..120)
    ) {
        let mut text = String::new();
        for (pick, space) in picks {
            text.push_str(SOUP[pick]);
            text.push_str(if space { " " } else { "" });
        }
        check_invariants(&text);
        check_invariants(&format!("play {{ {text} }}"));
    }

    #[test]
    fn texts_of_the_grammar_survive_formatting(choices in proptest::collection::vec(any::<u16>(), 0..900)) {
        let text = scenario(choices);
        let (_, diagnostics) = parse(&text, 0);
        prop_assert!(diagnostics.is_empty(), "{diagnostics:#?}\n{text}");
        check_invariants(&text);
    }
}

/// A text of the grammar made by a sequence of choices; when they run out, the simplest way is taken.
fn scenario(choices: Vec<u16>) -> String {
    let mut writer = Writer {
        choices: choices.into_iter(),
        out: String::new(),
        comments: 0,
    };
    for _ in 0..writer.pick(12) {
        writer.item();
        if writer.pick(6) == 5 {
            writer.word(";");
        }
    }
    writer.out
}

struct Writer {
    choices: std::vec::IntoIter<u16>,
    out: String,
    comments: usize,
}

const NAMES: &[&str] = &[
    "x",
    "reply",
    "accept",
    "step",
    "source",
    "note",
    "end",
    "gain",
    "value",
    "fallback",
    "within",
    "with",
    "on",
    "as",
    "to",
    "by",
    "seen",
    "secretly",
    "élan",
    "中立",
    "_a",
    "war_us",
    "a_rather_long_name_for_it",
    "p",
    "set",
    "actor",
];
const ACTORS: &[&str] = &["us", "iran", "israel", "the_united_states_of_america"];
const NUMBERS: &[&str] = &["0", "12", "0.5", "1_000", "1e-3", "20 %", "3.25%", ".5"];
const TEXTS: &[&str] = &[
    "\"\"",
    "\"War\"",
    "\"a \\\"quoted\\\" # text\\n\"",
    "\"a rather long source that says where the number comes from and why it is doubted by many\"",
    "\"平和\"",
];

impl Writer {
    fn pick(&mut self, count: usize) -> usize {
        self.choices
            .next()
            .map_or(0, |choice| usize::from(choice) % count)
    }

    fn chance(&mut self) -> bool {
        self.pick(2) == 1
    }

    fn of(&mut self, words: &[&str]) {
        let word = words[self.pick(words.len())];
        self.word(word);
    }

    /// White space or a comment where the grammar allows any.
    fn gap(&mut self) {
        match self.pick(24) {
            0..18 => self.out.push(' '),
            18 => self.out.push('\n'),
            19 => self.out.push_str("\n\n\n"),
            20 => self.out.push_str("\r\n\t"),
            21 => self.comment("  "),
            22 => self.comment("\n   "),
            _ => self.comment("\n\n"),
        }
    }

    fn comment(&mut self, before: &str) {
        self.comments += 1;
        self.out
            .push_str(&format!("{before}# comment {} \n", self.comments));
    }

    fn word(&mut self, word: &str) {
        self.out.push_str(word);
        self.gap();
    }

    /// A word that what follows must stand beside.
    fn near(&mut self, word: &str) {
        self.out.push_str(word);
        self.out.push(' ');
    }

    /// A word behind an expression that ends in a bracket: a name before it, first on its line, would begin a
    /// declaration.
    fn joint(&mut self, word: &str) {
        self.word("* ( x");
        self.near(")");
        self.word(word);
    }

    fn name(&mut self) {
        self.of(NAMES);
    }

    fn actor(&mut self) {
        self.of(ACTORS);
    }

    fn text(&mut self) {
        self.of(TEXTS);
    }

    fn maybe_text(&mut self) {
        if self.chance() {
            self.text();
        }
    }

    fn comma(&mut self) {
        match self.pick(3) {
            0 => self.word(","),
            1 => self.gap(),
            _ => {}
        }
    }

    fn item(&mut self) {
        let kind = self.pick(18);
        match kind {
            0 | 1 => {
                self.word(["actor", "outcome"][kind]);
                self.name();
                self.maybe_text();
                if kind == 1 && self.pick(3) == 2 {
                    self.braces(|w| {
                        w.actor();
                        w.expression(0);
                    });
                }
            }
            2 => {
                self.of(&["scenario", "source", "note", "as_of", "use"]);
                self.text();
            }
            3 => {
                self.word("happened");
                self.name();
                self.word("on");
                self.text();
                self.maybe_text();
            }
            4 | 5 => self.parameter(),
            6 => {
                self.word("let");
                self.name();
                self.word("=");
                self.expression(0);
            }
            7 => {
                self.word("fn");
                self.name();
                self.word("( a , b ) =");
                self.expression(0);
            }
            8 => {
                self.word("state");
                self.name();
                self.maybe_text();
                self.word("=");
                self.expression(0);
            }
            9 => {
                self.word("issue");
                self.name();
                self.maybe_text();
                self.braces(|w| {
                    w.name();
                    w.maybe_text();
                });
            }
            10 => self.preferences(),
            11 => {
                self.word("package");
                self.name();
                self.maybe_text();
                self.braces(|w| {
                    w.name();
                    w.name();
                });
            }
            12 => {
                self.word("ask");
                self.text();
                self.expression(0);
            }
            13 => {
                self.word("expect");
                self.expression(5);
                self.of(&["==", "<", ">="]);
                self.expression(5);
                if self.chance() {
                    self.joint("within");
                    self.expression(5);
                }
                if self.chance() {
                    self.word("if");
                    self.expression(0);
                }
                self.maybe_text();
            }
            14 => self.table(),
            16 => {
                self.word("block");
                self.name();
                self.maybe_text();
                self.block(0);
            }
            15 => {
                self.word("compare");
                self.expression(0);
                self.word("with");
                self.expression(5);
                if self.chance() {
                    self.range();
                }
                self.maybe_text();
            }
            _ => {
                self.word("play");
                self.block(0);
            }
        }
    }

    fn parameter(&mut self) {
        self.word("param");
        self.name();
        self.word("=");
        self.expression(0);
        if self.chance() {
            self.range();
            if self.chance() {
                self.joint("step");
                self.expression(5);
            }
        }
        if self.chance() {
            self.word("~");
            self.near("normal");
            self.word("(");
            self.expression(0);
            self.word(",");
            self.expression(0);
            self.word(")");
        }
        self.maybe_text();
    }

    fn table(&mut self) {
        self.word("table");
        self.name();
        self.maybe_text();
        self.word("by");
        self.name();
        let columns = if self.chance() { self.pick(3) + 1 } else { 0 };
        if columns > 0 {
            self.word(",");
            self.name();
        }
        self.word("{");
        // What stands over the columns stands on one line.
        for i in 0..columns {
            let key = ["low", "2", "0.5", "30 %", "steady"][self.pick(5)];
            self.near(key);
            if i + 1 < columns {
                self.near(",");
            }
        }
        if columns > 0 {
            self.of(&[";", "\n", "# the columns\n"]);
        }
        for _ in 0..self.pick(4) {
            self.of(&["low", "3:", "steady", "2 :", "40 % :"]);
            self.expression(0);
            for _ in 1..columns {
                self.word(",");
                self.expression(0);
            }
            self.of(&[";", "\n"]);
        }
        self.word("}");
    }

    fn range(&mut self) {
        self.word("in");
        self.expression(5);
        self.word("..");
        self.expression(5);
    }

    fn bargain(&mut self) {
        self.word("bargain");
        self.name();
        if self.chance() {
            self.text();
        }
        self.word("between us , iran over");
        self.name();
        for _ in 0..self.pick(3) {
            self.word(",");
            self.name();
        }
        self.word("by");
        match self.pick(3) {
            0 => {
                self.word("offers");
                self.expression(5);
                if self.chance() {
                    self.word("among");
                    self.expression(5);
                }
                if self.chance() {
                    self.word("discount");
                    self.expression(5);
                }
            }
            _ => self.of(&["nash", "egalitarian", "kalai_smorodinsky", "utilitarian"]),
        }
        if self.chance() {
            self.word("against us");
            self.expression(0);
            for _ in 0..self.pick(2) {
                self.word(", iran");
                self.expression(0);
            }
        }
        self.sight(true);
    }

    fn preferences(&mut self) {
        if self.chance() {
            self.word("value");
            self.actor();
        } else {
            self.word("ratifier");
            self.actor();
            self.word("of");
            self.actor();
            if self.chance() {
                return;
            }
        }
        self.word("{");
        let before = self.chance();
        for i in 0..self.pick(3) {
            if i == 0 && before {
                self.word("fallback");
                self.expression(0);
                self.comma();
            }
            self.name();
            self.expression(0);
            self.braces(|w| {
                w.name();
                w.expression(0);
            });
            self.comma();
        }
        self.word("}");
    }

    fn braces(&mut self, entry: impl Fn(&mut Self)) {
        self.word("{");
        for _ in 0..self.pick(5) {
            entry(self);
            self.comma();
        }
        self.word("}");
    }

    fn block(&mut self, depth: usize) {
        self.word("{");
        let statements = self.pick(if depth < 4 { 4 } else { 1 });
        for _ in 0..statements {
            self.statement(depth + 1);
            if self.chance() {
                self.word(";");
            }
        }
        self.word("}");
    }

    fn statement(&mut self, depth: usize) {
        match self.pick(9) {
            0 => {
                self.of(&["end", "do"]);
                self.name();
            }
            1 => {
                self.word("gain");
                self.actor();
                self.expression(0);
                for _ in 0..self.pick(3) {
                    self.word(",");
                    self.actor();
                    self.expression(0);
                }
            }
            2 => {
                let assumed = self.pick(3) == 2;
                if assumed {
                    self.word("assume");
                }
                self.actor();
                self.word("chooses");
                self.name();
                self.sight(true);
                self.options(assumed, depth);
            }
            3 => {
                self.word("chance");
                self.name();
                let before = self.chance();
                if before {
                    self.sight(false);
                }
                self.options(true, depth);
                if !before && !self.out.ends_with('\n') {
                    self.sight(false);
                }
            }
            4 if self.chance() => self.bargain(),
            4 => {
                self.word("together");
                self.block(depth);
            }
            5 => {
                self.word("show");
                self.name();
                self.word("to us , iran");
            }
            6 => {
                self.word("if");
                self.expression(0);
                self.block(depth);
                for _ in 0..self.pick(3) {
                    self.word("else");
                    self.word("if");
                    self.expression(0);
                    self.block(depth);
                }
                if self.chance() {
                    self.word("else");
                    self.block(depth);
                }
            }
            7 => {
                self.word("repeat");
                self.expression(0);
                if self.chance() {
                    self.word("as");
                    self.name();
                }
                self.block(depth);
            }
            _ => {
                self.word("set");
                self.name();
                self.word("=");
                self.expression(0);
            }
        }
    }

    fn sight(&mut self, decision: bool) {
        match self.pick(4) {
            1 => self.word("seen by nobody"),
            2 => self.word("seen by us , iran"),
            3 if decision => self.word("secretly"),
            _ => {}
        }
    }

    fn options(&mut self, draw: bool, depth: usize) {
        if self.pick(4) == 3 {
            self.range();
            self.joint("step");
            self.expression(5);
            // A weight stands on the line where the step ends.
            if draw && self.pick(3) == 2 {
                self.word("* ( x");
                self.near(")");
                self.near("weight");
                self.near("(");
                self.expression(0);
                self.word(")");
            }
            // A guard stands on the line where the step ends; `if` on the next line is a statement.
            if self.chance() {
                self.word("* ( x");
                self.near(")");
                self.word("if");
                self.expression(0);
            }
            if self.chance() {
                self.block(depth);
            } else {
                self.out.push('\n');
            }
            return;
        }
        self.word("{");
        for _ in 0..self.pick(4) {
            // A probability stands on the line of its option.
            let name = NAMES[self.pick(NAMES.len())];
            self.near(name);
            if self.pick(3) == 2 {
                let text = TEXTS[self.pick(TEXTS.len())];
                self.near(text);
            }
            if draw {
                if self.pick(4) == 3 {
                    self.near("weight");
                    self.near("(");
                    self.expression(0);
                    self.near(")");
                } else {
                    self.expression(0);
                }
            } else {
                self.gap();
            }
            if self.pick(3) == 2 {
                self.word("if");
                self.expression(0);
            }
            if self.pick(3) == 2 {
                self.block(depth);
            }
            self.comma();
        }
        self.word("}");
    }

    /// An expression of operators that bind at least as tightly as `least` (1 `or` … 8 `^`, 9 operands).
    fn expression(&mut self, least: usize) {
        match self.pick(18) {
            0 | 1 => self.name(),
            2 | 3 => self.of(NUMBERS),
            4 => self.of(&["true", "false"]),
            5 => {
                self.word("(");
                self.expression(0);
                self.word(")");
            }
            6 => self.call(),
            7 if self.pick(3) == 2 => {
                self.of(&["sum(", "product( ", "max("]);
                self.word("i in");
                self.expression(5);
                self.word("..");
                self.expression(5);
                if self.chance() {
                    self.joint("step");
                    self.expression(5);
                }
                self.word(":");
                self.expression(0);
                self.word(")");
            }
            7 if self.chance() => {
                self.out.push_str("cost[");
                self.expression(5);
                if self.chance() {
                    self.word(",");
                    self.expression(5);
                }
                self.word("]");
            }
            7 => {
                self.out.push_str("reply@");
                self.of(&["2", "i", "(i - 1)"]);
            }
            8 if least == 0 => {
                self.word("if");
                self.expression(0);
                self.word("then");
                self.expression(0);
                self.word("else");
                self.expression(0);
            }
            9 if least <= 3 => {
                self.word("not");
                self.expression(3);
            }
            10 if least <= 4 => {
                self.expression(5);
                self.word("in {");
                for _ in 0..self.pick(3) {
                    self.expression(5);
                    self.word(",");
                }
                self.word("}");
            }
            11 if least <= 4 => {
                self.expression(5);
                self.of(&["==", "!=", "<", "<=", ">", ">="]);
                self.expression(5);
            }
            12 if least <= 1 => self.infix(1, &["or"], 2),
            13 if least <= 2 => self.infix(2, &["and"], 3),
            14 if least <= 5 => self.infix(5, &["+", "-"], 6),
            15 if least <= 6 => self.infix(6, &["*", "/"], 7),
            16 if least <= 7 => {
                self.word("-");
                self.expression(7);
            }
            17 if least <= 8 => {
                self.expression(9);
                self.word("^");
                self.expression(7);
            }
            _ => {
                self.word("(");
                self.expression(0);
                self.out.push_str(") %");
                self.gap();
            }
        }
    }

    fn infix(&mut self, left: usize, signs: &[&str], right: usize) {
        self.expression(left);
        self.of(signs);
        self.expression(right);
    }

    fn call(&mut self) {
        let query = self.chance();
        self.near(if query { "p" } else { "max" });
        self.word("(");
        let count = self.pick(4);
        for i in 0..count {
            self.expression(0);
            if i + 1 < count {
                self.word(",");
            }
        }
        if query && self.chance() {
            let asked = if count > 0 { self.pick(2) } else { 0 };
            self.word(["given", "if"][asked]);
            self.expression(0);
        }
        self.word(")");
    }
}
