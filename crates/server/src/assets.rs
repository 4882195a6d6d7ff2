//! The page and its files, from inside the program or from a folder.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

static TABLE: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The page itself.
pub const PAGE: &str = "workbench/index.html";

/// Where the page's files come from.
#[derive(Clone, Debug, Default)]
pub enum Assets {
    /// From inside the program.
    #[default]
    Embedded,
    /// From this folder (the `web/` of the source), read anew each time: for whoever works on the page.
    Folder(PathBuf),
}

/// A file of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// What stands in it.
    pub bytes: std::borrow::Cow<'static, [u8]>,
    /// Its media type.
    pub media: &'static str,
}

impl Assets {
    /// The file of this path below `web/`.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<Asset> {
        let media = media(path)?;
        let bytes = match self {
            Assets::Embedded => {
                let at = TABLE.binary_search_by(|(name, _)| (*name).cmp(path)).ok()?;
                std::borrow::Cow::Borrowed(TABLE[at].1)
            }
            Assets::Folder(folder) => {
                let plain = |part: &str| !part.is_empty() && !part.starts_with('.');
                if !path.split('/').all(plain) || path.contains('\\') || path.contains(':') {
                    return None;
                }
                std::fs::read(folder.join(Path::new(path))).ok()?.into()
            }
        };
        Some(Asset { bytes, media })
    }
}

/// Media type by the ending of a name; none for what no page needs.
fn media(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.').unwrap_or(("", path));
    Some(match ending {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" | "md" | "LICENSE" => "text/plain; charset=utf-8",
        _ if path.ends_with("/LICENSE") => "text/plain; charset=utf-8",
        _ => return None,
    })
}

/// Hashes of the inline import maps of a page, as the content security policy names them: the only script that may
/// stand in the page.
#[must_use]
pub fn import_maps(page: &str) -> Vec<String> {
    const OPENING: &str = "<script type=\"importmap\">";
    let after = page.split(OPENING).skip(1);
    let maps = after.filter_map(|rest| rest.split_once("</script>"));
    maps.map(|(map, _)| format!("'sha256-{}'", base64(&Sha256::digest(map))))
        .collect()
}

/// Bytes in base 64 (RFC 4648 §4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            match i <= chunk.len() {
                true => out.push(LETTERS[(group >> (18 - 6 * i) & 63) as usize].into()),
                false => out.push('='),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_as_in_its_definition() {
        // RFC 4648 §10.
        let known = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, coded) in known {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn files_of_the_page_and_nothing_else() {
        let inside = Assets::Embedded;
        assert!(
            inside
                .get("report.css")
                .is_some_and(|file| file.media.starts_with("text/css"))
        );
        assert_eq!(inside.get("test/report.mjs"), None);
        let folder = Assets::Folder(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web"));
        assert_eq!(folder.get("report.css"), inside.get("report.css"));
        for path in [
            "../README.md",
            "./report.css",
            "charts//flow.js",
            "..\\README.md",
            "/etc/passwd.txt",
            "",
        ] {
            assert_eq!(folder.get(path), None, "{path}");
        }
    }

    #[test]
    fn an_import_map_is_known_by_its_hash() {
        let page = "<script type=\"importmap\">{}</script><script src=\"x\"></script>";
        // printf '{}' | openssl dgst -sha256 -binary | base64
        assert_eq!(
            import_maps(page),
            ["'sha256-RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o='"]
        );
    }
}
