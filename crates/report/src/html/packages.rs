//! Packages: what could be agreed, and who gains.

use detente_findings::model::{Findings, PackagePoint, Packages};

use super::actor_index;
use super::markup::{Column, Figure, Section, Table, escape, key, label};
use crate::number::{self, Scale};

/// Scatter of values, named packages, and weights of the issues.
pub(super) fn packages(findings: &Findings) -> Option<Section> {
    let packages = findings.packages.as_ref()?;
    if packages.actors.is_empty() || packages.issues.is_empty() {
        return None;
    }
    let scale = Scale::of(
        packages
            .all
            .iter()
            .chain(&packages.named)
            .flat_map(|p| p.values.iter().copied()),
    );
    let mut body = format!("<p>{}</p>\n", zone_sentence(packages));
    let table = points_table(findings, packages, scale);
    if packages.actors.len() >= 2 && !(packages.all.is_empty() && packages.named.is_empty()) {
        body.push_str(
            &Figure {
                chart: "packages",
                title: "Who gains from which package",
                note: "Each dot is a full agreement, placed by what it is worth to two actors. The lines are their fallbacks, \
                       what each has without agreement; in the shaded corner both are better off with one. Filled dots are \
                       efficient: nobody could have more without another having less.",
                alt: &packages_alt(packages, scale),
                table: &table,
            }
            .html(),
        );
    } else {
        body.push_str(&table);
    }
    body.push_str(&weights_table(findings, packages));
    Some(Section {
        id: "packages",
        title: "What could be agreed",
        body,
    })
}

fn zone_sentence(packages: &Packages) -> String {
    let (all, good) = (packages.count, packages.acceptable_to_all);
    let share = number::percent(good as f64 / all.max(1) as f64);
    let named = packages
        .named
        .iter()
        .filter(|p| p.acceptable_to_all)
        .count();
    let zone = match good {
        0 => format!(
            "None of the {} possible agreements leaves every actor at least as well off as its fallback: there is no zone of agreement.",
            number::count(all)
        ),
        _ => format!(
            "Of {} possible agreements, {} ({share}) leave every actor at least as well off as its fallback: the zone of agreement.",
            number::count(all),
            number::count(good)
        ),
    };
    match packages.named.len() {
        0 => zone,
        n => format!(
            "{zone} Of the {n} packages that the scenario names, {named} {} in it.",
            if named == 1 { "lies" } else { "lie" }
        ),
    }
}

fn packages_alt(packages: &Packages, scale: Scale) -> String {
    let actors: Vec<&str> = packages.actors.iter().map(|a| a.label.as_str()).collect();
    let said: Vec<String> = packages
        .named
        .iter()
        .map(|p| {
            let values: Vec<String> = actors
                .iter()
                .zip(&p.values)
                .map(|(a, v)| format!("{} to {a}", scale.write(*v)))
                .collect();
            format!(
                "{} is worth {}",
                p.label.as_deref().unwrap_or("a package"),
                values.join(", ")
            )
        })
        .collect();
    format!(
        "Dots of agreements by their value to two actors. {}{}",
        zone_sentence(packages),
        if said.is_empty() {
            String::new()
        } else {
            format!(" {}.", said.join("; "))
        }
    )
}

/// The named packages, or the efficient ones where none is named.
fn points_table(findings: &Findings, packages: &Packages, scale: Scale) -> String {
    let named = !packages.named.is_empty();
    let caption = if named {
        "Packages of the scenario"
    } else {
        "Efficient agreements"
    };
    let mut table = Table::new(caption, &[(Column::Head, "Package")]);
    for actor in &packages.actors {
        let name = format!(
            "{}{}",
            key("actor", actor_index(findings, &actor.id)),
            label(&actor.label)
        );
        table.column(Column::Number, &name);
    }
    table.column(Column::Words, "Better than the fallback for");
    table.column(Column::Words, "Efficient");
    let points: Vec<&PackagePoint> = if named {
        packages.named.iter().collect()
    } else {
        packages
            .all
            .iter()
            .filter(|p| p.efficient)
            .take(20)
            .collect()
    };
    for point in points {
        let mut row = vec![point_words(packages, point)];
        row.extend(point.values.iter().map(|v| scale.write(*v)));
        row.push(gainers(packages, point));
        row.push(if point.efficient { "yes" } else { "no" }.to_string());
        table.row(row);
    }
    let mut fallback = vec!["<i>Fallback</i>".to_string()];
    fallback.extend(packages.actors.iter().map(|a| scale.write(a.fallback)));
    fallback.extend([String::new(), String::new()]);
    table.row(fallback);
    table.html()
}

fn point_words(packages: &Packages, point: &PackagePoint) -> String {
    let choices: Vec<String> = packages
        .issues
        .iter()
        .zip(&point.choices)
        .map(|(issue, &o)| {
            let option = issue.options.get(o).map_or("?", String::as_str);
            format!("{}: {}", escape(&issue.label), escape(option))
        })
        .collect();
    let choices = choices.join(" · ");
    match &point.label {
        Some(name) => format!("{}<br><small>{choices}</small>", label(name)),
        None => format!("<small>{choices}</small>"),
    }
}

fn gainers(packages: &Packages, point: &PackagePoint) -> String {
    let gain: Vec<String> = packages
        .actors
        .iter()
        .zip(&point.values)
        .filter(|(a, v)| **v >= a.fallback)
        .map(|(a, _)| label(&a.label))
        .collect();
    match gain.len() {
        0 => "nobody".to_string(),
        n if n == packages.actors.len() => "<strong>all</strong>".to_string(),
        _ => gain.join(", "),
    }
}

fn weights_table(findings: &Findings, packages: &Packages) -> String {
    let mut table = Table::new(
        "How much each issue weighs with each actor",
        &[(Column::Head, "Issue"), (Column::Words, "Options")],
    );
    for actor in &packages.actors {
        let name = format!(
            "{}{}",
            key("actor", actor_index(findings, &actor.id)),
            label(&actor.label)
        );
        table.column(Column::Number, &name);
    }

    for (i, issue) in packages.issues.iter().enumerate() {
        let options: Vec<String> = issue.options.iter().map(|o| label(o)).collect();
        let mut row = vec![label(&issue.label), options.join(", ")];
        row.extend(packages.actors.iter().map(|a| {
            a.weights
                .get(i)
                .map_or_else(String::new, |w| number::plain(*w, false))
        }));
        table.row(row);
    }
    format!("<h3>What is at issue</h3>\n{}", table.html())
}
