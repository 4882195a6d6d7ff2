//! A bar per issue and party: who cares how much, and where that differs.

use std::fmt::Write;

use super::DealPage;
use crate::html::markup::{Section, key, label};
use crate::number;

/// Issues shown; of more, those on which most hangs.
const MOST: usize = 15;
/// How many times as much one party must care as another for the issue to be room for trades.
const APART: f64 = 1.5;

pub(super) fn section(page: &DealPage) -> Option<Section> {
    let issues = &page.view.issues;
    if issues.is_empty() {
        return None;
    }
    let largest = |i: &usize| issues[*i].1.iter().copied().fold(0.0, f64::max);
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
        issue(&mut body, page, i);
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

fn issue(body: &mut String, page: &DealPage, i: usize) {
    let (name, shares) = &page.view.issues[i];
    let _ = write!(
        body,
        "<div class=\"stake\"><h3>{}</h3><p>{}</p><div class=\"weigh\">",
        label(name),
        differs(page, i)
    );
    for (p, (party, share)) in page.view.parties.iter().zip(shares).enumerate() {
        let _ = write!(
            body,
            "<span>{}{}</span><span class=\"track\"><span style=\"width:{:.1}%;--key:var(--actor-{})\"></span></span>\
             <span>{}</span>",
            key("actor", p),
            label(&party.name),
            share.clamp(0.0, 1.0) * 100.0,
            p % 10,
            number::percent(*share)
        );
    }
    body.push_str("</div></div>\n");
}

/// Whether the parties want the same, and who cares most and least; HTML.
fn differs(page: &DealPage, i: usize) -> String {
    let shares = &page.view.issues[i].1;
    let name = |p: usize| label(&page.view.parties[p].name);
    let caring: Vec<usize> = (0..shares.len()).filter(|p| shares[*p] > 0.0).collect();
    let [first, rest @ ..] = caring.as_slice() else {
        return "Nobody cares.".to_owned();
    };
    let best = page.best.get(i);
    let same = best.is_some_and(|best| rest.iter().all(|p| best.get(*p) == best.get(*first)));
    if rest.is_empty() {
        return format!(
            "Only {} cares: it can be given to it for something else.",
            name(*first)
        );
    }
    if same {
        let option = best.and_then(|best| best.get(*first));
        let option = option.map(|o| label(o)).unwrap_or_default();
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
