//! The same crisis through other lenses, side by side.

use detente_findings::model::{
    Findings, Lens, LensAgreement, LensEquilibrium, LensIssue, LensOption, LensVerdict, Lenses,
};

use super::markup::{Column, Section, Table, escape, label, listed};
use crate::number::{self, Scale};

/// The section; none where the scenario has only its play.
pub(super) fn lenses(findings: &Findings) -> Option<Section> {
    let lenses = findings.lenses.as_ref()?;
    let mut body = format!("<p>{}</p>\n", escape(&intro(lenses)));
    body.push_str(&verdicts(&lenses.verdicts));
    if let Some(agreement) = &lenses.agreement {
        body.push_str(&packages(agreement));
    }
    if !lenses.issues.is_empty() {
        body.push_str(&issues(&lenses.issues));
    }
    if !lenses.options.is_empty() {
        body.push_str(&options(&lenses.options, &lenses.equilibria));
    }
    Some(Section {
        id: "lenses",
        title: "Other lenses",
        body,
    })
}

fn intro(lenses: &Lenses) -> String {
    let mut others = Vec::new();
    if lenses.agreement.is_some() {
        others.push("who would accept what, from preferences alone");
    }
    if !lenses.issues.is_empty() {
        others.push("where the wishes of many stakeholders meet");
    }
    if !lenses.options.is_empty() {
        others.push("from which states of the conflict nobody would move");
    }
    let others: Vec<String> = others.into_iter().map(str::to_owned).collect();
    format!(
        "Above, the crisis is played: somebody moves, somebody answers, and not everybody knows everything. From the same file \
         it can also be asked {}. Where such different ways to look agree, an answer is sturdier; where they do not, it \
         hangs on what one of them leaves out.",
        listed(&others)
    )
}

fn verdicts(verdicts: &[LensVerdict]) -> String {
    let item = |verdict: &LensVerdict| {
        let [one, other] = verdict.lenses;
        let (one, other) = (first(one), name(other));
        let because = verdict.because.as_ref();
        format!(
            "<li><strong>{one} and {other} {}.</strong> {}{}</li>\n",
            if verdict.agree { "agree" } else { "differ" },
            escape(&verdict.words.replace(" %", "\u{a0}%")),
            because.map_or_else(String::new, |because| format!(
                " <em>{}</em>",
                escape(&because.replace(" %", "\u{a0}%"))
            ))
        )
    };
    match verdicts {
        [] => "<p>They speak of different things here, so that there is nothing to compare.</p>\n"
            .to_owned(),
        verdicts => format!(
            "<ul class=\"said\">\n{}</ul>\n",
            verdicts.iter().map(item).collect::<String>()
        ),
    }
}

fn first(lens: Lens) -> &'static str {
    match lens {
        Lens::Play => "Play",
        Lens::Deal => "Deals",
        Lens::Forecast => "Forecast",
        Lens::Graph => "Graph",
    }
}

fn name(lens: Lens) -> &'static str {
    match lens {
        Lens::Play => "play",
        Lens::Deal => "deals",
        Lens::Forecast => "forecast",
        Lens::Graph => "graph",
    }
}

/// What can be agreed: play, deals and forecast.
fn packages(agreement: &LensAgreement) -> String {
    let packages = &agreement.packages;
    if packages.is_empty() {
        return String::new();
    }
    let played = packages.iter().any(|package| package.play.is_some());
    let tied = packages.iter().any(|package| package.away.is_some());
    let nearest = packages
        .iter()
        .filter_map(|package| package.away)
        .fold(f64::INFINITY, f64::min);
    let mut columns = vec![(Column::Head, "Package")];
    if played {
        columns.push((Column::Number, "Agreed in the play"));
    }
    columns.push((Column::Words, "Who would refuse it"));
    if tied {
        columns.push((Column::Number, "Off the forecast"));
    }
    let mut table = Table::new("What could be agreed, through three lenses", &columns).stacked();
    for package in packages {
        let mut row = vec![label(&package.label)];
        if played {
            row.push(package.play.map_or_else(|| "–".to_owned(), number::percent));
        }
        row.push(match package.refused_by.as_slice() {
            [] if package.blocked => "somebody at home".to_owned(),
            [] => "nobody at the table".to_owned(),
            names => listed(&names.iter().map(|name| label(name)).collect::<Vec<_>>()),
        });
        if tied {
            row.push(match package.away {
                Some(away) if away <= nearest => {
                    format!("<strong>{}</strong>", number::percent(away))
                }
                Some(away) => number::percent(away),
                None => "–".to_owned(),
            });
        }
        table.row(row);
    }
    let mut out = format!("<h3>What is agreed</h3>\n{}", table.html());
    if tied {
        out.push_str(
            "<p class=\"hint\">Off the forecast: how far the package lies from what the stakeholders’ forecast expects, as a \
             share of each scale, on average.</p>\n",
        );
    }
    out
}

