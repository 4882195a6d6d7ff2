//! The served folder: its scenarios are listed, read and written, and nothing outside of it.

use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use detente_language::source::Loader;
use sha2::{Digest, Sha256};

/// Ending of the files that are served.
const ENDING: &str = ".detente";
/// Most files that are listed.
const MOST_FILES: usize = 5_000;
/// Folders deeper than this are not looked into.
const DEEPEST: usize = 12;
/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Why a file is not served.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The path is none of a scenario in this folder.
    #[error("`{0}` is no path of a scenario in this folder")]
    Path(String),
    /// There is no such file.
    #[error("there is no file `{0}` in this folder")]
    Missing(String),
    /// The file is not as it was when it was read last.
    #[error("`{path}` was changed on disk meanwhile")]
    Conflict {
        /// The file.
        path: String,
        /// Its present text; none where it was removed.
        text: Option<String>,
    },
    /// The text is larger than may be.
    #[error("`{path}` is larger than {most} bytes")]
    Large {
        /// The file.
        path: String,
        /// Most bytes.
        most: usize,
    },
    /// Reading or writing failed.
    #[error("cannot {what} `{path}`: {error}")]
    System {
        /// What was tried.
        what: &'static str,
        /// The file.
        path: String,
        /// Why not.
        error: std::io::Error,
    },
}

/// A file in the list.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Listed {
    /// Path below the folder, with `/`.
    pub path: String,
    /// Title of the scenario, where its first lines have one.
    pub title: Option<String>,
    /// Size in bytes.
    pub bytes: u64,
    /// When it was changed last, in milliseconds since 1970.
    pub modified: Option<u64>,
}

/// A file as it was read.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Opened {
    /// Path below the folder.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Hash of its text.
    pub version: String,
    /// When it was changed last, in milliseconds since 1970.
    pub modified: Option<u64>,
}

/// The served folder.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    largest: usize,
    /// One writer at a time, so that looking at a file and replacing it are one step for all who write here.
    writing: std::sync::Mutex<()>,
}

/// What stands for a text: the SHA-256 of its bytes in hexadecimal digits.
#[must_use]
pub fn version(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// Bytes in hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

impl Folder {
    /// Serves this folder; texts of so many bytes at most.
    ///
    /// # Errors
    /// It is no folder that can be read.
    pub fn open(root: &Path, largest: usize) -> std::io::Result<Folder> {
        let root = root.canonicalize()?;
        std::fs::read_dir(&root)?;
        Ok(Folder {
            root,
            largest,
            writing: std::sync::Mutex::new(()),
        })
    }

    /// Where it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// All scenarios below the folder, by path. Links and hidden folders are not followed.
    #[must_use]
    pub fn list(&self) -> Vec<Listed> {
        let mut found = Vec::new();
        self.search(&self.root, 0, &mut found);
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found
    }

    fn search(&self, folder: &Path, depth: usize, found: &mut Vec<Listed>) {
        let Ok(entries) = std::fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let hidden = name.to_string_lossy().starts_with('.');
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if found.len() >= MOST_FILES || hidden {
                continue;
            }
            if kind.is_dir() && depth < DEEPEST {
                self.search(&entry.path(), depth + 1, found);
            } else if kind.is_file() {
                found.extend(self.listed(&entry.path()));
            }
        }
    }

    fn listed(&self, file: &Path) -> Option<Listed> {
        let below = file.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let path = parts?.join("/");
        parts_of(&path)?;
        let facts = file.metadata().ok()?;
        Some(Listed {
            title: title(file),
            path,
            bytes: facts.len(),
            modified: modified(&facts),
        })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The path leads nowhere or out of the folder; the file is too large or cannot be read.
    pub fn read(&self, path: &str) -> Result<Opened, FolderError> {
        let file = self.inside(path)?;
        let text = self.text(path, &file)?;
        let facts = file.metadata().ok();
        Ok(Opened {
            path: path.to_owned(),
            version: version(&text),
            modified: facts.as_ref().and_then(modified),
            text,
        })
    }

    fn text(&self, path: &str, file: &Path) -> Result<String, FolderError> {
        let cannot = |error| match error {
            error if std::io::Error::kind(&error) == std::io::ErrorKind::NotFound => {
                FolderError::Missing(path.to_owned())
            }
            error => FolderError::System {
                what: "read",
                path: path.to_owned(),
                error,
            },
        };
        let open = std::fs::File::open(file).map_err(cannot)?;
        if !open.metadata().map_err(cannot)?.is_file() {
            return Err(FolderError::Path(path.to_owned()));
        }
        let mut bytes = Vec::new();
        let most = self.largest as u64 + 1;
        open.take(most).read_to_end(&mut bytes).map_err(cannot)?;
        if bytes.len() > self.largest {
            return Err(self.large(path));
        }
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }

    fn large(&self, path: &str) -> FolderError {
        FolderError::Large {
            path: path.to_owned(),
            most: self.largest,
        }
    }

    /// Writes a file if it still is what `base` says: the version that was read last, none for a new file. The text is
    /// written aside, synchronised and renamed. The answer is the new version.
    ///
    /// # Errors
    /// The file was changed meanwhile; the path leads out of the folder; the text is too large or cannot be written.
    pub fn write(&self, path: &str, text: &str, base: Option<&str>) -> Result<String, FolderError> {
        let file = self.inside(path)?;
        if text.len() > self.largest {
            return Err(self.large(path));
        }
        let _one = self.writing.lock();
        let present = match self.text(path, &file) {
            Ok(present) => Some(present),
            Err(FolderError::Missing(_)) => None,
            Err(error) => return Err(error),
        };
        let new = version(text);
        let now = present.as_deref().map(version);
        if now.as_deref() == Some(&new) {
            return Ok(new);
        }
        if now.as_deref() != base {
            return Err(FolderError::Conflict {
                path: path.to_owned(),
                text: present,
            });
        }
        self.replace(&file, text)
            .map_err(|error| FolderError::System {
                what: "write",
                path: path.to_owned(),
                error,
            })?;
        Ok(new)
    }

    fn replace(&self, file: &Path, text: &str) -> std::io::Result<()> {
        let folder = file.parent().unwrap_or(&self.root);
        let mut aside = tempfile::Builder::new()
            .prefix(".detente-")
            .tempfile_in(folder)?;
        aside.write_all(text.as_bytes())?;
        // A file that is replaced keeps who may read it; a new one is readable like any other.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(file).map_or(0o644, |facts| facts.permissions().mode());
            let allowed = std::fs::Permissions::from_mode(mode & 0o777);
            aside.as_file().set_permissions(allowed)?;
        }
        aside.as_file().sync_all()?;
        aside.persist(file).map_err(|error| error.error)?;
        Ok(())
    }

    /// Where the file of a path is. Its folder must exist, and links must not lead out.
    fn inside(&self, path: &str) -> Result<PathBuf, FolderError> {
        let wrong = || FolderError::Path(path.to_owned());
        let parts = parts_of(path).ok_or_else(wrong)?;
        let mut file = self.root.clone();
        file.extend(&parts);
        let folder = file.parent().unwrap_or(&self.root);
        let folder = folder
            .canonicalize()
            .map_err(|_| FolderError::Missing(path.to_owned()))?;
        if !folder.starts_with(&self.root) {
            return Err(wrong());
        }
        let file = folder.join(parts.last().copied().unwrap_or_default());
        match file.symlink_metadata() {
            Ok(facts) if facts.is_symlink() => Err(wrong()),
            Ok(facts) if !facts.is_file() => Err(wrong()),
            _ => Ok(file),
        }
    }
}

