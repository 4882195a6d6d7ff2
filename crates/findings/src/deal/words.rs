//! What a negotiator would want to know of what was found, in sentences that hold for any input.

use detente_deal::{Count, Lever, Mend, Ratification, Ratifier, Space, Switch, Tip, Tipping};

use super::Found;

/// The sentences: packages, what opens or closes the zone, politics at home, doubt.
pub(super) fn sentences(found: &Found) -> Vec<String> {
    let space = &found.space;
    let mut sentences: Vec<String> = (0..found.packages.len())
        .map(|k| package(found, k))
        .collect();
    let styled = space.parties().iter().zip(&found.styles);
    sentences.extend(styled.filter_map(|(party, style)| {
        let style = (*style)?;
        let (who, word) = (&party.party, style.word());
        Some(format!(
            "{who} bargains in the style “{word}”: it {}.",
            style.manner()
        ))
    }));
    sentences.extend(tips(space, &found.analysis.tipping));
    if let Some((ratifiers, home)) = &found.ratification {
        sentences.extend(at_home(space, ratifiers, home));
    }
    if let Some(doubt) = &found.doubt {
        sentences.push(format!(
            "In {} of {} draws of the doubtful numbers some outcome is acceptable to all; most often, in {}, this \
             one: {}.",
            percent(doubt.open),
            doubt.draws,
            percent(doubt.safest_share),
            agreed(space, &doubt.safest)
        ));
    }
    sentences
}

/// Who gains by a package, who would block it, what would change that, and how sure that is.
fn package(found: &Found, k: usize) -> String {
    let looked = &found.analysis.packages[k];
    let all = found.everyone.parties();
    let values = found.everyone.values(&looked.outcome);
    let gains: Vec<f64> = values
        .iter()
        .zip(all)
        .map(|(v, p)| v - p.fallback)
        .collect();
    let seats = found.space.parties().len();
    let losers = |from: usize, to: usize| -> Vec<&str> {
        (from..to)
            .filter(|p| gains[*p] < 0.0)
            .map(|p| all[p].party.as_str())
            .collect()
    };
    let (table, home) = (losers(0, seats), losers(seats, all.len()));
    let mut words = format!("“{}” leaves ", found.packages[k]);
    words += &match table.as_slice() {
        [] if gains[..seats].contains(&0.0) => {
            "nobody at the table worse off than without a deal".to_owned()
        }
        [] => match seats {
            1 => format!("{} above its fallback", all[0].party),
            2 => "both above their fallbacks".to_owned(),
            _ => format!("all {seats} parties above their fallbacks"),
        },
        [one] => format!("{one} worse off than without a deal"),
        some => format!("{} worse off than without a deal", list(some)),
    };
    if !home.is_empty() {
        let joint = if table.is_empty() { "; but" } else { ";" };
        words += &format!("{joint} {} would block it at home", list(&home));
    }
    words += ".";
    if !table.is_empty() || !home.is_empty() {
        words += &match &found.mends[k] {
            Some(mend) => format!(" {}", mended(&found.everyone, &gains, mend)),
            None => " No change of one or two issues would make it acceptable to all.".to_owned(),
        };
    } else if let Some(trade) = looked.trades.first() {
        words += &format!(
            " Nobody at the table would lose, and somebody would gain, with {}.",
            steps(&found.space, &trade.switches)
        );
    }
    words + &doubtful(found, k)
}

/// The smallest change that all accept.
fn mended(space: &Space, before: &[f64], mend: &Mend) -> String {
    let to = |switch: &Switch| step(space, switch);
    match mend.switches.as_slice() {
        [only] => format!("All would accept it with {}.", to(only)),
        [first, second] => match buys(space, before, mend, [first, second]) {
            Some(((asked, for_whom), (given, to_whom))) => format!(
                "{for_whom} would accept it with {}; {} buys that from {to_whom}.",
                to(asked),
                to(given)
            ),
            None => format!("All would accept it with {} and {}.", to(first), to(second)),
        },
        _ => String::new(),
    }
}

/// A switch and whom it concerns.
type Side<'a> = (&'a Switch, String);

/// Which of two switches satisfies all who refused, but not some others, whom the other switch wins back: the one with
/// those who refused, the other with those whom it must win back.
fn buys<'a>(
    space: &Space,
    before: &[f64],
    mend: &Mend,
    [first, second]: [&'a Switch; 2],
) -> Option<(Side<'a>, Side<'a>)> {
    let names = |of: &[usize]| {
        let names: Vec<&str> = of
            .iter()
            .map(|p| space.parties()[*p].party.as_str())
            .collect();
        list(&names)
    };
    let refused: Vec<usize> = (0..before.len()).filter(|p| before[*p] < 0.0).collect();
    [(first, second), (second, first)]
        .into_iter()
        .find_map(|(asked, given)| {
            let mut outcome = mend.outcome.clone();
            outcome[given.issue] = given.from;
            let values = space.values(&outcome);
            let lost: Vec<usize> = (0..values.len())
                .filter(|p| values[*p] < space.parties()[*p].fallback)
                .collect();
            let won = refused.iter().all(|p| !lost.contains(p));
            (won && !lost.is_empty()).then(|| ((asked, names(&refused)), (given, names(&lost))))
        })
}

fn step(space: &Space, switch: &Switch) -> String {
    let issue = &space.domain().issues()[switch.issue];
    format!(
        "{} “{}” instead of “{}”",
        issue.name,
        issue.label(switch.to as usize),
        issue.label(switch.from as usize)
    )
}

/// Some switches, in words.
pub(super) fn steps(space: &Space, switches: &[Switch]) -> String {
    let steps: Vec<String> = switches.iter().map(|s| step(space, s)).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    list(&steps)
}

