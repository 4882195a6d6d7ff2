//! Blocks: named stretches of the play.

use super::Checker;
use super::declare::{named, number};
use super::names::Entity;
use crate::ast::{Block, Ident, Text};
use crate::diagnostic::Diagnostic;
use crate::scenario::{self, BlockId, Options, Step};
use crate::span::Span;
use crate::suggest::shorten;

/// A `do`: which block it plays, where it stands, and whether inside a `repeat`.
struct Played {
    block: BlockId,
    span: Span,
    repeated: bool,
}

impl<'a> Checker<'a> {
    pub(super) fn declare_block(&mut self, id: &Ident, label: Option<&Text>, body: &'a Block) {
        let block = BlockId(number(self.scenario.blocks.len()));
        if self.enter(id, Entity::Block(block)) {
            self.scenario.blocks.push(scenario::Block {
                name: named(id, label),
                steps: Vec::new(),
            });
            self.pending.blocks.push(body);
        }
    }

    /// Reports a block that can be played anew while one of its own `repeat`s is running: its rounds would be
    /// counted twice at once.
    pub(super) fn blocks_in_circles(&mut self) {
        let blocks = &self.scenario.blocks;
        let played: Vec<Vec<Played>> = blocks
            .iter()
            .map(|block| {
                let mut found = Vec::new();
                gather(&block.steps, false, &mut found);
                found
            })
            .collect();
        let mut found = Vec::new();
        for (i, inside) in (0..).zip(&played) {
            let own = inside.iter().filter(|p| p.repeated);
            found.extend(
                own.filter(|p| reaches(&played, p.block, BlockId(i)))
                    .map(|p| (i, p.span)),
            );
        }
        for (i, span) in found {
            let name = shorten(&self.scenario.blocks[i as usize].name.id);
            self.reports.push(
                Diagnostic::error(
                    "E0221",
                    format!("`{name}` can be played again while its own `repeat` is running"),
                    span,
                )
                .label("comes back to it from inside its `repeat`")
                .help("let the block play itself instead of the `repeat`, or put what is repeated into another block"),
            );
        }
    }
}

/// Whether playing `from` can come to `to`.
fn reaches(played: &[Vec<Played>], from: BlockId, to: BlockId) -> bool {
    let mut seen = vec![false; played.len()];
    let mut open = vec![from];
    while let Some(block) = open.pop() {
        if block == to {
            return true;
        }
        if !std::mem::replace(&mut seen[block.index()], true) {
            open.extend(played[block.index()].iter().map(|p| p.block));
        }
    }
    false
}

/// The `do`s of a stretch.
fn gather(steps: &[Step], repeated: bool, found: &mut Vec<Played>) {
    for step in steps {
        match step {
            Step::Do(block, span) => found.push(Played {
                block: *block,
                span: *span,
                repeated,
            }),
            Step::Choose { options, .. } | Step::Chance { options, .. } => match options {
                Options::Listed(listed) => {
                    let blocks = listed.iter().map(|option| &option.block);
                    blocks.for_each(|block| gather(block, repeated, found));
                }
                Options::Grid { block, .. } => gather(block, repeated, found),
            },
            Step::Together(block) => gather(block, repeated, found),
            Step::Repeat(_, block) => gather(block, true, found),
            Step::If(arms, otherwise) => {
                arms.iter()
                    .for_each(|(_, block)| gather(block, repeated, found));
                gather(otherwise, repeated, found);
            }
            Step::Bargain { .. }
            | Step::Show { .. }
            | Step::Gain(_)
            | Step::Set(..)
            | Step::End(..) => {}
        }
    }
}