/// Where issues with a scale come to rest.
fn issues(issues: &[LensIssue]) -> String {
    let any = |of: fn(&LensIssue) -> Option<f64>| issues.iter().any(|issue| of(issue).is_some());
    let (today, play, deal) = (any(|i| i.today), any(|i| i.play), any(|i| i.deal));
    let mut columns = vec![(Column::Head, "Issue")];
    if today {
        columns.push((Column::Number, "Today"));
    }
    if play {
        columns.push((Column::Number, "Play"));
        columns.push((Column::Number, "If agreed"));
    }
    if deal {
        columns.push((Column::Number, "Nash’s deal"));
    }
    columns.push((Column::Number, "Forecast"));
    columns.push((Column::Number, "5–95 %"));
    columns.push((Column::Number, "Compromise"));
    let mut table = Table::new("Where issues come to rest, through the lenses", &columns).stacked();
    for issue in issues {
        let scale = Scale::of([issue.high, issue.low]);
        let shown = |value: f64| scale.write(value);
        let cell = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), shown);
        let unit = match issue.unit.as_str() {
            "" => String::new(),
            unit => format!(" <span class=\"hint\">{}</span>", label(unit)),
        };
        let mut row = vec![format!("{}{unit}", label(&issue.label))];
        if today {
            row.push(cell(issue.today));
        }
        if play {
            row.push(cell(issue.play));
            row.push(cell(issue.play_agreed));
        }
        if deal {
            row.push(cell(issue.deal));
        }
        row.push(format!("<strong>{}</strong>", shown(issue.forecast)));
        let [low, high] = issue.forecast_range;
        row.push(format!("{} – {}", shown(low), shown(high)));
        row.push(cell(issue.compromise));
        table.row(row);
    }
    format!(
        "<h3>Where issues come to rest</h3>\n{}<p class=\"hint\">Play: what it expects, agreement or not. Nash’s deal: the agreement \
         with the largest product of gains over no agreement. Forecast: the median from the stakeholders’ positions, \
         influence and salience, with errors as in past negotiations. Compromise: their weighed mean.</p>\n",
        table.html()
    )
}

/// What is done, today, in the play and where the conflict comes to rest.
fn options(options: &[LensOption], equilibria: &[LensEquilibrium]) -> String {
    let today = options.iter().any(|option| option.today.is_some());
    let play = options.iter().any(|option| option.play.is_some());
    let mut columns = vec![(Column::Head, "Option")];
    if today {
        columns.push((Column::Words, "Today"));
    }
    if play {
        columns.push((Column::Number, "Play"));
    }
    let heads: Vec<String> = (1..=equilibria.len())
        .map(|at| format!("Lasting {at}"))
        .collect();
    columns.extend(heads.iter().map(|head| (Column::Words, head.as_str())));
    let mut table = Table::new(
        "What is done, by the play and where the conflict comes to rest",
        &columns,
    );
    let mark = |taken: bool| if taken { "yes" } else { "no" }.to_owned();
    for option in options {
        let mut row = vec![format!(
            "{}: {}",
            label(&option.actor),
            label(&option.label)
        )];
        if today {
            row.push(option.today.map_or_else(|| "–".to_owned(), mark));
        }
        if play {
            row.push(option.play.map_or_else(|| "–".to_owned(), number::percent));
        }
        row.extend(option.taken.iter().map(|taken| mark(*taken)));
        table.row(row);
    }
    let told = equilibria.iter().enumerate().map(|(at, state)| {
        format!(
            "<li>Lasting {}: “{}” (under {}){}.</li>\n",
            at + 1,
            label(&state.label),
            escape(&listed(&state.concepts)),
            match state.moves {
                Some(0) => "; it holds today".to_owned(),
                Some(moves) => format!(
                    "; {} from today, each in its mover’s interest",
                    number::counted(moves as usize, "move", "moves")
                ),
                None => String::new(),
            }
        )
    });
    let told: String = told.collect();
    let lasting = match equilibria {
        [] => "<p>From every state of the graph somebody would move on.</p>\n".to_owned(),
        _ => format!("<ul class=\"said\">\n{told}</ul>\n"),
    };
    format!("<h3>What is done</h3>\n{}{lasting}", table.html())
}
