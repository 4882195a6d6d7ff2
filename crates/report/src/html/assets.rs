//! The page's own files and libraries, carried inside the report.
//!
//! Modules stay modules: an import map gives each of them as a `data:` address under a name (`detente/charts/flow.js`),
//! which works from `file://` without a server. A `data:` address has no neighbours, so what modules import by a relative
//! address is imported by its name here.

use std::fmt::Write;

/// The page's style.
pub(crate) const STYLE: &str = include_str!("../../../../web/report.css");

/// Libraries in the order of loading: name, licence, code.
const LIBRARIES: [(&str, &str, &str); 3] = [
    (
        "d3",
        include_str!("../../../../web/vendor/d3/LICENSE"),
        include_str!("../../../../web/vendor/d3/d3.min.js"),
    ),
    (
        "d3-sankey",
        include_str!("../../../../web/vendor/d3-sankey/LICENSE"),
        include_str!("../../../../web/vendor/d3-sankey/d3-sankey.min.js"),
    ),
    (
        "plot",
        include_str!("../../../../web/vendor/plot/LICENSE"),
        include_str!("../../../../web/vendor/plot/plot.umd.min.js"),
    ),
];

macro_rules! modules {
    ($($path:literal),* $(,)?) => {
        [$((concat!("detente/", $path), include_str!(concat!("../../../../web/", $path)))),*]
    };
}

/// The modules that draw: name in the import map, code.
const MODULES: [(&str, &str); 11] = modules![
    "report.js",
    "lib/format.js",
    "lib/palette.js",
    "lib/page.js",
    "charts/endings.js",
    "charts/base_rates.js",
    "charts/flow.js",
    "charts/precision.js",
    "charts/values.js",
    "charts/tornado.js",
    "charts/scatter.js",
];

/// Everything that runs: the findings, given as JSON, as data, the import map, the libraries and the module that starts it.
pub(crate) fn scripts(json: &str) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<script type=\"application/json\" id=\"findings\">{}</script>",
        inert(json)
    );
    // Open without script, closed as soon as script will draw the pictures above them.
    out.push_str("<script>for (const d of document.querySelectorAll('details.data')) d.open = false;</script>\n");
    let imports: serde_json::Map<String, serde_json::Value> = MODULES
        .iter()
        .map(|(name, code)| ((*name).to_string(), data_address(&named(name, code)).into()))
        .collect();
    let map = serde_json::json!({ "imports": imports }).to_string();
    let _ = writeln!(out, "<script type=\"importmap\">{}</script>", inert(&map));
    for (name, licence, code) in LIBRARIES {
        let _ = writeln!(
            out,
            "<script>/* {name}\n\n{}\n*/\n{}</script>",
            licence.trim(),
            code.trim()
        );
    }
    out.push_str(
        "<script type=\"module\">import { start } from \"detente/report.js\"; start();</script>\n",
    );
    out
}

/// JSON that cannot end the script element it stands in, nor a line of script.
fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// A module that imports others by their names in the import map, where it imports them relative to its own place.
fn named(name: &str, code: &str) -> String {
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    code.replace("from \"./", &format!("from \"{folder}/"))
        .replace("from \"../", &format!("from \"{above}/"))
}

/// A module as a `data:` address (RFC 2397), percent-encoded (RFC 3986 §2.1).
fn data_address(code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 3 / 2);
    out.push_str("data:text/javascript;charset=utf-8,");
    for byte in code.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(byte as char),
            b'-' | b'_' | b'.' | b'~' | b'!' | b'*' | b'(' | b')' | b',' | b';' | b'=' | b':'
            | b'/' => {
                out.push(byte as char);
            }
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_leave_its_element() {
        let text = inert("\"</script><!--\u{2028}&\"");
        assert_eq!(text, "\"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026\"");
        let back: String = serde_json::from_str(&text).unwrap();
        assert_eq!(back, "</script><!--\u{2028}&");
    }

    #[test]
    fn modules_import_each_other_by_name() {
        for (name, code) in MODULES {
            for line in named(name, code).lines().filter(|l| l.contains(" from \"")) {
                let from = line
                    .split(" from \"")
                    .nth(1)
                    .and_then(|f| f.split('"').next());
                assert!(
                    MODULES.iter().any(|(n, _)| Some(*n) == from),
                    "{name}: {line}"
                );
            }
        }
    }

    #[test]
    fn libraries_cannot_end_their_element() {
        for (name, licence, code) in LIBRARIES {
            assert!(!code.contains("</script"), "{name}");
            assert!(
                !licence.contains("*/") && !licence.contains("</script"),
                "{name}"
            );
        }
    }

    #[test]
    fn addresses_hold_only_what_addresses_may() {
        let address = data_address("a = \"é#%\" // b");
        assert_eq!(
            address,
            "data:text/javascript;charset=utf-8,a%20=%20%22%C3%A9%23%25%22%20//%20b"
        );
    }
}
