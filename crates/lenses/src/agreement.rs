//! Whether an agreement comes, and which.

use detente_findings::deal::list;
use detente_findings::headlines::percent;
use detente_findings::model::{
    Deal, Findings, Lens, LensAgreement, LensPackage, LensVerdict, PackagePoint,
};

use crate::input::{Play, Voices};
use crate::voices::{Heard, away, variants};

/// From which probability on the play counts as coming to it.
const LIKELY: f64 = 0.5;

/// What can be agreed, package by package; none where the scenario has no issues to agree on.
pub(crate) fn agreement(
    findings: &Findings,
    play: &Play,
    voices: Option<&Voices<'_>>,
    heard: Option<&Vec<Heard>>,
) -> Option<LensAgreement> {
    let (deal, packages) = (findings.deal.as_ref()?, findings.packages.as_ref()?);
    let package = |(at, point): (usize, &PackagePoint)| {
        let known = deal.packages.get(at);
        let refused_by = known.map_or_else(Vec::new, |known| refused_by(deal, &known.gains));
        LensPackage {
            label: point.label.clone().unwrap_or_default(),
            play: play.packages.get(at).copied().flatten(),
            blocked: refused_by.is_empty() && known.is_some_and(|known| !known.acceptable),
            refused_by,
            away: voices.zip(heard).and_then(|(voices, heard)| {
                let scales = voices.subject.table.issues();
                let place = |issue: usize| heard.get(issue).map(|heard| heard.median);
                away(&voices.levels, scales, &point.choices, place)
            }),
        }
    };
    Some(LensAgreement {
        signed: play.signed,
        offered: play.offered,
        outcomes: deal.outcomes,
        zone: deal.zone.count,
        packages: packages.named.iter().enumerate().map(package).collect(),
    })
}

/// Those at the table who would rather have no agreement.
fn refused_by(deal: &Deal, gains: &[f64]) -> Vec<String> {
    let parties = deal.parties.iter().zip(gains);
    let refuse = parties.filter(|(_, gain)| **gain < 0.0);
    refuse.map(|(party, _)| party.name.clone()).collect()
}

/// Whether the play comes to an agreement where there is one to be had.
pub(crate) fn signed(agreement: &LensAgreement) -> Option<LensVerdict> {
    let signed = agreement.signed?;
    let (zone, likely) = (agreement.zone > 0.0, signed >= LIKELY);
    let count = format!(
        "{:.0} of {:.0} agreements",
        agreement.zone, agreement.outcomes
    );
    let words = match zone {
        true => format!(
            "Everybody at the table would take {count} rather than none; in the play one is signed in {}.",
            percent(signed)
        ),
        false => format!(
            "Nothing that could be agreed is better than no agreement for everybody at the table; in the play one is signed in {}.",
            percent(signed)
        ),
    };
    let because = match (zone, likely) {
        (true, false) => agreement.offered.map(|offered| lost(agreement, offered)),
        (false, true) => Some(
            "What holds without agreement is worth another amount in the play, where it is not a fixed number but what would come \
             then: strikes, breakout, war."
                .to_owned(),
        ),
        _ => None,
    };
    Some(LensVerdict {
        lenses: [Lens::Play, Lens::Deal],
        agree: zone == likely,
        words,
        because,
    })
}

/// Where the play loses an agreement that everybody at the table would take.
fn lost(agreement: &LensAgreement, offered: f64) -> String {
    let home = match agreement.packages.iter().any(|package| package.blocked) {
        true => " Some of them would also be blocked at home.",
        false => "",
    };
    match offered >= LIKELY {
        true => format!(
            "Such terms are put forward in {}, so they fail later. Who would accept what is reckoned from preferences that are \
             known and promises that are kept; in the play each side doubts the other, and what comes after a signature \
             counts.{home}",
            percent(offered)
        ),
        false => format!(
            "Such terms are put forward in {} only. Who would accept what takes for granted that a good agreement gets on the \
             table; in the play a demand is a choice, made for what it brings with doubt, threats and later rounds in \
             view.{home}",
            percent(offered)
        ),
    }
}

/// Whether everybody would accept the package that lies nearest to the stakeholders' forecast.
pub(crate) fn nearest(
    agreement: &LensAgreement,
    findings: &Findings,
    voices: &Voices<'_>,
) -> Option<LensVerdict> {
    let distance = |package: &&LensPackage| package.away;
    let with = agreement
        .packages
        .iter()
        .filter(|package| package.away.is_some());
    let near = with.min_by(|a, b| {
        distance(a)
            .partial_cmp(&distance(b))
            .unwrap_or(std::cmp::Ordering::Equal)
    })?;
    let agree = near.refused_by.is_empty();
    let verdict = match agree {
        true if near.blocked => {
            "which everybody at the table would take, though somebody at home would block it"
                .to_owned()
        }
        true => "which everybody at the table would take rather than no agreement".to_owned(),
        false => format!("which {} would refuse", refusers(&near.refused_by)),
    };
    let words = format!(
        "Issue by issue the stakeholders’ forecast comes nearest to “{}” ({} of the scales away on average), {verdict}.",
        near.label,
        percent(near.away?)
    );
    Some(LensVerdict {
        lenses: [Lens::Deal, Lens::Forecast],
        agree,
        because: (!agree).then(|| otherwise(agreement, findings, voices)),
        words,
    })
}

/// Which weighing of the voices would come nearest to something that everybody accepts.
fn otherwise(agreement: &LensAgreement, findings: &Findings, voices: &Voices<'_>) -> String {
    let parties = findings.deal.iter().flat_map(|deal| &deal.parties);
    let table: Vec<String> = parties.map(|party| party.name.clone()).collect();
    let named = findings
        .packages
        .iter()
        .flat_map(|packages| &packages.named);
    let named: Vec<&PackagePoint> = named.collect();
    let scales = voices.subject.table.issues();
    let found = variants(voices, &table).into_iter().find_map(|variant| {
        let medians: Vec<Option<f64>> = (0..scales.len()).map(|at| variant.median(at)).collect();
        let far = |point: &&PackagePoint| {
            away(&voices.levels, scales, &point.choices, |at| {
                medians.get(at).copied().flatten()
            })
        };
        let all = named.iter().enumerate();
        let (at, _) = all
            .filter_map(|(at, point)| Some((at, far(point)?)))
            .min_by(|a, b| a.1.total_cmp(&b.1))?;
        let package = agreement.packages.get(at)?;
        package
            .refused_by
            .is_empty()
            .then(|| (variant, package.label.clone()))
    });
    match found {
        Some((variant, label)) => format!(
            "With {} it would come nearest to “{label}”, which all accept: {} makes the difference.",
            variant.words, variant.about
        ),
        None => "However the voices are weighed, the forecast asks only where they meet; it does not ask who would then rather \
                 have no agreement."
            .to_owned(),
    }
}

/// Who refuses, in a sentence.
fn refusers(names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    list(&names)
}
