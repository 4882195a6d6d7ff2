//! Writing `.efg`.

use std::collections::HashMap;
use std::fmt::Write;

use crate::game::{CHANCE, Game, TERMINAL};

/// A game as the text of an `.efg` file. Information sets, draws and outcomes are numbered as they first
/// appear, so that writing what was read from this text gives this text again.
pub fn write(game: &Game) -> String {
    let mut writer = Writer {
        game,
        out: String::new(),
        sets: HashMap::new(),
        next_of_player: vec![1; game.players()],
        draws: HashMap::new(),
        outcomes: HashMap::new(),
    };
    writer.header();
    let mut open = vec![0];
    while let Some(node) = open.pop() {
        writer.node(node);
        open.extend(game.children(node).rev());
    }
    writer.out
}

struct Writer<'a> {
    game: &'a Game,
    out: String,
    sets: HashMap<u32, u32>,
    next_of_player: Vec<u32>,
    draws: HashMap<(u32, u16), u32>,
    outcomes: HashMap<u32, u32>,
}

impl Writer<'_> {
    fn header(&mut self) {
        self.out.push_str("EFG 2 R ");
        self.quote(self.game.title());
        self.out.push_str(" {");
        for name in self.game.player_names() {
            self.out.push(' ');
            self.quote(name);
        }
        self.out.push_str(" }\n\"\"\n\n");
    }

    fn node(&mut self, node: usize) {
        match self.game.set()[node] {
            CHANCE => self.draw(node),
            TERMINAL => self.end(node),
            set => self.decision(node, set),
        }
        self.out.push('\n');
    }

    fn draw(&mut self, node: usize) {
        let game = self.game;
        let (slot, arity) = (game.first_slot()[node], game.arity()[node]);
        let fresh = self.draws.len() as u32 + 1;
        let number = *self.draws.entry((slot, arity)).or_insert(fresh);
        self.number("c \"\" ", number);
        self.out.push_str(" \"\"");
        if number == fresh {
            let first = slot as usize - game.actions();
            self.out.push_str(" {");
            for k in first..first + usize::from(arity) {
                self.out.push(' ');
                self.quote(game.labels().chance.get(k).map_or("", String::as_str));
                self.decimal(game.chance()[k]);
            }
            self.out.push_str(" }");
        }
        self.out.push_str(" 0");
    }

    fn decision(&mut self, node: usize, set: u32) {
        let game = self.game;
        let player = usize::from(game.set_player()[set as usize]);
        let fresh = self.next_of_player[player];
        let number = *self.sets.entry(set).or_insert(fresh);
        self.number("p \"\" ", player as u32 + 1);
        self.number(" ", number);
        self.out.push(' ');
        self.quote(
            game.labels()
                .sets
                .get(set as usize)
                .map_or("", String::as_str),
        );
        if number == fresh {
            self.next_of_player[player] += 1;
            self.out.push_str(" {");
            let slot = game.first_slot()[node] as usize;
            for k in slot..slot + usize::from(game.arity()[node]) {
                self.out.push(' ');
                match game.labels().actions.get(k) {
                    Some(name) => self.quote(name),
                    None => self.quote(&(k - slot + 1).to_string()),
                }
            }
            self.out.push_str(" }");
        }
        self.out.push_str(" 0");
    }

    fn end(&mut self, node: usize) {
        let row = self.game.first_child()[node];
        let fresh = self.outcomes.len() as u32 + 1;
        let number = *self.outcomes.entry(row).or_insert(fresh);
        self.number("t \"\" ", number);
        self.out.push(' ');
        self.quote(
            self.game
                .labels()
                .outcomes
                .get(row as usize)
                .map_or("", String::as_str),
        );
        if number == fresh {
            self.out.push_str(" {");
            for &payoff in self.game.payoffs_at(node) {
                self.decimal(payoff);
            }
            self.out.push_str(" }");
        }
    }

    fn number(&mut self, before: &str, number: u32) {
        let _ = write!(self.out, "{before}{number}");
    }

    fn decimal(&mut self, number: f64) {
        let _ = write!(self.out, " {number}");
    }

    fn quote(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            if matches!(c, '"' | '\\') {
                self.out.push('\\');
            }
            self.out.push(c);
        }
        self.out.push('"');
    }
}
