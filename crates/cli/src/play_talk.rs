//! The talk of `detente play`: what is new, the question, the answer.

use std::io::BufRead;

use detente_play::{Passage, Play, View};
use detente_report::{TextOptions, play_advice, play_known, play_question, play_scale, play_story};

use crate::failure::Failure;
use crate::play::wrong;
use crate::progress;
use crate::terminal;

const HELP: &str = "\
  1, 2, …   choose the option of that number; its name or how its label begins will do as well
  why       what an adviser thinks who knows no more than you do
  story     all that you have seen so far
  scale     what the endings are worth to you
  known     what follows from what you have seen
  undo      take your last choice back; what is drawn afterwards is drawn with the same luck
  quit      end here and look back
";

/// A talk with the person in the only seat.
pub struct Talk<'a> {
    play: &'a mut Play,
    options: TextOptions,
    hints: bool,
    json: bool,
    /// Per actor of the seat: the story that was shown.
    shown: Vec<Vec<Passage>>,
}

/// What an answer comes to.
enum Answer {
    Chosen,
    Again,
    Left,
}

impl<'a> Talk<'a> {
    /// A talk about a play.
    pub fn new(play: &'a mut Play, options: TextOptions, hints: bool, json: bool) -> Talk<'a> {
        Talk {
            play,
            options,
            hints,
            json,
            shown: Vec::new(),
        }
    }

    /// Asks until the play is over or the answers end. `echo` tells that what is typed is seen as it is typed.
    ///
    /// # Errors
    /// Standard output cannot be written, or standard input not be read.
    pub fn hold(mut self, input: &mut dyn BufRead, echo: bool) -> Result<(), Failure> {
        if !self.json {
            self.scales()?;
        }
        while !self.play.is_over() {
            let view = self.play.view(0).map_err(wrong)?;
            self.show(&view)?;
            if self.only_one(&view)? {
                continue;
            }
            loop {
                match self.answer(&view, input, echo)? {
                    Answer::Chosen => break,
                    Answer::Again => {}
                    Answer::Left => {
                        self.play.call().map_err(wrong)?;
                        break;
                    }
                }
            }
        }
        let view = self.play.view(0).map_err(wrong)?;
        self.show(&view)?;
        if let Some(ending) = view.ending.filter(|_| !self.json) {
            self.say(&format!("\nIt ends: {}.\n", ending.label))?;
        }
        Ok(())
    }

    fn say(&self, text: &str) -> Result<(), Failure> {
        terminal::print(text)
    }

    /// What is new, and the question.
    fn show(&mut self, view: &View) -> Result<(), Failure> {
        if self.json {
            let json = serde_json::to_string(view);
            let json = json.map_err(|error| Failure::input(error.to_string()))?;
            return self.say(&format!("{json}\n"));
        }
        self.shown.resize(view.chairs.len(), Vec::new());
        for (chair, shown) in view.chairs.iter().zip(&mut self.shown) {
            // Each actor's own story is told when it is asked, and at the end.
            let asked = view.question.as_ref().map(|question| &question.actor);
            if asked.is_some() && asked != chair.actor.as_ref() {
                continue;
            }
            let new = new_of(&chair.story, shown);
            let begins = shown.is_empty() && new.first().is_some_and(|p| p.round.is_none());
            shown.clone_from(&chair.story);
            if new.is_empty() {
                continue;
            }
            if begins {
                terminal::print("\n")?;
            }
            if view.chairs.len() > 1 {
                terminal::print(&format!("\n{} sees:\n", chair.label))?;
            }
            terminal::print(&play_story(&new, self.options))?;
        }
        match &view.question {
            Some(question) => self.say(&play_question(question, self.hints, self.options)),
            None => Ok(()),
        }
    }

    fn scales(&self) -> Result<(), Failure> {
        let view = self.play.view(0).map_err(wrong)?;
        for chair in &view.chairs {
            self.say(&format!("\n{}", play_scale(chair, self.options)))?;
        }
        Ok(())
    }

    /// Where only one thing can be done, it is done.
    fn only_one(&mut self, view: &View) -> Result<bool, Failure> {
        let only = view.question.as_ref().map(|q| q.options.len()) == Some(1);
        if only {
            if !self.json {
                self.say("  There is nothing else to do.\n")?;
            }
            self.play.choose(0, view.turn, 1).map_err(wrong)?;
        }
        Ok(only)
    }

    fn answer(
        &mut self,
        view: &View,
        input: &mut dyn BufRead,
        echo: bool,
    ) -> Result<Answer, Failure> {
        let Some(question) = &view.question else {
            return Ok(Answer::Left);
        };
        if !self.json {
            self.say("> ")?;
        }
        let mut line = String::new();
        progress::asking(true);
        let read = input.read_line(&mut line);
        progress::asking(false);
        let read =
            read.map_err(|error| Failure::input(format!("cannot read the answer: {error}")))?;
        if !echo && !self.json {
            // Whoever reads what was piped sees the answer in its place.
            self.say(&format!(
                "{}\n",
                if read == 0 { "quit" } else { line.trim() }
            ))?;
        }
        let answer = line.trim();
        match answer {
            _ if read == 0 => return Ok(Answer::Left),
            "quit" | "q" | "exit" => return Ok(Answer::Left),
            "undo" | "u" => return self.undo(),
            _ => {}
        }
        if let Some(option) = question.option(answer) {
            self.play
                .choose(0, view.turn, option.number)
                .map_err(wrong)?;
            return Ok(Answer::Chosen);
        }
        let text = match answer {
            "?" | "help" | "h" => HELP.to_owned(),
            "why" | "hint" => play_advice(question, self.options),
            "story" | "s" => self.story(view),
            "known" | "k" => play_known(question, self.options),
            "scale" => return self.scales().map(|()| Answer::Again),
            "" => format!(
                "Answer with a number from 1 to {}; ? for help.\n",
                question.options.len()
            ),
            other => format!(
                "“{other}” is no answer to this; give a number from 1 to {}, or ? for help.\n",
                question.options.len()
            ),
        };
        match self.json {
            true => terminal::complain(text.trim_end()),
            false => self.say(&text)?,
        }
        Ok(Answer::Again)
    }

    fn story(&self, view: &View) -> String {
        let told = view.chairs.iter().map(|chair| {
            let head = match view.chairs.len() > 1 {
                true => format!("{} has seen:\n", chair.label),
                false => String::new(),
            };
            let story = match chair.story.is_empty() {
                true => "  nothing yet\n".to_owned(),
                false => play_story(&chair.story, self.options),
            };
            head + &story
        });
        told.collect()
    }

    /// Takes back the last choice that was one.
    fn undo(&mut self) -> Result<Answer, Failure> {
        let words = match self.play.undo() {
            Ok(()) => {
                while self
                    .play
                    .view(0)
                    .map_err(wrong)?
                    .question
                    .is_some_and(|q| q.options.len() == 1)
                    && self.play.undo().is_ok()
                {}
                "Taken back.".to_owned()
            }
            Err(error) => sentence(&error.to_string()),
        };
        match self.json {
            true => terminal::complain(&words),
            false => self.say(&format!("{words}\n"))?,
        }
        Ok(Answer::Chosen)
    }
}

/// With a capital and a full stop.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// What a story has beyond what it shares with one that was shown.
fn new_of(story: &[Passage], shown: &[Passage]) -> Vec<Passage> {
    let flat = |story: &[Passage]| -> Vec<_> {
        let each = story.iter();
        each.flat_map(|p| p.entries.iter().map(|entry| (p.round, entry.clone())))
            .collect()
    };
    let (all, before) = (flat(story), flat(shown));
    let mut left = all.iter().zip(&before).take_while(|(a, b)| a == b).count();
    let mut new = Vec::new();
    for passage in story {
        let skipped = left.min(passage.entries.len());
        left -= skipped;
        if skipped < passage.entries.len() {
            new.push(Passage {
                // The heading stands above what was shown of this round already.
                round: passage.round.filter(|_| skipped == 0),
                entries: passage.entries[skipped..].to_vec(),
            });
        }
    }
    new
}
