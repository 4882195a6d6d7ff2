//! What it would be worth to actors to know the numbers before they decide.

use detente_findings::model::{Information, Instead, NumberWorth};

use super::doubt::{Told, near};
use super::markup::{Column, Section, Table, escape, key, label, listed};
use crate::number::{self, Scale};

/// Numbers that are shown of each actor, and other options that are named.
const MOST: usize = 8;
const OPTIONS: usize = 4;

/// What it would be worth to know.
pub(crate) fn information(told: &Told<'_>) -> Option<Section> {
    let all = &told.doubt.information;
    if all.is_empty() {
        return None;
    }
    let mut body = format!(
        "<p>An actor stands at its first decision, the one that the play comes to most often, and does not know the numbers: \
         it takes the option that is best for it on average over the {}. What more could it expect if it knew them first? \
         All others act as they would in any case, without noticing that it knows: what follows is the worth of <em>private</em> \
         knowledge, in the actor’s own units and at most. Had everybody seen it learn, they would act otherwise, and \
         knowing could even do harm.</p>\n",
        told.draws
    );
    let mut order: Vec<&Information> = all.iter().filter(|of| of.evpi > 0.0).collect();
    order.sort_by_key(|of| of.actor);
    for of in &order {
        body.push_str(&actor(told, of));
    }
    let sure = all.iter().filter(|of| of.evpi <= 0.0);
    let names: Vec<String> = sure.map(|of| label(&of.label)).collect();
    if !names.is_empty() {
        body.push_str(&format!(
            "<p>To {} knowing the numbers would be worth nothing, or hardly anything: whatever they are, no other \
             option is better than the one that is best on average.</p>\n",
            listed(&names)
        ));
    }
    if order.iter().any(|of| !of.numbers.is_empty()) {
        body.push_str(
            "<p class=\"hint\">Each number by itself, all others unknown: worths need not add up. Left out are numbers that \
             cannot be told from chance; one in a hundred of those that do not matter may still be here.</p>\n",
        );
    }
    Some(Section {
        id: "information",
        title: "What it would be worth to know",
        body,
    })
}

fn actor(told: &Told<'_>, of: &Information) -> String {
    let values = Scale::of(of.options.iter().map(|option| option.expected));
    let worths = Scale::of([of.evpi]);
    let (best, share) = (&of.options[of.best], of.options[of.best].best_in);
    let mut out = format!(
        "<h3>{}{}</h3>\n<p class=\"hint\">The decision: {}{}</p>\n<p>Without knowing the numbers the best option is \
         <strong>“{}”</strong>, which brings {} on average and is the best in {} of the {}. If it knew all numbers first, \
         {} could expect <strong>{} more</strong>.{}</p>\n",
        key("actor", of.actor),
        label(&of.label),
        escape(&of.decision),
        match of.reached {
            p if p > 0.9995 => String::new(),
            p => format!(" (come to in {} of play)", number::percent(p)),
        },
        label(&best.label),
        values.write(best.expected),
        number::percent(share),
        told.draws,
        label(&of.label),
        worths.write(of.evpi),
        others(of, values),
    );
    if of.numbers.is_empty() {
        out.push_str(&format!(
            "<p>In {} no number by itself can be told from chance: it may take several together, or more of these.</p>\n",
            told.draws
        ));
        return out;
    }
    let mut table = Table::new(
        &format!("What it would be worth to {} to know each number", of.label),
        &[
            (Column::Head, "Knowing"),
            (Column::Number, "Worth"),
            (
                Column::Words,
                "<span class=\"scale\"><span>0</span><span>all numbers</span></span>",
            ),
            (Column::Words, "Because it would then choose"),
        ],
    )
    .of_class("stacked drawn");
    for worth in of.numbers.iter().take(MOST) {
        table.row(vec![
            told.about(worth.number),
            worths.write(worth.worth),
            format!(
                "<span class=\"track\" style=\"--key:var(--actor-{})\" aria-hidden=\"true\"><span class=\"dark\" style=\"left:0;width:{:.1}%\"></span></span>",
                of.actor % 10,
                100.0 * (worth.worth / of.evpi).clamp(0.0, 1.0)
            ),
            because(told, of, worth),
        ]);
    }
    out.push_str(&table.html());
    let more = of.numbers.len().saturating_sub(MOST);
    if more > 0 {
        out.push_str(&format!("<p class=\"hint\">{more} more, worth less.</p>\n"));
    }
    out
}

/// In which share of draws other options are the best.
fn others(of: &Information, scale: Scale) -> String {
    let others = of.options.iter().enumerate();
    let others = others.filter(|(at, option)| *at != of.best && option.best_in >= 0.005);
    let mut others: Vec<_> = others.map(|(_, option)| option).collect();
    others.sort_by(|a, b| b.best_in.total_cmp(&a.best_in));
    let more = others.len().saturating_sub(OPTIONS);
    let mut others: Vec<String> = (others.iter().take(OPTIONS))
        .map(|option| {
            format!(
                "“{}” (best in {}, on average {})",
                label(&option.label),
                number::percent(option.best_in),
                scale.write(option.expected)
            )
        })
        .collect();
    if more > 0 {
        others.push(number::counted(more, "other", "others"));
    }
    match others.is_empty() {
        true => String::new(),
        false => format!(" Then it would sometimes take {}.", listed(&others)),
    }
}

fn because(told: &Told<'_>, of: &Information, worth: &NumberWorth) -> String {
    let Some(instead) = &worth.instead else {
        return "now this option, now that; no one limit tells".to_owned();
    };
    let Instead {
        option,
        above,
        limit,
    } = *instead;
    format!(
        "“{}” where it is {} about {}",
        label(&of.options[option].label),
        if above { "above" } else { "below" },
        near(&told.doubt.numbers[worth.number], limit)
    )
}