/// In how many draws all accept a package; if not in all, who refuses most often.
fn doubtful(found: &Found, k: usize) -> String {
    let Some(refused) = found.refused.as_ref().and_then(|refused| refused.get(k)) else {
        return String::new();
    };
    let share = refused.all;
    let often = (refused.each.iter().zip(found.everyone.parties()))
        .filter(|(share, _)| **share > 0.0)
        .reduce(|a, b| if b.0 > a.0 { b } else { a });
    let decides = if (0.1..=0.9).contains(&share) {
        "The doubtful numbers decide: all accept it"
    } else {
        "All accept it"
    };
    match often {
        None => " It stays acceptable to all in every draw of the doubtful numbers.".to_owned(),
        Some((most, party)) => format!(
            " {decides} in {} of the draws; it is most often refused by {}, in {}.",
            percent(share),
            party.party,
            percent(*most)
        ),
    }
}

/// What an outcome settles.
pub fn agreed(space: &Space, outcome: &[u32]) -> String {
    let issues = space.domain().issues().iter().zip(outcome);
    let parts: Vec<String> = issues
        .map(|(issue, &k)| format!("{} {}", issue.name, issue.label(k as usize)))
        .collect();
    parts.join(", ")
}

/// "a, b and c".
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

fn percent(share: f64) -> String {
    match share * 100.0 {
        x if x > 0.0 && x < 0.5 => "less than 1 %".to_owned(),
        x if (99.5..100.0).contains(&x) => "more than 99 %".to_owned(),
        x => format!("{x:.0} %"),
    }
}

/// The smallest change of each kind of number that stays on the scale on which such numbers are written.
fn tips(space: &Space, tipping: &Tipping) -> Vec<String> {
    let verb = if tipping.open { "close" } else { "open" };
    let kinds: [fn(Lever) -> bool; 3] = [
        |lever| lever == Lever::Fallback,
        |lever| matches!(lever, Lever::Weight { .. }),
        |lever| matches!(lever, Lever::Score { .. }),
    ];
    kinds
        .into_iter()
        .filter_map(|kind| {
            let all = tipping.tips.iter();
            all.copied()
                .find(|tip| kind(tip.lever) && on_scale(space, tip, tipping.open))
        })
        .map(|tip| {
            let beyond = match (tipping.open, tip.up) {
                (true, true) => "above",
                (true, false) => "below",
                (false, _) => "to",
            };
            format!(
                "The zone would {verb} with {} moved from {} {beyond} {}.",
                number(space, &tip),
                digits(tip.from),
                digits(tip.to)
            )
        })
        .collect()
}

/// Whether a number can move there without leaving its scale: for scores the span of the party's own scores, or 0 to 1
/// where all of them lie in it; for weights the same, from 0. A zone closes only `beyond` the number.
fn on_scale(space: &Space, tip: &Tip, beyond: bool) -> bool {
    let Some(additive) = space.parties()[tip.party].as_additive() else {
        return true;
    };
    let numbers: Vec<f64> = match tip.lever {
        Lever::Fallback => return true,
        Lever::Weight { .. } => additive.weights.clone(),
        Lever::Score { .. } => additive.scores.concat(),
    };
    let mut low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let mut high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if low >= 0.0 && high <= 1.0 {
        (low, high) = (0.0, 1.0);
    }
    if matches!(tip.lever, Lever::Weight { .. }) {
        low = 0.0;
    }
    match beyond {
        true if tip.up => tip.to < high,
        true => tip.to > low,
        false => (low..=high).contains(&tip.to),
    }
}

/// Four digits.
fn digits(x: f64) -> String {
    let places = (3 - x.abs().max(1e-9).log10().floor() as i32).clamp(0, 6) as usize;
    let text = format!("{x:.places$}").replace('-', "−");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn number(space: &Space, tip: &Tip) -> String {
    let party = &space.parties()[tip.party].party;
    let issues = space.domain().issues();
    match tip.lever {
        Lever::Fallback => format!("{party}’s fallback"),
        Lever::Weight { issue } => format!("{party}’s weight of {}", issues[issue].name),
        Lever::Score { issue, option } => format!(
            "{party}’s score of {} in {}",
            issues[issue].label(option as usize),
            issues[issue].name
        ),
    }
}

/// A number of outcomes; of an estimate, also how many were drawn and its standard error.
fn number_of(count: Count) -> String {
    match count {
        Count::Exact(count) => count.to_string(),
        Count::Estimated {
            count,
            standard_error,
            sample,
        } => format!("about {count:.2e} ({sample} drawn, standard error {standard_error:.1e})"),
    }
}

fn at_home(space: &Space, ratifiers: &[Ratifier], home: &Ratification) -> Vec<String> {
    let mut sentences: Vec<String> = ratifiers
        .iter()
        .zip(&home.each)
        .map(|(ratifier, effect)| {
            let name = &ratifier.preferences.party;
            let of = &space.parties()[ratifier.of].party;
            let kept = format!(
                "{name} would ratify {} of the {} outcomes that the negotiators accept",
                number_of(effect.zone),
                number_of(home.zone_without)
            );
            match &effect.shift {
                Some(shift) => format!(
                    "{kept}; the veto moves {of}’s value of the Nash solution by {}.",
                    digits(shift[ratifier.of])
                ),
                None if effect.zone.value() == 0.0 => format!("{kept}: no agreement is left."),
                None => format!("{kept}."),
            }
        })
        .collect();
    if let Some(nash) = &home.with.nash {
        sentences.push(format!(
            "With ratification, the Nash solution is: {}.",
            agreed(space, &nash.outcome)
        ));
    }
    sentences
}
