//! From what the editor's questions gave to the types of the protocol.

use detente_language::analysis::Analysis;
use detente_language::diagnostic::{self, Severity};
use detente_language::span::Span;
use gen_lsp_types as lsp;

use super::files::Files;
use crate::colour::{Colour, Coloured};
use crate::complete::{Completion, CompletionKind};
use crate::fold::Fold;
use crate::lines::{Encoding, Lines};
use crate::outline::{Entry, EntryKind};
use crate::signature::Signature;

/// Places of an analysis in the protocol's terms. Lines of a file are found when they are first needed.
pub struct Places<'a> {
    analysis: &'a Analysis,
    files: &'a Files,
    encoding: Encoding,
    lines: Vec<std::cell::OnceCell<Lines>>,
}

impl<'a> Places<'a> {
    /// Places in the files of an analysis.
    pub fn new(analysis: &'a Analysis, files: &'a Files, encoding: Encoding) -> Self {
        let count = analysis.sources.files().len();
        Places {
            analysis,
            files,
            encoding,
            lines: (0..count).map(|_| std::cell::OnceCell::new()).collect(),
        }
    }

    /// The stretch of a span in its file.
    pub fn range(&self, span: Span) -> lsp::Range {
        let number = usize::from(span.file);
        let (Some(cell), Some(file)) = (
            self.lines.get(number),
            self.analysis.sources.file(span.file),
        ) else {
            return lsp::Range::default();
        };
        let lines = cell.get_or_init(|| Lines::new(file.text().to_owned()));
        lines.range(span.range(), self.encoding)
    }

    /// The name of the span's file.
    pub fn name(&self, span: Span) -> &str {
        let file = self.analysis.sources.file(span.file);
        file.map_or("", |file| file.name())
    }

    /// The address of the span's file.
    pub fn uri(&self, span: Span) -> lsp::Uri {
        self.files.uri(self.name(span)).into()
    }

    /// The span with its file.
    pub fn location(&self, span: Span) -> lsp::Location {
        lsp::Location {
            uri: self.uri(span),
            range: self.range(span),
        }
    }

    /// A diagnostic. `pages` is what stands before the code in the address of a page that explains it.
    pub fn diagnostic(
        &self,
        found: &diagnostic::Diagnostic,
        pages: Option<&str>,
    ) -> lsp::Diagnostic {
        let mut message = found.message.clone();
        for more in found.notes.iter().chain(&found.help) {
            message.push('\n');
            message.push_str(more);
        }
        let related = found.secondary.iter().map(|(place, words)| {
            let message = if words.is_empty() { "see here" } else { words };
            lsp::DiagnosticRelatedInformation {
                location: self.location(*place),
                message: message.to_owned(),
            }
        });
        let related: Vec<_> = related.collect();
        // What nothing depends on and what no path reaches is shown faded.
        let faded = matches!(found.code, "W0701" | "W0704");
        lsp::Diagnostic {
            range: self.range(found.primary.0),
            severity: Some(match found.severity {
                Severity::Error => lsp::DiagnosticSeverity::Error,
                Severity::Warning => lsp::DiagnosticSeverity::Warning,
            }),
            code: Some(lsp::Code::String(found.code.to_owned())),
            code_description: pages.map(|pages| lsp::CodeDescription {
                href: format!("{pages}{}", found.code).into(),
            }),
            source: Some("detente".to_owned()),
            message: lsp::Message::String(message),
            tags: faded.then(|| vec![lsp::DiagnosticTag::Unnecessary]),
            related_information: (!related.is_empty()).then_some(related),
            data: None,
        }
    }

    /// Entries of the outline.
    pub fn symbols(&self, entries: &[Entry]) -> Vec<lsp::DocumentSymbol> {
        entries
            .iter()
            .map(|entry| {
                let inside = self.symbols(&entry.inside);
                let detail = (!entry.detail.is_empty()).then(|| entry.detail.clone());
                #[allow(deprecated, reason = "the constructor takes the deprecated field")]
                lsp::DocumentSymbol::new(
                    entry.name.clone(),
                    detail,
                    symbol_kind(entry.kind),
                    None,
                    None,
                    self.range(entry.span),
                    self.range(entry.name_span),
                    (!inside.is_empty()).then_some(inside),
                )
            })
            .collect()
    }

