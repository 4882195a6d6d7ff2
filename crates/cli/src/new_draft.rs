//! The small scenario that `detente new` writes: a demand, an answer, and a clash where it is resisted.

use std::fmt::Write;

use detente_language::check::load;
use detente_language::source::NoFiles;

use crate::args_library::NewArgs;
use crate::failure::Failure;

/// Most actors, and options of one of them, in a draft.
const MOST: usize = 9;
/// Longest name that is made of words, in letters.
const LONGEST: usize = 24;

/// What a draft is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Title.
    pub title: String,
    /// Actors in the order in which they move, two at least. Those after the second may help it.
    pub actors: Vec<String>,
    /// What the first can do, from the mildest, which leaves all as it is.
    pub options: Vec<String>,
    /// What the second can answer, from giving in to resisting.
    pub answers: Vec<String>,
    /// The kind of the second that resists more readily, if only it knows its kind.
    pub private: Option<String>,
}

impl Draft {
    /// What is usual.
    pub fn usual() -> Draft {
        let list = |words: [&str; 2]| words.map(str::to_owned).to_vec();
        Draft {
            title: "A dispute between two states".to_owned(),
            actors: list(["Northland", "Southland"]),
            options: list(["wait", "demand the valley"]),
            answers: list(["give in", "resist"]),
            private: None,
        }
    }

    /// What the flags say, and what is usual for the rest.
    ///
    /// # Errors
    /// Too few or too many of something, or nothing but white space.
    pub fn given(args: &NewArgs) -> Result<Draft, Failure> {
        let usual = Draft::usual();
        let list = |given: &[String], usual: Vec<String>, flag: &str| match given.len() {
            0 => Ok(usual),
            1 => Err(Failure::input(format!(
                "`--{flag}` is needed at least twice: write it again for the second"
            ))),
            2..=MOST => match given.iter().any(|words| words.trim().is_empty()) {
                true => Err(Failure::input(format!("`--{flag}` needs words"))),
                false => Ok(given.to_vec()),
            },
            _ => Err(Failure::input(format!(
                "`--{flag}` is given more than {MOST} times; a draft is small, and the file takes more"
            ))),
        };
        Ok(Draft {
            title: args.title.clone().unwrap_or(usual.title),
            actors: list(&args.actors, usual.actors, "actor")?,
            options: list(&args.options, usual.options, "option")?,
            answers: list(&args.answers, usual.answers, "answer")?,
            private: args.private.clone(),
        })
    }

    /// The scenario, not yet in the canonical layout.
    pub fn text(&self) -> String {
        let mut names = Names::default();
        let actors: Vec<String> = self.actors.iter().map(|a| names.of(a, "actor")).collect();
        let (first, second) = (&actors[0], &actors[1]);
        let kind = self.private.as_ref().map(|word| names.of(word, "kind"));
        let mut text = self.head();
        for (id, label) in actors.iter().zip(&self.actors) {
            let _ = writeln!(text, "actor {id} {}", quoted(label));
        }
        text.push_str(&self.numbers(&actors, kind.as_deref()));
        text.push_str(&self.outcomes());
        text.push_str("\nplay {\n");
        if let Some(kind) = &kind {
            let _ = writeln!(
                text,
                "# {} knows its kind; the others do not.\nchance kind {{ {kind} kind_rate, other 1 - kind_rate }} seen by {second}",
                one_line(&self.actors[1])
            );
        }
        text.push_str(&self.first_move(&mut names, first));
        text.push_str(&self.helpers(&actors));
        text.push_str(&self.answer(&mut names, &actors, kind.as_deref()));
        text.push_str("}\n");
        text.push_str(&self.questions(&names, kind.as_deref()));
        text
    }

    fn head(&self) -> String {
        let [first, second] = [0, 1].map(|at| one_line(&self.actors[at]));
        format!(
            "# A first draft: who is involved, what is doubtful, what can happen, and what is asked.\n# Every number is a \
             judgement until you say where it comes from. After each change: detente check FILE.\n\nscenario {}\nsource \
             \"a first draft\"\nnote {}\n\n# Who is involved, in the order in which they move.\n",
            quoted(&self.title),
            quoted(&format!(
                "{first} moves first and {second} answers; what is resisted ends in a clash."
            ))
        )
    }