/// Scenarios include only what lies in the served folder.
impl Loader for Folder {
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let mut parts: Vec<&str> = Vec::new();
        let whole = folder.join(path);
        for part in whole.components() {
            match part {
                Component::Normal(part) => parts.push(part.to_str().unwrap_or("\0")),
                Component::CurDir => {}
                Component::ParentDir if parts.pop().is_some() => {}
                _ => return Err(format!("{path}: it lies outside of the served folder")),
            }
        }
        let path = parts.join("/");
        let found = self.read(&path).map_err(|error| error.to_string())?;
        Ok((found.path, found.text))
    }
}

/// The parts of a path of a scenario below the folder; none where it is no such path on any system.
fn parts_of(path: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = path.split('/').collect();
    let ends = path.len() > ENDING.len() && path.ends_with(ENDING);
    (ends && path.len() <= 400 && parts.iter().all(|part| plain(part))).then_some(parts)
}

/// Whether a name is one that every system takes for a plain name: no device, no drive, no stream, not hidden.
fn plain(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let stem = stem.trim_end();
    let numbered = |word: &str| {
        stem.strip_prefix(word)
            .is_some_and(|rest| rest.chars().count() == 1 && !rest.chars().all(char::is_alphabetic))
    };
    let device = DEVICES.contains(&stem) || numbered("com") || numbered("lpt");
    !name.is_empty()
        && name.len() <= 200
        && !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
        && !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|'])
        && !name.chars().any(char::is_control)
        && !device
}

/// The title that a file's beginning names.
fn title(file: &Path) -> Option<String> {
    let mut head = Vec::new();
    let open = std::fs::File::open(file).ok()?;
    open.take(4096).read_to_end(&mut head).ok()?;
    let text = String::from_utf8_lossy(&head);
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("scenario "))?;
    let title = line.trim().trim_start_matches('"');
    let title = title.split('"').next().unwrap_or_default().trim();
    (!title.is_empty()).then(|| title.to_owned())
}

fn modified(facts: &std::fs::Metadata) -> Option<u64> {
    let since = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()
}
