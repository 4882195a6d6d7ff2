//! The colours of the report, for pictures that stand alone. `web/report.css` has the same; a test compares them.

/// A colour by day and by night, as six hexadecimal digits each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour {
    pub(crate) light: &'static str,
    pub(crate) dark: &'static str,
}

const fn colour(light: &'static str, dark: &'static str) -> Colour {
    Colour { light, dark }
}

pub(crate) const PAPER: Colour = colour("fdfcfa", "15181d");
pub(crate) const INK: Colour = colour("1e2227", "e5e2dc");
pub(crate) const FAINT: Colour = colour("5a606a", "a4a9b2");
pub(crate) const GRID: Colour = colour("e7e2d9", "2a2f37");
pub(crate) const ACCENT: Colour = colour("23527c", "8ab6e4");

/// Of endings, by their place in the scenario.
pub(crate) const ENDINGS: [Colour; 10] = [
    colour("2f9585", "4fb8a6"),
    colour("c08a1e", "dca83f"),
    colour("3d3494", "8a80e0"),
    colour("c75a6b", "e07f8e"),
    colour("4a9fd0", "6fbbe8"),
    colour("882255", "b9568a"),
    colour("84842a", "b5b54f"),
    colour("117733", "4faa6b"),
    colour("aa4499", "cc77bd"),
    colour("747a84", "9aa0aa"),
];

/// Of actors, by their place in the scenario, and of answers.
pub(crate) const ACTORS: [Colour; 10] = [
    colour("2b5c9e", "7fb0ee"),
    colour("b04e26", "f0996f"),
    colour("39753a", "86c27f"),
    colour("84671a", "d6b65a"),
    colour("6a4c93", "b79ae0"),
    colour("9b2c4a", "e58aa3"),
    colour("1f7182", "6cc0d2"),
    colour("5d6570", "b0b5bd"),
    colour("7c4a2d", "cfa185"),
    colour("44508a", "a3aee0"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_sheet_has_the_same_colours() {
        let style = include_str!("../../../web/report.css");
        let (light, dark) = style.split_once("@media").unwrap();
        let mut named: Vec<(String, Colour)> = Vec::new();
        for (name, colour) in [
            ("paper", PAPER),
            ("ink", INK),
            ("faint", FAINT),
            ("grid", GRID),
            ("accent", ACCENT),
        ] {
            named.push((name.to_owned(), colour));
        }
        for (kind, colours) in [("ending", ENDINGS), ("actor", ACTORS)] {
            let numbered = colours.iter().enumerate();
            named.extend(numbered.map(|(i, colour)| (format!("{kind}-{i}"), *colour)));
        }
        for (name, colour) in named {
            assert!(
                light.contains(&format!("--{name}: #{};", colour.light)),
                "{name}"
            );
            assert!(
                dark.contains(&format!("--{name}: #{};", colour.dark)),
                "{name}"
            );
        }
    }
}
