//! Writing `.efg`.

use std::collections::HashMap;

use crate::game::{CHANCE, Game, TERMINAL};
use crate::savefile::{Pen, draw_texts, plain, plain_labels};

/// A game as the text of an `.efg` file that every version of Gambit reads. Information sets, draws and
/// outcomes are numbered as they first appear, so that writing what was read from this text gives this text
/// again.
///
/// Gambit reads plain labels only: letters lose their accents, and labels that are not distinct are numbered.
pub fn write(game: &Game) -> String {
    let mut writer = Writer {
        game,
        pen: Pen::new(),
        set_labels: set_labels(game),
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
    writer.pen.out
}

/// Plain labels of the information sets, distinct for each player in the order in which they appear.
fn set_labels(game: &Game) -> Vec<String> {
    let mut labels = vec![String::new(); game.sets()];
    if game.labels().sets.is_empty() {
        return labels;
    }
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); game.players()];
    let mut seen = vec![false; game.sets()];
    let mut open = vec![0];
    while let Some(node) = open.pop() {
        open.extend(game.children(node).rev());
        let set = game.set()[node] as usize;
        if set < game.sets() && !seen[set] {
            seen[set] = true;
            own[usize::from(game.set_player()[set])].push(set);
        }
    }
    for sets in own {
        let names = sets.iter().map(|&set| game.labels().sets[set].as_str());
        for (&set, label) in sets.iter().zip(plain_labels(names)) {
            labels[set] = label;
        }
    }
    labels
}

struct Writer<'a> {
    game: &'a Game,
    pen: Pen,
    set_labels: Vec<String>,
    sets: HashMap<u32, usize>,
    next_of_player: Vec<usize>,
    draws: HashMap<(u32, u16), usize>,
    outcomes: HashMap<u32, usize>,
}

impl Writer<'_> {
    fn header(&mut self) {
        self.pen.raw("EFG 2 R ");
        self.pen.quote(&plain(self.game.title()));
        self.pen.raw(" {");
        let names = self.game.player_names().iter().map(String::as_str);
        for name in plain_labels(names) {
            self.pen.raw(" ");
            self.pen.quote(&name);
        }
        self.pen.raw(" }\n\"\"\n\n");
    }

    fn node(&mut self, node: usize) {
        match self.game.set()[node] {
            CHANCE => self.draw(node),
            TERMINAL => self.end(node),
            set => self.decision(node, set),
        }
        self.pen.raw("\n");
    }

    fn draw(&mut self, node: usize) {
        let game = self.game;
        let (slot, arity) = (game.first_slot()[node], game.arity()[node]);
        let fresh = self.draws.len() + 1;
        let number = *self.draws.entry((slot, arity)).or_insert(fresh);
        self.pen.raw("c \"\" ");
        self.pen.whole(number);
        if number == fresh {
            let first = slot as usize - game.actions();
            let slots = first..first + usize::from(arity);
            let label = |slot: usize| game.labels().chance.get(slot).map_or("", String::as_str);
            self.pen.raw(" \"\" {");
            let labels = plain_labels(slots.clone().map(label));
            for (label, text) in labels.iter().zip(draw_texts(&game.chance()[slots])) {
                self.pen.raw(" ");
                self.pen.quote(label);
                self.pen.raw(" ");
                self.pen.raw(&text);
            }
            self.pen.raw(" }");
        }
        self.pen.raw(" 0");
    }

    fn decision(&mut self, node: usize, set: u32) {
        let game = self.game;
        let player = usize::from(game.set_player()[set as usize]);
        let fresh = self.next_of_player[player];
        let number = *self.sets.entry(set).or_insert(fresh);
        self.pen.raw("p \"\" ");
        self.pen.whole(player + 1);
        self.pen.raw(" ");
        self.pen.whole(number);
        if number == fresh {
            self.next_of_player[player] += 1;
            self.pen.raw(" ");
            self.pen.quote(&self.set_labels[set as usize]);
            self.pen.raw(" {");
            let names: Vec<String> = (0..usize::from(game.arity()[node]))
                .map(|action| game.action_name(set as usize, action))
                .collect();
            for name in plain_labels(names.iter().map(String::as_str)) {
                self.pen.raw(" ");
                self.pen.quote(&name);
            }
            self.pen.raw(" }");
        }
        self.pen.raw(" 0");
    }

    fn end(&mut self, node: usize) {
        let game = self.game;
        let row = game.first_child()[node];
        let fresh = self.outcomes.len() + 1;
        let number = *self.outcomes.entry(row).or_insert(fresh);
        self.pen.raw("t \"\" ");
        self.pen.whole(number);
        if number == fresh {
            let name = game.labels().outcomes.get(row as usize);
            self.pen.raw(" ");
            self.pen.quote(&plain(name.map_or("", String::as_str)));
            self.pen.raw(" {");
            for &payoff in game.payoffs_at(node) {
                self.pen.raw(" ");
                self.pen.number(payoff);
            }
            self.pen.raw(" }");
        }
    }
}
