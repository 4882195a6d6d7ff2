//! The pen: choices, words, names, gaps.

/// Writes what the choices say, with white space and comments wherever the grammar allows any.
pub(super) struct Writer {
    choices: std::vec::IntoIter<u16>,
    pub(super) out: String,
    comments: usize,
}

pub(super) const NAMES: &[&str] = &[
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
pub(super) const ACTORS: &[&str] = &["us", "iran", "israel", "the_united_states_of_america"];
pub(super) const NUMBERS: &[&str] = &["0", "12", "0.5", "1_000", "1e-3", "20 %", "3.25%", ".5"];
pub(super) const TEXTS: &[&str] = &[
    "\"\"",
    "\"War\"",
    "\"a \\\"quoted\\\" # text\\n\"",
    "\"a rather long source that says where the number comes from and why it is doubted by many\"",
    "\"平和\"",
];

impl Writer {
    pub(super) fn new(choices: Vec<u16>) -> Writer {
        Writer {
            choices: choices.into_iter(),
            out: String::new(),
            comments: 0,
        }
    }

    pub(super) fn pick(&mut self, count: usize) -> usize {
        self.choices
            .next()
            .map_or(0, |choice| usize::from(choice) % count)
    }

    pub(super) fn chance(&mut self) -> bool {
        self.pick(2) == 1
    }

    pub(super) fn of(&mut self, words: &[&str]) {
        let word = words[self.pick(words.len())];
        self.word(word);
    }

    /// White space or a comment where the grammar allows any.
    pub(super) fn gap(&mut self) {
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

    pub(super) fn comment(&mut self, before: &str) {
        self.comments += 1;
        self.out
            .push_str(&format!("{before}# comment {} \n", self.comments));
    }

    pub(super) fn word(&mut self, word: &str) {
        self.out.push_str(word);
        self.gap();
    }

    /// A word that what follows must stand beside.
    pub(super) fn near(&mut self, word: &str) {
        self.out.push_str(word);
        self.out.push(' ');
    }

    /// A word behind an expression that ends in a bracket: a name before it, first on its line, would begin a
    /// declaration.
    pub(super) fn joint(&mut self, word: &str) {
        self.word("* ( x");
        self.near(")");
        self.word(word);
    }

    pub(super) fn name(&mut self) {
        self.of(NAMES);
    }

    pub(super) fn actor(&mut self) {
        self.of(ACTORS);
    }

    pub(super) fn text(&mut self) {
        self.of(TEXTS);
    }

    pub(super) fn maybe_text(&mut self) {
        if self.chance() {
            self.text();
        }
    }

    pub(super) fn comma(&mut self) {
        match self.pick(3) {
            0 => self.word(","),
            1 => self.gap(),
            _ => {}
        }
    }
}
