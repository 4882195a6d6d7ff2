//! A bar per issue and party: who cares how much, and where that differs.

use std::fmt::Write;

use detente_findings::model::{Deal, DealIssue};

use crate::html::markup::{Column, Section, Table, escape, key, label};
use crate::number::{self, Scale};

/// Issues shown; of more, those on which most hangs.
const MOST: usize = 15;
/// How many times as much one party must care as another for the issue to be room for trades.
const APART: f64 = 1.5;

pub(super) fn section(deal: &Deal) -> Option<Section> {
    let issues = &deal.issues;
    if issues.iter().all(|issue| issue.stakes.is_empty()) {
        return options(deal);
    }
    let largest = |i: &usize| issues[*i].stakes.iter().copied().fold(0.0, f64::max);
    let mut shown: Vec<usize> = (0..issues.len()).collect();
    if shown.len() > MOST {
        shown.sort_by(|a, b| largest(b).total_cmp(&largest(a)).then(a.cmp(b)));
        shown.truncate(MOST);
        shown.sort_unstable();
    }
    let mut body = String::from(
        "<p>What hangs on each issue, as a share of all that a party can win or lose. Where one cares more than another, \
         there is room for trades: each gives way where it cares less.</p>\n",
    );
    for i in shown {
        issue(&mut body, deal, i);
    }
    let left = issues.len().saturating_sub(MOST);
    if left > 0 {
        let words = number::counted(left, "more issue", "more issues");
        let _ = writeln!(body, "<p class=\"hint\">{words} on which less hangs.</p>");
    }
    Some(Section {
        id: "issues",
        title: "Who cares about what",
        body,
    })
}

/// What options are worth, where no issue has a weight of its own.
fn options(deal: &Deal) -> Option<Section> {
    let mut body = String::from(
        "<p>Values are given outcome by outcome, so that no issue has a weight of its own. This is what each option is \
         worth on average over all else that may be agreed and, after it, at best.</p>\n",
    );
    let shown = deal.issues.iter().filter(|issue| !issue.options.is_empty());
    let mut any = false;
    for issue in shown.take(MOST) {
        any = true;
        let mut table = Table::new(&issue.name, &[(Column::Head, "Option")]);
        for party in &deal.parties {
            table.column(Column::Number, &escape(&party.name));
        }
        for option in &issue.options {
            let mut row = vec![label(&option.name)];
            let parties = deal.parties.iter().zip(&option.mean).zip(&option.best);
            row.extend(parties.map(|((party, mean), best)| {
                let scale = Scale::of([party.worst, party.best]);
                format!("{} · {}", scale.write(*mean), scale.write(*best))
            }));
            table.row(row);
        }
        body += &table.html();
    }
    any.then_some(Section {
        id: "issues",
        title: "What each option is worth",
        body,
    })
}

fn issue(body: &mut String, deal: &Deal, i: usize) {
    let issue = &deal.issues[i];
    let _ = write!(
        body,
        "<div class=\"stake\"><h3>{}</h3><p>{}</p><div class=\"weigh\">",
        label(&issue.name),
        differs(deal, i)
    );
    for (party, share) in deal.parties.iter().zip(&issue.stakes) {
        let _ = write!(
            body,
            "<span>{}{}</span><span class=\"track\"><span style=\"width:{:.1}%;--key:var(--actor-{})\"></span></span>\
             <span>{}</span>",
            key("actor", party.colour),
            label(&party.name),
            share.clamp(0.0, 1.0) * 100.0,
            party.colour % 10,
            number::percent(*share)
        );
    }
    body.push_str("</div></div>\n");
}

/// Whether the parties want the same, and who cares most and least; HTML.
fn differs(deal: &Deal, i: usize) -> String {
    let DealIssue {
        stakes: shares,
        favourites: best,
        ..
    } = &deal.issues[i];
    let name = |p: usize| label(&deal.parties[p].name);
    let caring: Vec<usize> = (0..shares.len()).filter(|p| shares[*p] > 0.0).collect();
    let [first, rest @ ..] = caring.as_slice() else {
        return "Nobody cares.".to_owned();
    };
    let same = rest.iter().all(|p| best.get(*p) == best.get(*first));
    if rest.is_empty() {
        return format!(
            "Only {} cares: it can be given to it for something else.",
            name(*first)
        );
    }
    if same {
        let option = best.get(*first).map(|o| label(o)).unwrap_or_default();
        return format!("All who care want the same: {option}.");
    }
    let by = |a: &&usize, b: &&usize| shares[**a].total_cmp(&shares[**b]).then(b.cmp(a));
    let (Some(&most), Some(&least)) = (caring.iter().max_by(by), caring.iter().min_by(by)) else {
        return String::new();
    };
    let times = shares[most] / shares[least];
    if times >= APART {
        format!(
            "Room for a trade: {} cares {} times as much as {}.",
            name(most),
            number::plain((times * 10.0).round() / 10.0, false),
            name(least)
        )
    } else {
        "Opposed, and about as important to all who care.".to_owned()
    }
}
