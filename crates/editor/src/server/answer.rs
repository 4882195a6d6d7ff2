//! Answers to the requests of the protocol.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use detente_language::analysis::Analysis;
use detente_language::explain;
use detente_language::span::Span;
use gen_lsp_types as lsp;
use lsp_server::ErrorCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Fault;
use super::convert::{Places, folding, markdown, signature_help};
use super::files::name_of;
use super::workspace::Workspace;
use crate::{
    colour, complete, describe, fold, hover, layout, mend, navigate, outline, rename, signature,
};

type Answer = Result<Value, Fault>;

/// An open text and a place in it.
struct Place {
    name: String,
    analysis: Rc<Analysis>,
    byte: u32,
}

impl Workspace {
    /// Answers a request.
    pub(super) fn answer(&mut self, method: &str, params: Value) -> Answer {
        match method {
            "textDocument/hover" => self.hover(&read(params)?),
            "textDocument/completion" => self.completion(&read(params)?),
            "textDocument/signatureHelp" => self.signature(&read(params)?),
            "textDocument/definition" => self.definition(&read(params)?),
            "textDocument/references" => self.references(&read(params)?),
            "textDocument/documentHighlight" => self.highlights(&read(params)?),
            "textDocument/documentSymbol" => self.symbols(&read(params)?),
            "textDocument/foldingRange" => self.folds(&read(params)?),
            "textDocument/formatting" => self.formatting(&read(params)?),
            "textDocument/prepareRename" => self.prepare_rename(&read(params)?),
            "textDocument/rename" => self.rename(&read(params)?),
            "textDocument/codeAction" => self.actions(&read(params)?),
            "textDocument/semanticTokens/full" => self.colours(&read(params)?),
            "detente/explain" => explained(&params),
            _ => Err(Fault {
                code: ErrorCode::MethodNotFound,
                message: format!("`{method}` is not known here"),
            }),
        }
    }

    fn place(&mut self, at: &lsp::TextDocumentPositionParams) -> Option<Place> {
        let name = name_of(at.text_document.uri.as_ref());
        let document = self.files.open.get(&name)?;
        let byte = document.lines.byte(at.position, self.encoding);
        Some(Place {
            byte: u32::try_from(byte).ok()?,
            analysis: self.analysis(&name)?,
            name,
        })
    }

    fn text(&mut self, id: &lsp::TextDocumentIdentifier) -> Option<(String, Rc<Analysis>)> {
        let name = name_of(id.uri.as_ref());
        let analysis = self.analysis(&name)?;
        Some((name, analysis))
    }

    fn hover(&mut self, params: &lsp::HoverParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        let places = Places::new(&at.analysis, &self.files, self.encoding);
        let found = hover::hover(&at.analysis, at.byte);
        write(found.map(|(span, text)| lsp::Hover {
            contents: lsp::Contents::MarkupContent(markdown(text)),
            range: Some(places.range(span)),
        }))
    }

    fn completion(&mut self, params: &lsp::CompletionParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        let places = Places::new(&at.analysis, &self.files, self.encoding);
        let (span, mut found) = complete::complete(&at.analysis, at.byte);
        // Behind a blank nobody asked: only where nothing but a name can stand is there something to say.
        let context = params.context.as_ref();
        let blank = context.and_then(|c| c.trigger_character.as_deref()) == Some(" ");
        let word = |c: &complete::Completion| c.kind == complete::CompletionKind::Word;
        if blank && found.iter().any(word) {
            found.clear();
        }
        // What there is to tell of each of very many would take longer than anyone waits.
        let told = found.len() <= 200;
        let items: Vec<lsp::CompletionItem> = found
            .into_iter()
            .map(|completion| {
                let meaning = completion.meaning.filter(|_| told);
                let documentation = meaning.map(|m| describe::describe(&at.analysis, m));
                places.completion(span, completion, documentation, self.snippets)
            })
            .collect();
        write(items)
    }

