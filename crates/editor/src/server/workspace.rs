//! The texts of the editor, what is known of them, and which diagnostics it was told.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use detente_language::analysis::{Analysis, Meaning, analyse};
use detente_language::ast::{Item, ItemKind};
use detente_language::span::Span;
use gen_lsp_types as lsp;
use lsp_server::Notification;
use serde::de::DeserializeOwned;

use super::convert::Places;
use super::files::{Document, Files, name_of, scenarios};
use crate::lines::{Encoding, Lines};

/// Most diagnostics that a file is told of.
const MOST: usize = 500;

/// Diagnostics by file, by the text whose check found them.
type Told = BTreeMap<String, Vec<lsp::Diagnostic>>;

/// All that is known of the editor's texts.
#[derive(Debug)]
pub(super) struct Workspace {
    pub(super) files: Files,
    pub(super) encoding: Encoding,
    /// Whether completions may hold a place for the cursor.
    pub(super) snippets: bool,
    /// What stands before a code in the address of the page that explains it.
    pub(super) pages: Option<String>,
    /// The folders that the editor shows.
    pub(super) folders: Vec<PathBuf>,
    /// What came of open texts that did not change since.
    known: HashMap<String, Rc<Analysis>>,
    /// Of open texts that are made to be included: a scenario that includes them, if there is one.
    hosts: HashMap<String, Option<String>>,
    /// Open texts of which the editor has not heard yet.
    unheard: BTreeSet<String>,
    told: BTreeMap<String, Told>,
}

impl Default for Workspace {
    fn default() -> Self {
        Workspace {
            files: Files::default(),
            encoding: Encoding::Utf16,
            snippets: false,
            pages: None,
            folders: Vec::new(),
            known: HashMap::new(),
            hosts: HashMap::new(),
            unheard: BTreeSet::new(),
            told: BTreeMap::new(),
        }
    }
}

