//! Random scenarios, for properties that hold of all.

use std::fmt::Write;

/// The next of a sequence of random numbers below `bound` (xorshift*).
pub fn below(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    (state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % bound
}

/// A scenario of three actors with draws, secret and simultaneous choices, showings, states and rounds.
pub fn scenario(seed: u64) -> String {
    let mut writer = Writer {
        state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1,
        text: String::new(),
        names: 0,
        known: Vec::new(),
    };
    let mut text = String::from(
        "scenario \"Random\"\nactor a \"Ann\"\nactor b \"Bob\"\nactor c \"Cat\"\noutcome good \"Good\"\n\
         outcome bad \"Bad\"\nstate s = 0\nplay {\n",
    );
    writer.block(5, true);
    writer.line("gain a s, b 1 - s, c 2");
    writer.line("end good");
    text += &writer.text;
    text + "}\n"
}

struct Writer {
    state: u64,
    text: String,
    names: usize,
    /// Variables that were written so far.
    known: Vec<String>,
}

impl Writer {
    fn roll(&mut self, bound: u64) -> u64 {
        below(&mut self.state, bound)
    }

    fn line(&mut self, text: &str) {
        let _ = writeln!(self.text, "{text}");
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("x{}", self.names)
    }

    fn actor(&mut self) -> &'static str {
        ["a", "b", "c"][self.roll(3) as usize]
    }

    fn block(&mut self, statements: u64, outer: bool) {
        for _ in 0..statements {
            match self.roll(if outer { 11 } else { 7 }) {
                0 | 1 => self.draw(),
                2..=4 => self.choice(outer),
                5 => {
                    let (by, amount) = (self.actor(), self.roll(5));
                    self.line(&format!("set s = s + {amount}\ngain {by} {amount} - 2"));
                }
                6 => self.showing(),
                7 => {
                    self.line("together {");
                    self.choice(false);
                    self.choice(false);
                    self.line("}");
                }
                8 => self.condition(),
                9 => {
                    self.line("repeat 2 {");
                    self.choice(false);
                    self.draw();
                    self.line("}");
                }
                _ => self.choice(true),
            }
        }
    }

    fn draw(&mut self) {
        let name = self.name();
        let seen = ["", " seen by a", " seen by b, c", " seen by nobody"][self.roll(4) as usize];
        self.line(&format!(
            "chance {name} {{ {name}u \"{name} up\" 30 %, {name}d \"{name} down\" 70 % }}{seen}"
        ));
        self.known.push(name);
    }

    fn choice(&mut self, nested: bool) {
        let (name, who) = (self.name(), self.actor());
        let secret = ["", " secretly", " seen by b", ""][self.roll(4) as usize];
        self.line(&format!(
            "{who} chooses {name}{secret} {{ {name}l \"{name} left\" {{"
        ));
        if nested {
            let statements = self.roll(2);
            self.block(statements, false);
        }
        if nested && self.roll(4) == 0 {
            self.line("gain a 1, b s\nend bad");
        }
        self.line(&format!(
            "}}, {name}r \"{name} right\" {{ gain {who} 1 }} }}"
        ));
        self.known.push(name);
    }

    fn showing(&mut self) {
        if let Some(name) = self.known.last().cloned() {
            let to = self.actor();
            self.line(&format!("show {name} to {to}"));
        }
    }

    fn condition(&mut self) {
        let Some(name) = self.known.last().cloned() else {
            return;
        };
        let end = if name.starts_with('x') { &name } else { return };
        let draw = self.text.contains(&format!("chance {end} "));
        let option = if draw { "u" } else { "l" };
        self.line(&format!("if {name} == {name}{option} {{"));
        self.choice(false);
        if self.roll(3) == 0 {
            self.line("end bad");
        }
        self.line("}");
    }
}
