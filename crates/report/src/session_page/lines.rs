//! What the offers of a session were worth to each party, round by round.

use std::fmt::Write;

use super::{SessionPage, offers_of};
use crate::deal_page::plane::{Format, NARROW, WIDE};
use crate::escape::markup;
use crate::html::markup::{Section, escape, key, label};
use crate::paper::columns;
use crate::vary::Scale;

/// Height of a picture.
const HEIGHT: f64 = 220.0;
/// Name of the line of the fallback.
const WITHOUT: &str = "without a deal";
/// Width of a column of the letters in use.
const COLUMN: f64 = 6.9;

pub(super) fn section(page: &SessionPage) -> Section {
    let mut body = String::from(
        "<p>For each party, in its own points: what its own offers would have given it (the line) and what the others \
         offered it (the small rings). It concedes where the line falls; where line and rings meet, there is a deal.</p>\n\
         <div class=\"planes\">\n",
    );
    for party in 0..page.deal.parties.len() {
        body += &figure(page, party);
    }
    body += "</div>\n";
    Section {
        id: "rounds",
        title: "Round by round",
        body,
    }
}

fn figure(page: &SessionPage, party: usize) -> String {
    let named = &page.deal.parties[party];
    let [style, manner] = &page.styles[party];
    let alt = alternative(page, party);
    let pictures: String = [WIDE, NARROW]
        .map(|format| Chart::new(page, party, format).svg(&alt))
        .concat();
    format!(
        "<figure>\n<figcaption><h3>{}{}, {}</h3><p>It {}.</p></figcaption>\n{pictures}</figure>\n",
        key("actor", named.colour),
        label(&named.name),
        escape(style),
        escape(manner),
    )
}

/// The message of the picture for those who do not see it.
fn alternative(page: &SessionPage, party: usize) -> String {
    let named = &page.deal.parties[party];
    let scale = crate::number::Scale::of([named.fallback, named.worst, named.best]);
    let mut own = offers_of(page, party).map(|(round, values)| (round, values[party]));
    let first = own.next();
    let words = match (first, own.last()) {
        (None, _) => "it makes no offer".to_owned(),
        (Some((_, only)), None) => format!("its one offer is worth {} to it", scale.write(only)),
        (Some((_, first)), Some((round, last))) => format!(
            "its first offer is worth {} to it, its last, in round {round}, {}",
            scale.write(first),
            scale.write(last)
        ),
    };
    format!(
        "What offers are worth to {} by round: {words}; without a deal it has {}.",
        named.name,
        scale.write(named.fallback)
    )
}

struct Chart<'a> {
    page: &'a SessionPage,
    party: usize,
    format: Format,
    rounds: Scale,
    values: Scale,
    /// Left, top, right, bottom.
    frame: [f64; 4],
}