    /// A thing that can be written in the place of a span; `snippets` allows a place for the cursor inside.
    pub fn completion(
        &self,
        span: Span,
        completion: Completion,
        documentation: Option<String>,
        snippets: bool,
    ) -> lsp::CompletionItem {
        let function = completion.kind == CompletionKind::Function && snippets;
        let new_text = if function {
            format!("{}($0)", completion.label)
        } else {
            completion.label.clone()
        };
        let edit = lsp::TextEdit {
            range: self.range(span),
            new_text,
        };
        lsp::CompletionItem {
            kind: Some(completion_kind(completion.kind)),
            detail: (!completion.detail.is_empty()).then_some(completion.detail),
            documentation: documentation.map(|text| markdown(text).into()),
            insert_text_format: function.then_some(lsp::InsertTextFormat::Snippet),
            text_edit: Some(lsp::CompletionItemTextEdit::TextEdit(edit)),
            label: completion.label,
            ..lsp::CompletionItem::default()
        }
    }

    /// Colours as differences from one to the next. Stretches over several lines there are none.
    pub fn tokens(&self, colours: &[Coloured]) -> Vec<lsp::SemanticToken> {
        let (mut line, mut column) = (0, 0);
        let mut tokens = Vec::with_capacity(colours.len());
        for coloured in colours {
            let range = self.range(coloured.span);
            let (start, end) = (range.start, range.end);
            if start.line != end.line || end.character <= start.character {
                continue;
            }
            let delta_line = start.line - line;
            if delta_line > 0 {
                column = 0;
            }
            let kind = Colour::ALL.iter().position(|(c, _)| *c == coloured.colour);
            tokens.push(lsp::SemanticToken {
                delta_line,
                delta_start: start.character - column,
                length: end.character - start.character,
                token_type: kind.and_then(|k| u32::try_from(k).ok()).unwrap_or(0),
                token_modifiers_bitset: u32::from(coloured.declares),
            });
            (line, column) = (start.line, start.character);
        }
        tokens
    }
}

/// Text in Markdown.
pub fn markdown(value: String) -> lsp::MarkupContent {
    lsp::MarkupContent {
        kind: lsp::MarkupKind::Markdown,
        value,
    }
}

/// Something that can be folded.
pub fn folding(fold: &Fold, lines: &Lines, encoding: Encoding) -> lsp::FoldingRange {
    let range = lines.range(fold.bytes.clone(), encoding);
    // The line of the closing brace stays in sight.
    let end_line = if fold.comment {
        range.end.line
    } else {
        range.end.line.saturating_sub(1).max(range.start.line)
    };
    lsp::FoldingRange {
        start_line: range.start.line,
        end_line,
        kind: fold.comment.then_some(lsp::FoldingRangeKind::Comment),
        ..lsp::FoldingRange::default()
    }
}

/// The forms of a function.
pub fn signature_help(signatures: Vec<Signature>) -> Option<lsp::SignatureHelp> {
    let active = signatures.first()?.active;
    let active = lsp::ActiveParameter::Int(u32::try_from(active).unwrap_or(0));
    let signatures = signatures.into_iter().map(|signature| {
        let parameters = signature.arguments.into_iter().map(|argument| {
            let label = lsp::ParameterInformationLabel::String(argument);
            lsp::ParameterInformation::new(label, None)
        });
        lsp::SignatureInformation {
            label: signature.form,
            documentation: (!signature.meaning.is_empty())
                .then_some(lsp::Documentation::String(signature.meaning)),
            parameters: Some(parameters.collect()),
            active_parameter: None,
        }
    });
    Some(lsp::SignatureHelp {
        signatures: signatures.collect(),
        active_signature: Some(0),
        active_parameter: Some(active),
    })
}

fn symbol_kind(kind: EntryKind) -> lsp::SymbolKind {
    use lsp::SymbolKind as K;
    match kind {
        EntryKind::Title => K::File,
        EntryKind::Actor => K::Class,
        EntryKind::Parameter => K::Number,
        EntryKind::Constant => K::Constant,
        EntryKind::Function => K::Function,
        EntryKind::Outcome => K::Event,
        EntryKind::State => K::Field,
        EntryKind::Issue => K::Enum,
        EntryKind::Option => K::EnumMember,
        EntryKind::Preferences => K::Interface,
        EntryKind::Package => K::Package,
        EntryKind::Question => K::Boolean,
        EntryKind::Include => K::Module,
        EntryKind::Play => K::Namespace,
        EntryKind::Choice => K::Method,
        EntryKind::Draw => K::Variable,
    }
}

fn completion_kind(kind: CompletionKind) -> lsp::CompletionItemKind {
    use lsp::CompletionItemKind as K;
    match kind {
        CompletionKind::Word => K::Keyword,
        CompletionKind::Number => K::Constant,
        CompletionKind::Variable => K::Variable,
        CompletionKind::Function => K::Function,
        CompletionKind::Option => K::EnumMember,
        CompletionKind::Actor => K::Class,
        CompletionKind::Issue => K::Enum,
    }
}
