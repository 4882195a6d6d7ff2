//! Files as the editor has them: open ones from its messages, the others from the disk.
//!
//! A file is known by its name: the path without links and detours, or the address where there is no path.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use detente_language::source::Loader;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::lines::Lines;

/// Larger files on the disk are not read.
const LARGEST: u64 = 1 << 26;
/// Most files that are looked for in the folders of the editor, and how deep.
const MOST_FILES: usize = 2000;
const DEEPEST: usize = 12;

/// Characters of a path that cannot stand in an address.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A file that is open in the editor.
#[derive(Debug)]
pub struct Document {
    /// The address by which the editor calls it.
    pub uri: String,
    /// The editor's count of its changes.
    pub version: i32,
    /// Its text.
    pub lines: Lines,
}

/// Open files by name.
#[derive(Debug, Default)]
pub struct Files {
    /// Open files.
    pub open: HashMap<String, Document>,
}

impl Files {
    /// The address of a file.
    pub fn uri(&self, name: &str) -> String {
        match self.open.get(name) {
            Some(document) => document.uri.clone(),
            None => uri_of(name),
        }
    }

    /// The text of a file: as it is open, else from the disk.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn text(&self, name: &str) -> Result<String, String> {
        if let Some(document) = self.open.get(name) {
            return Ok(document.lines.text().to_owned());
        }
        let size = std::fs::metadata(name).map_err(|error| error.to_string())?;
        if !size.is_file() || size.len() > LARGEST {
            return Err("it is no file, or too large".to_owned());
        }
        let bytes = std::fs::read(name).map_err(|error| error.to_string())?;
        Ok(String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
    }
}

impl Loader for Files {
    fn load(&self, path: &str, from: &str) -> Result<(String, String), String> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let name = name_of_path(&folder.join(path));
        let text = self.text(&name)?;
        Ok((name, text))
    }
}

/// The name of the file at an address.
pub fn name_of(uri: &str) -> String {
    match path_of(uri) {
        Some(path) => name_of_path(&path),
        None => uri.to_owned(),
    }
}

fn name_of_path(path: &Path) -> String {
    // A file that is not on the disk yet has no canonical path; its folder may have.
    let whole = path.canonicalize().ok().or_else(|| {
        let folder = path.parent()?.canonicalize().ok()?;
        Some(folder.join(path.file_name()?))
    });
    let name = whole.unwrap_or_else(|| straight(path));
    let name = name.to_string_lossy();
    name.strip_prefix(r"\\?\").unwrap_or(&name).to_owned()
}

/// A path without `.` and `..`.
fn straight(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// The path of an address that begins with `file:`.
pub fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let bytes = path.as_bytes();
    if bytes.len() > 2 && bytes[1].is_ascii_alphabetic() && bytes[2] == b':' {
        return Some(PathBuf::from(&path[1..]));
    }
    if !host.is_empty() && host != "localhost" && cfg!(windows) {
        return Some(PathBuf::from(format!("//{host}{path}")));
    }
    Some(PathBuf::from(path.as_ref()))
}

/// The address of a file by its name; names that are addresses stay.
pub fn uri_of(name: &str) -> String {
    let windows = name.as_bytes().get(1) == Some(&b':');
    if !windows && !name.starts_with(['/', '\\']) {
        return name.to_owned();
    }
    let path = if windows {
        format!("/{}", name.replace('\\', "/"))
    } else {
        name.to_owned()
    };
    format!("file://{}", utf8_percent_encode(&path, ESCAPED))
}

/// Names of the scenarios in these folders. Hidden folders and those of build tools are left out, links to folders are not followed.
pub fn scenarios(folders: &[PathBuf]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<(PathBuf, usize)> = folders.iter().map(|f| (f.clone(), 0)).collect();
    while let Some((folder, depth)) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        let mut entries: Vec<_> = entries.flatten().collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            let skipped = name.starts_with('.') || name == "target" || name == "node_modules";
            if kind.is_dir() && !skipped && depth < DEEPEST {
                open.push((entry.path(), depth + 1));
            } else if kind.is_file() && name.ends_with(".detente") {
                found.push(name_of_path(&entry.path()));
            }
            if found.len() >= MOST_FILES {
                return found;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_names_belong_together() {
        for (uri, name) in [
            ("file:///no/such/a%20b.detente", "/no/such/a b.detente"),
            ("file:///no/./such/../x%25", "/no/x%"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
        ] {
            assert_eq!(name_of(uri), name);
        }
        assert_eq!(uri_of("/no/such/a b#é"), "file:///no/such/a%20b%23%C3%A9");
        assert_eq!(uri_of(r"C:\a b"), "file:///C:/a%20b");
        assert_eq!(uri_of("untitled:Untitled-1"), "untitled:Untitled-1");
        assert_eq!(path_of("file:///c%3A/x"), Some(PathBuf::from("c:/x")));
        assert_eq!(path_of("file:///%ff"), None, "no UTF-8");
        assert_eq!(path_of("file://"), None);
    }
}