impl<'a> Chart<'a> {
    fn new(page: &'a SessionPage, party: usize, format: Format) -> Chart<'a> {
        let offered = page.turns.iter().filter_map(|turn| turn.values.as_ref());
        let offered = offered.map(|values| values[party]);
        let named = &page.deal.parties[party];
        let (low, high) = (named.worst, named.best);
        // A fallback far below all outcomes would squeeze the offers into a corner.
        let room = (high - low) * 0.35;
        let fallback = named.fallback.clamp(low - room, high + room);
        let values = Scale::around(offered.chain([fallback]), 4);
        let last = page.turns.last().map_or(1, |turn| turn.round);
        let numbers = values.ticks.iter();
        let left = numbers.map(|tick| columns(&values.words(*tick)));
        let left = left.fold(1.0, f64::max) * COLUMN + 10.0;
        Chart {
            page,
            party,
            format,
            rounds: Scale::exact(1.0, f64::from(last.max(2)), format.ticks, false),
            values,
            frame: [left, 12.0, format.width - 18.0, HEIGHT - 40.0],
        }
    }

    fn x(&self, round: u32) -> f64 {
        let [left, _, right, _] = self.frame;
        left + self.rounds.share(f64::from(round)) * (right - left)
    }

    fn y(&self, value: f64) -> f64 {
        let [_, top, _, bottom] = self.frame;
        bottom - self.values.share(value) * (bottom - top)
    }

    fn svg(&self, alt: &str) -> String {
        let mut out = format!(
            "<svg class=\"plane {}\" width=\"{w}\" height=\"{HEIGHT}\" \
             viewBox=\"0 0 {w} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\n",
            self.format.class,
            markup(alt),
            w = self.format.width,
        );
        self.axes(&mut out);
        self.fallback(&mut out);
        self.received(&mut out);
        self.own(&mut out);
        self.agreement(&mut out);
        out + "</svg>\n"
    }

    fn axes(&self, out: &mut String) {
        let [left, _, right, bottom] = self.frame;
        for tick in &self.values.ticks {
            let y = self.y(*tick);
            let _ = writeln!(
                out,
                "<path class=\"grid\" d=\"M{left:.1} {y:.1}H{right}\"/><text class=\"faint\" x=\"{:.1}\" y=\"{:.1}\" \
                 text-anchor=\"end\">{}</text>",
                left - 6.0,
                y + 4.0,
                self.values.words(*tick)
            );
        }
        for tick in self.rounds.ticks.iter().filter(|t| t.fract() == 0.0) {
            let _ = writeln!(
                out,
                "<text class=\"faint\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                self.x(*tick as u32),
                bottom + 17.0,
                self.rounds.words(*tick)
            );
        }
        let _ = writeln!(
            out,
            "<text class=\"name\" x=\"{right}\" y=\"{:.1}\" text-anchor=\"end\">Round →</text>",
            HEIGHT - 5.0
        );
    }

    fn fallback(&self, out: &mut String) {
        let [left, top, right, bottom] = self.frame;
        let fallback = self.page.deal.parties[self.party].fallback;
        if !(self.values.low..=self.values.high).contains(&fallback) {
            return;
        }
        let y = self.y(fallback);
        let (start, foot) = self.quiet_place(y, [left, top, right, bottom]);
        let _ = writeln!(
            out,
            "<path class=\"fallback\" d=\"M{left:.1} {y:.1}H{right}\"/><text class=\"back halo\" x=\"{start:.1}\" \
             y=\"{foot:.1}\">{WITHOUT}</text>",
        );
    }

    /// Where the name of the line at height `y` covers fewest points: its start and its foot.
    fn quiet_place(&self, y: f64, [left, top, right, bottom]: [f64; 4]) -> (f64, f64) {
        let wide = columns(WITHOUT) * COLUMN;
        let steps = 8;
        let stretch = (right - left - wide - 8.0).max(0.0);
        let starts = (0..=steps).map(|k| left + 4.0 + stretch * f64::from(k) / f64::from(steps));
        let feet = [y - 5.0, y + 15.0].map(|foot| foot.clamp(top + 10.0, bottom - 3.0));
        let places = starts.flat_map(|start| feet.map(|foot| (start, foot)));
        let points: Vec<(f64, f64)> = (self.page.turns.iter())
            .filter_map(|turn| Some((turn.round, turn.values.as_ref()?[self.party])))
            .map(|(round, value)| (self.x(round), self.y(value)))
            .collect();
        let covered = |(start, foot): &(f64, f64)| {
            let inside = points.iter().filter(|(x, y)| {
                (start - 3.0..start + wide + 3.0).contains(x)
                    && (foot - 14.0..foot + 6.0).contains(y)
            });
            inside.count()
        };
        places.min_by_key(covered).unwrap_or((left + 4.0, feet[0]))
    }

    /// What the others' offers are worth to the party.
    fn received(&self, out: &mut String) {
        for turn in self.page.turns.iter().filter(|t| t.party != self.party) {
            let Some(values) = &turn.values else { continue };
            let colour = self.page.deal.parties[turn.party].colour % 10;
            let _ = writeln!(
                out,
                "<circle class=\"received\" style=\"--key:var(--actor-{colour})\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"2.6\"/>",
                self.x(turn.round),
                self.y(values[self.party])
            );
        }
    }

    fn own(&self, out: &mut String) {
        let mut line = String::new();
        let mut dots = String::new();
        for (round, values) in offers_of(self.page, self.party) {
            let (x, y) = (self.x(round), self.y(values[self.party]));
            let letter = if line.is_empty() { 'M' } else { 'L' };
            let _ = write!(line, "{letter}{x:.1} {y:.1}");
            let _ = write!(dots, "M{x:.1} {y:.1}h0");
        }
        let colour = self.page.deal.parties[self.party].colour % 10;
        let _ = writeln!(
            out,
            "<g class=\"path\" style=\"--key:var(--actor-{colour})\"><path class=\"own\" d=\"{line}\"/>\
             <path class=\"stops\" d=\"{dots}\"/></g>"
        );
    }

    fn agreement(&self, out: &mut String) {
        let Some(agreement) = &self.page.agreement else {
            return;
        };
        let (x, y) = (
            self.x(agreement.round),
            self.y(agreement.values[self.party]),
        );
        let _ = writeln!(
            out,
            "<circle class=\"agreement\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"6\"><title>agreed in round {}</title></circle>",
            agreement.round
        );
    }
}
