//! Building blocks of the page: escaped text, tables, figures, sections.

use std::fmt::Write;

pub(crate) use crate::escape::markup as escape;

/// A label of the scenario, of any script and direction.
pub(crate) fn label(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(text))
}

/// Program text in a line.
pub(crate) fn code(text: &str) -> String {
    format!("<code dir=\"ltr\">{}</code>", escape(text))
}

/// The square that carries an ending's or actor's colour through all charts.
pub(crate) fn key(kind: &str, index: usize) -> String {
    format!(
        "<span class=\"key\" style=\"background:var(--{kind}-{})\"></span>",
        index % 10
    )
}

/// How a column of a table is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Names its row.
    Head,
    /// Words.
    Words,
    /// Right-aligned numbers.
    Number,
}

/// A table. Titles and cells are HTML already.
pub(crate) struct Table {
    caption: String,
    columns: Vec<(Column, String)>,
    rows: Vec<Vec<String>>,
    class: &'static str,
}

impl Table {
    pub(crate) fn new(caption: &str, columns: &[(Column, &str)]) -> Table {
        Table {
            caption: caption.to_string(),
            columns: columns
                .iter()
                .map(|&(kind, title)| (kind, title.to_string()))
                .collect(),
            rows: Vec::new(),
            class: "",
        }
    }

    /// A table whose rows become small blocks where the page is as narrow as a phone.
    pub(crate) fn stacked(self) -> Table {
        self.of_class("stacked")
    }

    /// A table with a class of the style sheet.
    pub(crate) fn of_class(mut self, class: &'static str) -> Table {
        self.class = class;
        self
    }

    pub(crate) fn column(&mut self, kind: Column, title: &str) {
        self.columns.push((kind, title.to_string()));
    }

    pub(crate) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// The table in a box that scrolls by itself where the page is too narrow.
    pub(crate) fn html(&self) -> String {
        let mut out = format!(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\"><table{1}><caption>{0}</caption><thead><tr>",
            escape(&self.caption),
            match self.class {
                "" => String::new(),
                class => format!(" class=\"{class}\""),
            }
        );
        for (kind, title) in &self.columns {
            let class = if *kind == Column::Number {
                " class=\"n\""
            } else {
                ""
            };
            let _ = write!(out, "<th scope=\"col\"{class}>{title}</th>");
        }
        out.push_str("</tr></thead><tbody>\n");
        for row in &self.rows {
            out.push_str("<tr>");
            for ((kind, title), cell) in self.columns.iter().zip(row) {
                let _ = match kind {
                    Column::Head => write!(out, "<th scope=\"row\">{cell}</th>"),
                    Column::Words => write!(out, "<td>{cell}</td>"),
                    Column::Number if self.class.starts_with("stacked") && !cell.is_empty() => {
                        write!(out, "<td class=\"n\" data-title=\"{title}\">{cell}</td>")
                    }
                    Column::Number => write!(out, "<td class=\"n\">{cell}</td>"),
                };
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></div>\n");
        out
    }
}

/// A chart that the page's modules draw, with what stands for it where it cannot be seen.
pub(crate) struct Figure<'a> {
    /// Which module draws it: `web/charts/NAME.js`.
    pub(crate) chart: &'a str,
    /// Title.
    pub(crate) title: &'a str,
    /// What the picture shows and how to read it; HTML.
    pub(crate) note: &'a str,
    /// The message of the numbers in a sentence or two, for those who do not see the picture.
    pub(crate) alt: &'a str,
    /// Its data as a table; HTML.
    pub(crate) table: &'a str,
}

impl Figure<'_> {
    pub(crate) fn html(&self) -> String {
        format!(
            "<figure id=\"figure-{chart}\">\n<figcaption><h3>{title}</h3><p>{note}</p></figcaption>\n\
             <div class=\"controls\" data-controls></div>\n\
             <div class=\"plot\" data-chart=\"{chart}\" role=\"img\" aria-label=\"{alt}\"></div>\n\
             <details class=\"data\" open><summary>Numbers of this picture</summary>\n{table}</details>\n</figure>\n",
            chart = self.chart,
            title = escape(self.title),
            note = self.note,
            alt = escape(self.alt),
            table = self.table,
        )
    }
}

/// One section of the report.
pub(crate) struct Section {
    /// Fragment of its address.
    pub(crate) id: &'static str,
    /// Heading.
    pub(crate) title: &'static str,
    /// Everything under the heading; HTML.
    pub(crate) body: String,
}

impl Section {
    pub(crate) fn html(&self) -> String {
        format!(
            "<section id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{}</h2>\n{}</section>\n",
            self.title,
            self.body,
            id = self.id
        )
    }
}

/// "a", "a and b", "a, b and c".
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_english() {
        let words = |s: &str| s.split(' ').map(str::to_string).collect::<Vec<_>>();
        assert_eq!(listed(&words("a")), "a");
        assert_eq!(listed(&words("a b c")), "a, b and c");
    }
}
