//! What the server can do, told at the beginning, and what it is told of the editor.

use gen_lsp_types as lsp;
use serde_json::Value;

use super::files::path_of;
use super::workspace::Workspace;
use crate::colour::Colour;
use crate::lines::Encoding;

impl Workspace {
    /// Takes in what the editor can do and answers with what the server can. Only the parts that matter are
    /// looked at, so that unknown ones do no harm.
    pub(super) fn initialize(&mut self, params: &Value) -> Value {
        let at = |path: &str| params.pointer(path);
        let encodings = at("/capabilities/general/positionEncodings").and_then(Value::as_array);
        let takes = |name: &str| encodings.is_some_and(|all| all.iter().any(|e| e == name));
        let (encoding, kind) = if takes("utf-8") {
            (Encoding::Utf8, lsp::PositionEncodingKind::UTF8)
        } else if !takes("utf-16") && takes("utf-32") {
            (Encoding::Utf32, lsp::PositionEncodingKind::UTF32)
        } else {
            (Encoding::Utf16, lsp::PositionEncodingKind::UTF16)
        };
        self.encoding = encoding;
        let snippets = at("/capabilities/textDocument/completion/completionItem/snippetSupport");
        self.snippets = snippets.and_then(Value::as_bool).unwrap_or(false);
        let pages = at("/initializationOptions/errorPages").and_then(Value::as_str);
        self.pages = pages.map(str::to_owned);
        let folders = at("/workspaceFolders").and_then(Value::as_array);
        let folders = folders.into_iter().flatten().filter_map(|f| f.get("uri"));
        let root = at("/rootUri").into_iter();
        let uris = folders.chain(root).filter_map(Value::as_str);
        self.folders = uris.filter_map(path_of).collect();
        self.folders.sort();
        self.folders.dedup();
        let result = lsp::InitializeResult {
            capabilities: capabilities(kind),
            server_info: Some(lsp::ServerInfo {
                name: "detente".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        serde_json::to_value(result).unwrap_or(Value::Null)
    }
}

fn capabilities(encoding: lsp::PositionEncodingKind) -> lsp::ServerCapabilities {
    let letters = |all: &[&str]| Some(all.iter().map(|&s| s.to_owned()).collect());
    lsp::ServerCapabilities {
        position_encoding: Some(encoding),
        text_document_sync: Some(lsp::TextDocumentSync::Options(
            lsp::TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(lsp::TextDocumentSyncKind::Incremental),
                ..lsp::TextDocumentSyncOptions::default()
            },
        )),
        completion_provider: Some(lsp::CompletionOptions {
            trigger_characters: letters(&[" ", "("]),
            ..lsp::CompletionOptions::default()
        }),
        signature_help_provider: Some(lsp::SignatureHelpOptions {
            trigger_characters: letters(&["(", ","]),
            ..lsp::SignatureHelpOptions::default()
        }),
        hover_provider: Some(true.into()),
        definition_provider: Some(true.into()),
        references_provider: Some(true.into()),
        document_highlight_provider: Some(true.into()),
        document_symbol_provider: Some(true.into()),
        folding_range_provider: Some(true.into()),
        document_formatting_provider: Some(true.into()),
        code_action_provider: Some(lsp::CodeActionProvider::CodeActionOptions(
            lsp::CodeActionOptions {
                code_action_kinds: Some(vec![lsp::CodeActionKind::QuickFix]),
                ..lsp::CodeActionOptions::default()
            },
        )),
        rename_provider: Some(lsp::RenameProvider::RenameOptions(lsp::RenameOptions {
            prepare_provider: Some(true),
            ..lsp::RenameOptions::default()
        })),
        semantic_tokens_provider: Some(lsp::SemanticTokensProvider::SemanticTokensOptions(
            lsp::SemanticTokensOptions {
                legend: lsp::SemanticTokensLegend {
                    token_types: Colour::ALL.iter().map(|(_, n)| (*n).to_owned()).collect(),
                    token_modifiers: vec!["declaration".to_owned()],
                },
                full: Some(lsp::Full::Bool(true)),
                ..lsp::SemanticTokensOptions::default()
            },
        )),
        ..lsp::ServerCapabilities::default()
    }
}