    fn signature(&mut self, params: &lsp::SignatureHelpParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        write(signature_help(signature::signatures(&at.analysis, at.byte)))
    }

    fn definition(&mut self, params: &lsp::DefinitionParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        let places = Places::new(&at.analysis, &self.files, self.encoding);
        let found = navigate::definitions(&at.analysis, at.byte);
        let locations: Vec<_> = found
            .into_iter()
            .map(|span| places.location(span))
            .collect();
        write(locations)
    }

    fn references(&mut self, params: &lsp::ReferenceParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        let Some(mention) = at.analysis.mention_at(0, at.byte) else {
            return Ok(Value::Null);
        };
        let declarations = params.context.include_declaration;
        let (mut seen, mut locations) = (BTreeSet::new(), Vec::new());
        for (analysis, meaning) in self.everywhere(&at.name, mention.meaning) {
            let places = Places::new(&analysis, &self.files, self.encoding);
            for span in navigate::references_of(&analysis, meaning, declarations) {
                if seen.insert((places.name(span).to_owned(), span.start)) {
                    locations.push(places.location(span));
                }
            }
        }
        write(locations)
    }

    fn highlights(&mut self, params: &lsp::DocumentHighlightParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        let places = Places::new(&at.analysis, &self.files, self.encoding);
        let spans = navigate::references(&at.analysis, at.byte, true);
        let own = spans.into_iter().filter(|span| span.file == 0);
        let highlights: Vec<_> = own
            .map(|span| lsp::DocumentHighlight {
                range: places.range(span),
                kind: Some(lsp::DocumentHighlightKind::Text),
            })
            .collect();
        write(highlights)
    }

    fn symbols(&mut self, params: &lsp::DocumentSymbolParams) -> Answer {
        let Some((_, analysis)) = self.text(&params.text_document) else {
            return Ok(Value::Null);
        };
        let places = Places::new(&analysis, &self.files, self.encoding);
        let entries = analysis.tree(0).map(outline::outline);
        write(places.symbols(&entries.unwrap_or_default()))
    }

    fn folds(&mut self, params: &lsp::FoldingRangeParams) -> Answer {
        let name = name_of(params.text_document.uri.as_ref());
        let Some(document) = self.files.open.get(&name) else {
            return Ok(Value::Null);
        };
        let lines = &document.lines;
        let folds = fold::folds(lines.text());
        let ranges: Vec<_> = folds
            .iter()
            .map(|fold| folding(fold, lines, self.encoding))
            .collect();
        write(ranges)
    }

    fn formatting(&mut self, params: &lsp::DocumentFormattingParams) -> Answer {
        let name = name_of(params.text_document.uri.as_ref());
        let Some(document) = self.files.open.get(&name) else {
            return Ok(Value::Null);
        };
        let lines = &document.lines;
        let changed = layout::layout(lines.text()).map_err(|why| {
            Fault::refused(format!("only a text that can be read is formatted: {why}"))
        })?;
        let edits: Vec<_> = changed
            .into_iter()
            .map(|(bytes, new_text)| lsp::TextEdit {
                range: lines.range(bytes, self.encoding),
                new_text,
            })
            .collect();
        write(edits)
    }

    fn prepare_rename(&mut self, params: &lsp::PrepareRenameParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        let (span, _) = rename::renameable(&at.analysis, at.byte).map_err(Fault::refused)?;
        let places = Places::new(&at.analysis, &self.files, self.encoding);
        write(lsp::PrepareRenamePlaceholder {
            range: places.range(span),
            placeholder: at.analysis.sources.text(span).to_owned(),
        })
    }

