//! Solution concepts, and how doubtful preferences are read.

use serde::{Deserialize, Serialize};

/// What makes a state stable for an actor. `i` is the actor, `s` the state, an *improvement* a move of one actor to a
/// state that it likes better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Concept {
    /// i has no improvement (Nash 1950).
    Nash,
    /// After every improvement of i the others have moves to a state that i likes no better than s (general
    /// metarationality; Howard 1971).
    General,
    /// … from which i does not get away by one more move either (symmetric metarationality; Howard 1971).
    SymmetricGeneral,
    /// As `General`, but the others use improvements of their own only (sequential stability; Fraser and Hipel 1984).
    Sequential,
    /// As `SymmetricGeneral`, but the others use improvements only (Rêgo and Vieira 2017).
    SymmetricSequential,
    /// Every improvement of i, taken together with improvements that others make from s at the same time, can end no
    /// better for i than s (simultaneous sanctioning; Fraser and Hipel 1984).
    Simultaneous,
    /// With so many moves ahead and everybody looking to the end, i prefers to stay (limited-move stability of that
    /// horizon; Zagare 1984; Kilgour 1985; Fang, Hipel and Kilgour 1993).
    Limited(u32),
    /// i prefers to stay at all horizons from some horizon on (non-myopic stability; Brams and Wittman 1981; Kilgour
    /// 1984).
    NonMyopic,
}

impl Concept {
    /// The five that are looked at first.
    pub const USUAL: [Concept; 5] = [
        Concept::Nash,
        Concept::General,
        Concept::SymmetricGeneral,
        Concept::Sequential,
        Concept::Simultaneous,
    ];

    /// Its name in words.
    pub fn name(self) -> String {
        match self {
            Concept::Nash => "Nash".to_owned(),
            Concept::General => "general metarational".to_owned(),
            Concept::SymmetricGeneral => "symmetric metarational".to_owned(),
            Concept::Sequential => "sequential".to_owned(),
            Concept::SymmetricSequential => "symmetric sequential".to_owned(),
            Concept::Simultaneous => "simultaneous".to_owned(),
            Concept::Limited(horizon) => format!("limited-move with horizon {horizon}"),
            Concept::NonMyopic => "non-myopic".to_owned(),
        }
    }
}

/// How preferences that are unknown or strong are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Everything is known, and degrees of preference do not count.
    #[default]
    Plain,
    /// Unknown preferences, extension a: the actor moves on a chance, and is deterred by what is surely no better only.
    UnknownA,
    /// Extension b: it moves for sure gains only, and is deterred by what is surely no better only.
    UnknownB,
    /// Extension c: it moves on a chance, and is deterred by what may be no better.
    UnknownC,
    /// Extension d: it moves for sure gains only, and is deterred by what may be no better.
    UnknownD,
    /// Strength of preference: only what is *much worse* than s deters (strong stability; Hamouda, Kilgour and Hipel
    /// 2004). A state that is stable under `Plain` but not so is weakly stable.
    Strong,
}

impl Reading {
    /// Whether it is made for unknown preferences.
    pub fn allows_unknown(self) -> bool {
        !matches!(self, Reading::Plain | Reading::Strong)
    }
}

/// How the others answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Countermoves {
    /// By any sequence in which nobody moves twice in a row (Fang, Hipel and Kilgour 1993).
    #[default]
    Sequences,
    /// By sequences in which everybody moves at most once, as the program gmcr-py reckons; for at most
    /// [`crate::MOST_LISTED`] states and [`MOST_ONCE`] others.
    Once,
}

/// The most others of whom each moves at most once.
pub const MOST_ONCE: usize = 8;

/// How an analysis is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How doubtful preferences are read.
    pub reading: Reading,
    /// How the others answer.
    pub countermoves: Countermoves,
    /// How many threads work; results are the same for any number.
    pub threads: usize,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            reading: Reading::default(),
            countermoves: Countermoves::default(),
            threads: 1,
        }
    }
}