    /// Numbers that can be doubted.
    fn numbers(&self, actors: &[String], kind: Option<&str>) -> String {
        let [first, second] = [0, 1].map(|at| one_line(&self.actors[at]));
        let mut text = String::from(
            "\n# What can be doubted: best guess, range, and where the number comes from.\n",
        );
        let mut param = |name: &str, value: &str, range: &str, why: &str| {
            let why = quoted(&format!("judgement: {why}"));
            let _ = writeln!(text, "param {name} = {value} in {range} {why}");
        };
        let [a, b] = [&actors[0], &actors[1]];
        param(
            "stake",
            "10",
            "5 .. 20",
            "what all that can be demanded is worth",
        );
        param(
            "strength",
            "50 %",
            "20 % .. 80 %",
            &format!("chance that {first} wins a clash"),
        );
        param(
            &format!("cost_{a}"),
            "9",
            "2 .. 15",
            &format!("what a clash costs {first}"),
        );
        param(
            &format!("cost_{b}"),
            "8",
            "2 .. 15",
            &format!("what a clash costs {second}"),
        );
        if let Some(kind) = kind {
            param(
                &format!("cost_{kind}"),
                "2",
                "0 .. 5",
                &format!("what a clash costs {second} of the {kind} kind"),
            );
            param(
                "kind_rate",
                "40 %",
                "5 % .. 95 %",
                &format!("chance that {second} is of the {kind} kind"),
            );
        }
        if actors.len() > 2 {
            param(
                "help_worth",
                "20 %",
                "5 % .. 30 %",
                "how much help lowers that strength",
            );
            param("help_cost", "1", "0 .. 4", "what helping costs who helps");
            param(
                "concern",
                "3",
                "0 .. 10",
                "what a full concession costs those who look on",
            );
        }
        text
    }

    fn outcomes(&self) -> String {
        let second = one_line(&self.actors[1]);
        let compromise = if self.answers.len() > 2 {
            "outcome compromise \"A compromise\"\n"
        } else {
            ""
        };
        let gives_in = quoted(&format!("{second} gives in"));
        let help = if self.actors.len() > 2 {
            "state help = 0\n"
        } else {
            ""
        };
        format!(
            "\n# How it can end.\noutcome status_quo \"All stays as it is\"\noutcome concession {gives_in}\n{compromise}\
             outcome clash \"A clash\"\n\n# How much is demanded, as a share of the stake.\nstate demand = 0\n{help}"
        )
    }

    fn first_move(&self, names: &mut Names, first: &str) -> String {
        let last = self.options.len() - 1;
        let mut text = format!("{first} chooses move {{\n");
        for (at, words) in self.options.iter().enumerate() {
            let id = names.of(words, "option");
            let what = if at == 0 {
                "end status_quo".to_owned()
            } else {
                format!("set demand = {} %", share(at, last))
            };
            let _ = writeln!(text, "{id} {} {{ {what} }}", quoted(words));
        }
        text + "}\n"
    }

    /// What actors after the second decide: whether to help it.
    fn helpers(&self, actors: &[String]) -> String {
        let mut text = String::new();
        let second = one_line(&self.actors[1]);
        for actor in &actors[2..] {
            let _ = writeln!(
                text,
                "{actor} chooses side_{actor} {{\nstay_out_{actor} \"stay out\"\nhelp_{actor} {} {{ gain {actor} -help_cost; \
                 set help = help + help_worth }}\n}}",
                quoted(&format!("help {second}"))
            );
        }
        text
    }

    fn answer(&self, names: &mut Names, actors: &[String], kind: Option<&str>) -> String {
        let (first, second) = (&actors[0], &actors[1]);
        let last = self.answers.len() - 1;
        let strength = if actors.len() > 2 {
            "max(0, strength - help)"
        } else {
            "strength"
        };
        let cost = match kind {
            Some(kind) => format!("(if kind == {kind} then cost_{kind} else cost_{second})"),
            None => format!("cost_{second}"),
        };
        let mut text = format!("{second} chooses answer {{\n");
        for (at, words) in self.answers.iter().enumerate() {
            let id = names.of(words, "answer");
            let _ = writeln!(text, "{id} {} {{", quoted(words));
            let (part, outcome) = match at {
                0 => (String::new(), "concession"),
                at if at < last => (format!("{} % * ", 100 - share(at, last)), "compromise"),
                _ => (format!("{strength} * "), "clash"),
            };
            let takes = format!("{part}demand * stake");
            if at == last {
                let _ = writeln!(
                    text,
                    "gain {first} {takes} - cost_{first}\ngain {second} -{takes} - {cost}"
                );
            } else {
                let _ = writeln!(text, "gain {first} {takes}, {second} -{takes}");
                for actor in &actors[2..] {
                    let _ = writeln!(text, "gain {actor} -{part}demand * concern");
                }
            }
            let _ = writeln!(text, "end {outcome}\n}}");
        }
        text + "}\n"
    }