    fn rename(&mut self, params: &lsp::RenameParams) -> Answer {
        let Some(at) = self.place(&params.text_document_position_params) else {
            return Ok(Value::Null);
        };
        let (_, meaning) = rename::renameable(&at.analysis, at.byte).map_err(Fault::refused)?;
        let mut edits: BTreeMap<String, BTreeMap<u32, lsp::TextEdit>> = BTreeMap::new();
        for (analysis, meaning) in self.everywhere(&at.name, meaning) {
            let places = Places::new(&analysis, &self.files, self.encoding);
            let found = rename::rename(&analysis, &self.files, meaning, &params.new_name);
            let found = found.map_err(|why| {
                let root = places.name(Span::default());
                Fault::refused(match root == at.name {
                    true => why,
                    false => format!("{why} (in {root})"),
                })
            })?;
            for edit in found {
                let file = edits.entry(self.files.uri(places.name(edit.span)));
                let new = lsp::TextEdit {
                    range: places.range(edit.span),
                    new_text: edit.text,
                };
                file.or_default().insert(edit.span.start, new);
            }
        }
        let changes = edits
            .into_iter()
            .map(|(uri, edits)| (uri.into(), edits.into_values().collect()));
        write(lsp::WorkspaceEdit {
            changes: Some(changes.collect()),
            ..lsp::WorkspaceEdit::default()
        })
    }

    fn actions(&mut self, params: &lsp::CodeActionParams) -> Answer {
        let Some((name, analysis)) = self.text(&params.text_document) else {
            return Ok(Value::Null);
        };
        let Some(document) = self.files.open.get(&name) else {
            return Ok(Value::Null);
        };
        let bytes = document.lines.bytes(params.range, self.encoding);
        let places = Places::new(&analysis, &self.files, self.encoding);
        let near = analysis.diagnostics.iter().filter(|found| {
            let span = found.primary.0;
            span.file == 0 && span.start as usize <= bytes.end && span.end as usize >= bytes.start
        });
        let mut actions = Vec::new();
        for found in near {
            let Some((title, edit)) = mend::mend(found, &analysis.sources) else {
                continue;
            };
            let change = lsp::TextEdit {
                range: places.range(edit.span),
                new_text: edit.text,
            };
            actions.push(lsp::CodeAction {
                title,
                kind: Some(lsp::CodeActionKind::QuickFix),
                diagnostics: Some(vec![places.diagnostic(found, self.pages.as_deref())]),
                is_preferred: Some(true),
                edit: Some(lsp::WorkspaceEdit {
                    changes: Some(HashMap::from([(places.uri(edit.span), vec![change])])),
                    ..lsp::WorkspaceEdit::default()
                }),
                ..lsp::CodeAction::default()
            });
        }
        write(actions)
    }

    fn colours(&mut self, params: &lsp::SemanticTokensParams) -> Answer {
        let Some((_, analysis)) = self.text(&params.text_document) else {
            return Ok(Value::Null);
        };
        let places = Places::new(&analysis, &self.files, self.encoding);
        write(lsp::SemanticTokens {
            result_id: None,
            data: places.tokens(&colour::colours(&analysis)),
        })
    }
}

/// `detente/explain`: what a code means, in Markdown.
fn explained(params: &Value) -> Answer {
    let code = params.get("code").and_then(Value::as_str).unwrap_or("");
    let found = explain::all().find(|known| known.code.eq_ignore_ascii_case(code));
    let Some(found) = found else {
        return Err(Fault::refused(format!("there is no code `{code}`")));
    };
    let words = found.text.split("\nWrong:\n").next().unwrap_or(found.text);
    let mut page = format!(
        "# {}: {}\n\n{}\n",
        found.code,
        found.title,
        words.trim_end()
    );
    for (heading, example) in [("Wrong", found.wrong()), ("Right", found.right())] {
        if let Some(example) = example {
            page.push_str(&format!("\n{heading}:\n\n```detente\n{example}```\n"));
        }
    }
    Ok(Value::String(page))
}

fn read<P: DeserializeOwned>(params: Value) -> Result<P, Fault> {
    serde_json::from_value(params).map_err(|error| Fault::parameters(&error))
}

fn write(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| Fault {
        code: ErrorCode::InternalError,
        message: error.to_string(),
    })
}