impl Workspace {
    /// Takes in a notification. Those that cannot be read are dropped: there is nobody to tell.
    pub(super) fn notified(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Some(params) = read::<lsp::DidOpenTextDocumentParams>(params) {
                    self.open(params.text_document);
                }
            }
            "textDocument/didChange" => {
                if let Some(params) = read::<lsp::DidChangeTextDocumentParams>(params) {
                    self.change(params);
                }
            }
            "textDocument/didClose" => {
                if let Some(params) = read::<lsp::DidCloseTextDocumentParams>(params) {
                    self.close(&name_of(params.text_document.uri.as_ref()));
                }
            }
            // Any file may be one that an open text includes.
            "workspace/didChangeWatchedFiles" | "textDocument/didSave" => self.forget_all(),
            "workspace/didChangeWorkspaceFolders" => {
                if let Some(params) = read::<lsp::DidChangeWorkspaceFoldersParams>(params) {
                    let path = |f: &lsp::WorkspaceFolder| super::files::path_of(f.uri.as_ref());
                    let gone: Vec<_> = params.event.removed.iter().filter_map(path).collect();
                    self.folders.retain(|folder| !gone.contains(folder));
                    self.folders
                        .extend(params.event.added.iter().filter_map(path));
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, item: lsp::TextDocumentItem) {
        let name = name_of(item.uri.as_ref());
        let document = Document {
            uri: item.uri.to_string(),
            version: item.version,
            lines: Lines::new(item.text),
        };
        self.files.open.insert(name, document);
        self.forget_all();
    }

    fn change(&mut self, params: lsp::DidChangeTextDocumentParams) {
        let id = params.text_document;
        let name = name_of(id.text_document_identifier.uri.as_ref());
        let Some(document) = self.files.open.get_mut(&name) else {
            return;
        };
        document.version = id.version;
        for change in params.content_changes {
            use lsp::TextDocumentContentChangeEvent as Change;
            let (range, text) = match change {
                Change::TextDocumentContentChangePartial(part) => (Some(part.range), part.text),
                Change::TextDocumentContentChangeWholeDocument(whole) => (None, whole.text),
            };
            document.lines.replace(range, &text, self.encoding);
        }
        // Only texts that include this one are touched.
        let touched = |analysis: &Analysis| {
            let mut files = analysis.sources.files().iter();
            files.any(|file| file.name() == name)
        };
        let mut gone: Vec<String> = Vec::new();
        self.known.retain(|root, analysis| {
            let touched = touched(analysis);
            gone.extend(touched.then(|| root.clone()));
            !touched
        });
        self.unheard.extend(gone);
        self.unheard.insert(name);
    }

    fn close(&mut self, name: &str) {
        self.files.open.remove(name);
        self.forget_all();
        self.unheard.insert(name.to_owned());
    }

    fn forget_all(&mut self) {
        self.known.clear();
        self.hosts.clear();
        self.unheard.extend(self.files.open.keys().cloned());
    }

    /// What is known of an open text.
    pub(super) fn analysis(&mut self, name: &str) -> Option<Rc<Analysis>> {
        if let Some(known) = self.known.get(name) {
            return Some(Rc::clone(known));
        }
        let document = self.files.open.get(name)?;
        let analysis = Rc::new(analyse(name, document.lines.text(), &self.files));
        self.known.insert(name.to_owned(), Rc::clone(&analysis));
        Some(analysis)
    }

    /// The diagnostics that changed since the editor was told.
    pub(super) fn news(&mut self) -> Vec<lsp::PublishDiagnosticsParams> {
        let mut changed: BTreeSet<String> = BTreeSet::new();
        for root in std::mem::take(&mut self.unheard) {
            let mut found: Told = BTreeMap::new();
            if let Some(analysis) = self.judging(&root) {
                let places = Places::new(&analysis, &self.files, self.encoding);
                // A text is always told of, so that old diagnostics vanish.
                found.insert(root.clone(), Vec::new());
                let guest = places.name(Span::default()) != root;
                for diagnostic in &analysis.diagnostics {
                    let name = places.name(diagnostic.primary.0);
                    if guest && name != root {
                        continue;
                    }
                    let list = found.entry(name.to_owned()).or_default();
                    if list.len() < MOST {
                        list.push(places.diagnostic(diagnostic, self.pages.as_deref()));
                    }
                }
            }
            changed.extend(found.keys().cloned());
            let before = if found.is_empty() {
                self.told.remove(&root)
            } else {
                self.told.insert(root, found)
            };
            changed.extend(before.into_iter().flat_map(BTreeMap::into_keys));
        }
        changed.iter().map(|name| self.diagnostics(name)).collect()
    }

    /// The check whose diagnostics an open text is told: its own or, where it is made to be included, that of a
    /// scenario which includes it and so declares what it only uses.
    fn judging(&mut self, name: &str) -> Option<Rc<Analysis>> {
        let own = self.analysis(name)?;
        let alone = |item: &Item| {
            use ItemKind::{Actor, Outcome, Play, Scenario, State};
            matches!(
                item.kind,
                Scenario(_) | Actor { .. } | Outcome { .. } | State { .. } | Play(_)
            )
        };
        if own.tree(0).is_none_or(|tree| tree.items.iter().any(alone)) {
            return Some(own);
        }
        let host = match self.hosts.get(name) {
            Some(host) => host.clone(),
            None => {
                let host = self.host(name);
                self.hosts.insert(name.to_owned(), host.clone());
                host
            }
        };
        let Some(host) = host else { return Some(own) };
        if self.files.open.contains_key(&host) {
            return self.analysis(&host);
        }
        match self.files.text(&host) {
            Ok(text) => Some(Rc::new(analyse(&host, &text, &self.files))),
            Err(_) => Some(own),
        }
    }

    /// A scenario that includes a file: an open one, else the first in the folders.
    fn host(&self, name: &str) -> Option<String> {
        let mut open: Vec<String> = self.files.open.keys().cloned().collect();
        open.sort();
        open.extend(scenarios(&self.folders));
        open.into_iter().filter(|root| root != name).find(|root| {
            let text = self.files.text(root).unwrap_or_default();
            let includes = |analysis: &Analysis| {
                let mut files = analysis.sources.files().iter();
                files.any(|file| file.name() == name)
            };
            text.contains("use") && includes(&analyse(root, &text, &self.files))
        })
    }

    /// All diagnostics of a file, each once whatever found it.
    fn diagnostics(&self, name: &str) -> lsp::PublishDiagnosticsParams {
        let mut seen = HashSet::new();
        let all = self.told.values().filter_map(|told| told.get(name));
        let mut diagnostics: Vec<lsp::Diagnostic> = Vec::new();
        for diagnostic in all.flatten() {
            if seen.insert(diagnostic) {
                diagnostics.push(diagnostic.clone());
            }
        }
        lsp::PublishDiagnosticsParams {
            uri: self.files.uri(name).into(),
            version: self.files.open.get(name).map(|document| document.version),
            diagnostics,
        }
    }

    /// What came of every text that knows the thing of this meaning, the text at hand first, each with the
    /// thing's meaning there. A thing is known by the place of its declaration.
    pub(super) fn everywhere(
        &mut self,
        name: &str,
        meaning: Meaning,
    ) -> Vec<(Rc<Analysis>, Meaning)> {
        let Some(here) = self.analysis(name) else {
            return Vec::new();
        };
        let declared = here.mentions_of(meaning).find(|m| m.declares);
        let mut found = vec![(Rc::clone(&here), meaning)];
        let Some(declared) = declared.map(|m| m.span) else {
            return found;
        };
        let file = here.sources.file(declared.file);
        let file = file.map_or("", |file| file.name()).to_owned();
        let mut roots: BTreeSet<String> = self.files.open.keys().cloned().collect();
        roots.extend(scenarios(&self.folders));
        roots.remove(name);
        for root in roots {
            let known = self.known.get(&root).map(Rc::clone);
            let analysis = match known {
                Some(known) => known,
                None => match self.files.text(&root) {
                    // Only texts that include others (and the file itself) can know of it.
                    Ok(text) if root == file || text.contains("use") => {
                        Rc::new(analyse(&root, &text, &self.files))
                    }
                    _ => continue,
                },
            };
            let mut files = (0..).zip(analysis.sources.files());
            let Some((number, _)) = files.find(|(_, f)| f.name() == file) else {
                continue;
            };
            let mention = analysis.mention_at(number, declared.start);
            if let Some(mention) = mention.filter(|m| m.span.start == declared.start && m.declares)
            {
                let meaning = mention.meaning;
                found.push((analysis, meaning));
            }
        }
        found
    }
}

/// The parameters of a notification.
fn read<P: DeserializeOwned>(params: serde_json::Value) -> Option<P> {
    serde_json::from_value(params).ok()
}
