//! The questions of `detente new`. An empty answer takes what is proposed in brackets.

use std::io::{BufRead, Write};

use crate::failure::Failure;
use crate::new_draft::Draft;

/// Asks for everything that makes a draft; what is given is proposed.
///
/// # Errors
/// The answers end before the last question.
pub fn questions(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    given: Draft,
) -> Result<Draft, Failure> {
    let mut talk = Talk { input, output };
    talk.say(
        "A few questions, and a small scenario is written. Enter takes what stands in brackets.",
    )?;
    let title = talk.ask("What is it about?", &given.title)?;
    let actors = talk.list(
        "Who is involved, in the order in which they move?",
        &given.actors,
        2,
    )?;
    let (first, second) = (&actors[0], &actors[1]);
    let options = talk.list(
        &format!(
            "What can {first} do, from the mildest to the hardest? The first leaves all as it is."
        ),
        &given.options,
        2,
    )?;
    let answers = talk.list(
        &format!("What can {second} answer, from giving in to resisting?"),
        &given.answers,
        2,
    )?;
    let private = talk.ask(
        &format!(
            "{second} may be one of two kinds, which {first} cannot tell apart. One word for the kind that resists, or - for none:"
        ),
        given.private.as_deref().unwrap_or("-"),
    )?;
    Ok(Draft {
        title,
        private: Some(private).filter(|word| word != "-" && word != "none"),
        actors,
        options,
        answers,
    })
}

struct Talk<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl Talk<'_> {
    fn say(&mut self, words: &str) -> Result<(), Failure> {
        writeln!(self.output, "{words}").map_err(|error| Failure::input(error.to_string()))
    }

    fn ask(&mut self, question: &str, proposed: &str) -> Result<String, Failure> {
        let failed = |error: std::io::Error| Failure::input(error.to_string());
        write!(self.output, "{question}\n  [{proposed}] ").map_err(failed)?;
        self.output.flush().map_err(failed)?;
        let mut line = String::new();
        if self.input.read_line(&mut line).map_err(failed)? == 0 {
            return Err(Failure::input("the answers ended; nothing was written"));
        }
        let answer = line.trim();
        Ok(if answer.is_empty() { proposed } else { answer }.to_owned())
    }

    /// Asks for a list, again while it is too short.
    fn list(
        &mut self,
        question: &str,
        proposed: &[String],
        least: usize,
    ) -> Result<Vec<String>, Failure> {
        let question = format!("{question} (separated by commas)");
        loop {
            let answer = self.ask(&question, &proposed.join(", "))?;
            let items: Vec<String> = answer
                .split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect();
            if items.len() >= least {
                return Ok(items);
            }
            self.say(&format!("At least {least}, please."))?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_taken_and_empty_ones_are_what_is_proposed() {
        let mut input =
            "A valley\nNorth\nNorth, South\n\ngive in, offer half, fight\nresolved\n".as_bytes();
        let mut output = Vec::new();
        let draft = questions(&mut input, &mut output, Draft::usual()).unwrap();
        assert_eq!(draft.title, "A valley");
        assert_eq!(draft.actors, ["North", "South"]);
        assert_eq!(draft.options, Draft::usual().options);
        assert_eq!(draft.answers, ["give in", "offer half", "fight"]);
        assert_eq!(draft.private.as_deref(), Some("resolved"));
        let said = String::from_utf8(output).unwrap();
        assert!(said.contains("At least 2"), "one actor is too few: {said}");
    }

    #[test]
    fn answers_that_end_are_an_error() {
        let mut input = "A valley\n".as_bytes();
        assert!(questions(&mut input, &mut Vec::new(), Draft::usual()).is_err());
    }
}