    fn questions(&self, names: &Names, kind: Option<&str>) -> String {
        let first = one_line(&self.actors[0]);
        let quiet = &names.taken[names.first_option];
        let mut text = format!(
            "\n# What is asked.\nask {} p(move != {quiet})\nask \"Is there a clash?\" p(clash)\nask \"And where something is \
             demanded?\" p(clash given move != {quiet})\n",
            quoted(&format!("Does {first} demand anything?"))
        );
        if let Some(kind) = kind {
            let _ = writeln!(
                text,
                "ask \"Does the {kind} kind resist?\" p(clash given kind == {kind} and move != {quiet})"
            );
        }
        let compromise = if self.answers.len() > 2 {
            " + p(compromise)"
        } else {
            ""
        };
        text + &format!(
            "\n# What must hold whatever the numbers.\nexpect p(status_quo) + p(concession){compromise} + p(clash) == 1 within \
             1e-9 \"it ends in one of these ways\"\n"
        )
    }
}

/// What part of all comes `at` of `last`, in whole per cent.
fn share(at: usize, last: usize) -> usize {
    100 * at / last.max(1)
}

/// Text without line breaks.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// Text in quotes.
fn quoted(text: &str) -> String {
    let text = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{text}\"")
}

/// Names that stand for words, each once in the scenario.
#[derive(Default)]
struct Names {
    taken: Vec<String>,
    /// Which of them is the first option.
    first_option: usize,
}

impl Names {
    /// A name made of some words that the language and the draft leave free.
    fn of(&mut self, words: &str, otherwise: &str) -> String {
        let made = slug(words, '_');
        let made = if made.is_empty() {
            otherwise.to_owned()
        } else {
            made
        };
        let free = |name: &str| !self.taken.iter().any(|taken| taken == name) && usable(name);
        let name = (1..)
            .map(|k| match k {
                1 => made.clone(),
                k => format!("{made}_{k}"),
            })
            .find(|name| free(name))
            .unwrap_or(made);
        if otherwise == "option" && self.first_option == 0 {
            self.first_option = self.taken.len();
        }
        self.taken.push(name.clone());
        name
    }
}

/// Whether a name means nothing to the language nor to the draft.
fn usable(name: &str) -> bool {
    const OWN: &[&str] = &[
        "stake",
        "strength",
        "kind",
        "kind_rate",
        "other",
        "demand",
        "help",
        "move",
        "answer",
        "status_quo",
        "concession",
        "compromise",
        "clash",
        "help_worth",
        "help_cost",
        "concern",
    ];
    if OWN.contains(&name) || name.starts_with("cost_") || name.starts_with("side_") {
        return false;
    }
    let text =
        format!("actor {name}\noutcome zz\nplay {{ {name} chooses yy {{ xx, ww }}\nend zz }}\n");
    load("name", &text, &NoFiles).scenario.is_some()
}

/// Words as a name: small letters and digits with `_` or `-` between them, beginning with a letter.
pub fn slug(words: &str, between: char) -> String {
    let mut name = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with(between) {
            name.push(between);
        }
        if name.len() >= LONGEST && name.ends_with(between) || name.len() >= LONGEST + 12 {
            break;
        }
    }
    let name = name.trim_end_matches(between);
    if between == '_' && name.starts_with(|c: char| c.is_ascii_digit()) {
        return format!("n{name}");
    }
    if name.is_empty() && between == '-' {
        return "new-scenario".to_owned();
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use detente_language::format::format;

    fn sound(draft: &Draft) {
        let text = format(&draft.text()).unwrap();
        assert_eq!(format(&text).unwrap(), text);
        let loaded = load("draft", &text, &NoFiles);
        assert!(
            loaded.diagnostics.is_empty(),
            "{text}\n{:#?}",
            loaded.diagnostics
        );
    }

    #[test]
    fn drafts_are_sound_whatever_they_are_made_of() {
        let list = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        sound(&Draft::usual());
        sound(&Draft {
            private: Some("resolved".to_owned()),
            answers: list(&["give in", "offer half", "offer a little", "fight"]),
            options: list(&["wait", "ask", "demand", "attack at once"]),
            actors: list(&["A", "B", "C", "D"]),
            ..Draft::usual()
        });
        // Words of the language, of the draft, of other scripts, the same twice, numbers, quotes.
        sound(&Draft {
            title: "Say \"no\" \\ or\nelse".to_owned(),
            actors: list(&["play", "Ελλάδα", "the \"Third\"", "日本"]),
            options: list(&["end", "end", "if"]),
            answers: list(&["clash", "clash", "3rd way", "demand"]),
            private: Some("other".to_owned()),
        });
    }

    #[test]
    fn names_of_files_and_things() {
        assert_eq!(slug("A dispute: the Valley!", '-'), "a-dispute-the-valley");
        assert_eq!(slug("7 days", '_'), "n7_days");
        assert_eq!(slug("日本", '_'), "");
        assert_eq!(slug("日本", '-'), "new-scenario");
        assert!(slug(&"long words ".repeat(30), '-').len() <= LONGEST + 12);
    }
}
