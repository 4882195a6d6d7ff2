//! A scenario's text as an outline: what is declared and what happens, each with its own words, without layout and
//! comments. It is read off the syntax tree by places in the text, so that constructs which it does not know by
//! name are still there as they are written.

use detente_language::ast::{Block, Item, ItemKind, OptionItem, Options, Statement, StatementKind};
use detente_language::parser::parse;
use detente_language::source::Sources;
use detente_language::span::Span;

/// A declaration, a statement, an option or a branch.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    /// What it is compared by among its neighbours.
    pub(crate) key: String,
    /// What it is, in words: "param `detection`", "option `strike`".
    pub(crate) what: String,
    /// What it says, as written; what is inside stands below.
    pub(crate) text: String,
    /// Where its parts are, seen from inside: "after `approach` = `strike`"; empty where that needs no words.
    pub(crate) place: String,
    /// What is inside.
    pub(crate) inside: Vec<Node>,
}

impl Node {
    fn leaf(key: impl Into<String>, what: impl Into<String>, text: impl Into<String>) -> Node {
        Node {
            key: key.into(),
            what: what.into(),
            text: text.into(),
            place: String::new(),
            inside: Vec::new(),
        }
    }
}

/// The outline of a scenario and of all that it includes: declarations, then the play.
pub(crate) fn outline(sources: &Sources) -> Vec<Node> {
    let mut nodes = Vec::new();
    for file in sources.files() {
        let reader = Reader { text: file.text() };
        let (parsed, _) = parse(file.text(), 0);
        for item in &parsed.items {
            reader.item(item, &mut nodes);
        }
    }
    nodes
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    /// A stretch of the text on one line, without comments.
    fn words(&self, span: Span) -> String {
        spoken(self.text.get(span.range()).unwrap_or(""))
    }

    fn between(&self, from: u32, to: u32) -> String {
        spoken(self.text.get(from as usize..to as usize).unwrap_or(""))
    }

    fn item(&self, item: &Item, nodes: &mut Vec<Node>) {
        match &item.kind {
            ItemKind::Use(_) => {}
            ItemKind::Play(block) => nodes.push(Node {
                inside: self.block(block),
                ..Node::leaf("play", "the play", "")
            }),
            ItemKind::Param {
                id,
                value,
                range,
                step,
                distribution,
                source,
            } => {
                let name = &id.name;
                let mut inside = vec![Node::leaf(
                    "value",
                    format!("`{name}`"),
                    self.words(value.span),
                )];
                if let Some((low, high)) = range {
                    let mut words =
                        format!("{} .. {}", self.words(low.span), self.words(high.span));
                    if let Some(step) = step {
                        words.push_str(&format!(" step {}", self.words(step.span)));
                    }
                    inside.push(Node::leaf("range", format!("range of `{name}`"), words));
                }
                if let Some((kind, _)) = distribution {
                    let end = source.as_ref().map_or(item.span.end, |s| s.span.start);
                    let words = self.between(kind.span.start, end);
                    inside.push(Node::leaf(
                        "how",
                        format!("distribution of `{name}`"),
                        words,
                    ));
                }
                if let Some(source) = source {
                    let words = source.value.clone();
                    inside.push(Node::leaf("why", format!("reason for `{name}`"), words));
                }
                nodes.push(Node {
                    inside,
                    ..Node::leaf(format!("param {name}"), format!("param `{name}`"), "")
                });
            }
            ItemKind::Ask { question, query } => nodes.push(Node::leaf(
                format!("ask {}", self.words(query.span)),
                format!("ask {}", self.words(query.span)),
                question.value.clone(),
            )),
            _ => nodes.push(self.declaration(item)),
        }
    }

    /// Anything that begins with its keyword, and mostly its name: `outcome war "War"`.
    fn declaration(&self, item: &Item) -> Node {
        let words = self.words(item.span);
        let (keyword, rest) = words.split_once(' ').unwrap_or((&words, ""));
        let name_end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let name = &rest[..name_end];
        match keyword {
            // What has no name is known by what it says.
            "scenario" | "as_of" => Node::leaf(keyword, keyword, rest),
            "source" | "note" => Node::leaf(keyword, keyword, rest),
            "expect" | "compare" => Node::leaf(words.as_str(), format!("{keyword} {rest}"), ""),
            _ => {
                let what = if keyword == "value" {
                    format!("what `{name}` values")
                } else {
                    format!("{keyword} `{name}`")
                };
                Node::leaf(
                    format!("{keyword} {name}"),
                    what,
                    rest[name_end..].trim_start_matches([' ', '=']),
                )
            }
        }
    }

    fn block(&self, block: &Block) -> Vec<Node> {
        let mut nodes = Vec::new();
        for statement in &block.statements {
            self.statement(statement, &mut nodes);
        }
        nodes
    }

    fn statement(&self, statement: &Statement, nodes: &mut Vec<Node>) {
        match &statement.kind {
            StatementKind::Choose {
                actor, id, options, ..
            } => {
                let what = format!("{} chooses `{}`", actor.name, id.name);
                nodes.push(self.decision(statement, id.span, what, &id.name, options));
            }
            StatementKind::Chance { id, options, .. } => {
                let what = format!("chance `{}`", id.name);
                nodes.push(self.decision(statement, id.span, what, &id.name, options));
            }
            StatementKind::Bargain(bargain) => nodes.push(Node::leaf(
                format!("bargain {}", bargain.id.name),
                format!("bargain `{}`", bargain.id.name),
                self.between(bargain.id.span.end, statement.span.end),
            )),
            StatementKind::Together(block) => nodes.push(Node {
                inside: self.block(block),
                ..Node::leaf("together", "what is chosen together", "")
            }),
            StatementKind::If { arms, otherwise } => {
                let mut inside = Vec::new();
                for (k, (condition, block)) in arms.iter().enumerate() {
                    let words = self.words(condition.span);
                    inside.push(Node {
                        place: format!("if {words}"),
                        inside: self.block(block),
                        ..Node::leaf(format!("arm {k}"), "condition", words)
                    });
                }
                if let Some(block) = otherwise {
                    inside.push(Node {
                        place: "else".to_owned(),
                        inside: self.block(block),
                        ..Node::leaf("else", "else", "")
                    });
                }
                nodes.push(Node {
                    inside,
                    ..Node::leaf("if", "a condition", "")
                });
            }
            StatementKind::Repeat { body, .. } => nodes.push(Node {
                inside: self.block(body),
                ..Node::leaf(
                    "repeat",
                    "repeat",
                    self.between(statement.span.start, body.span.start),
                )
            }),
            StatementKind::Gain(gains) => {
                for (actor, amount) in gains {
                    nodes.push(Node::leaf(
                        format!("gain {}", actor.name),
                        format!("gain of {}", actor.name),
                        self.words(amount.span),
                    ));
                }
            }
            StatementKind::Set { id, value } => nodes.push(Node::leaf(
                format!("set {}", id.name),
                format!("set `{}`", id.name),
                self.words(value.span),
            )),
            StatementKind::End(outcome) => {
                nodes.push(Node::leaf("end", "ending", outcome.name.clone()));
            }
            _ => {
                let words = self.words(statement.span);
                let keyword = words.split(' ').next().unwrap_or_default().to_owned();
                nodes.push(Node::leaf(keyword, "statement", words));
            }
        }
    }

    /// A choice or a draw: who sees it, and its options.
    fn decision(
        &self,
        statement: &Statement,
        id: Span,
        what: String,
        name: &str,
        options: &Options,
    ) -> Node {
        let (span, inside) = match options {
            Options::Listed(items, span) => {
                let options = items.iter().map(|item| self.option(item, name));
                (*span, options.collect())
            }
            Options::Grid { block, span, .. } => {
                let inside = block.as_ref().map_or_else(Vec::new, |b| self.block(b));
                let end = block.as_ref().map_or(span.end, |b| b.span.start);
                let numbers = self.between(span.start, end);
                let grid = Node {
                    place: format!("after `{name}`"),
                    inside,
                    ..Node::leaf("grid", format!("numbers of `{name}`"), numbers)
                };
                (*span, vec![grid])
            }
        };
        // Who sees it stands before the braces or behind them.
        let before = self.between(id.end, span.start);
        let behind = self.between(span.end, statement.span.end);
        Node {
            inside,
            ..Node::leaf(what.clone(), what, format!("{before} {behind}").trim())
        }
    }

    fn option(&self, item: &OptionItem, variable: &str) -> Node {
        let name = &item.id.name;
        let end = item.block.as_ref().map_or(item.span.end, |b| b.span.start);
        Node {
            place: format!("after `{variable}` = `{name}`"),
            inside: item.block.as_ref().map_or_else(Vec::new, |b| self.block(b)),
            ..Node::leaf(
                format!("option {name}"),
                format!("option `{name}` of `{variable}`"),
                self.between(item.id.span.end, end),
            )
        }
    }
}

/// Text on one line: white space of any length is one space, comments are left out. Quoted text stays as it is.
fn spoken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut comment = false;
    let mut escaped = false;
    for c in text.chars() {
        if comment {
            comment = c != '\n';
            continue;
        }
        match c {
            '#' if !quoted => comment = true,
            c if c.is_whitespace() && !quoted => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => {
                quoted ^= c == '"' && !escaped;
                out.push(c);
            }
        }
        escaped = quoted && c == '\\' && !escaped;
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn layout_and_comments_say_nothing() {
        assert_eq!(spoken("a  +\n  b # c \"d\"\n * 2"), spoken("a + b * 2"));
        assert_eq!(spoken("\"a  # b\""), "\"a  # b\"");
        assert_eq!(spoken("\"a \\\"  b\"  # c"), "\"a \\\"  b\"");
    }
}
