//! The page as text: its sections, its safety, what it says without script.

use detente_findings::model::Findings;
use detente_report::html;

use crate::{minimal, sample};

const SECTIONS: [&str; 19] = [
    "headlines",
    "endings",
    "asks",
    "unfolds",
    "decisions",
    "precision",
    "fan",
    "tipping",
    "importance",
    "sensitivity",
    "conditions",
    "information",
    "scatter",
    "packages",
    "equilibria",
    "happened",
    "assumptions",
    "certificate",
    "scenario",
];

fn page(findings: &Findings) -> String {
    html(findings).unwrap()
}

/// The page without its scripts and its style.
fn body(page: &str) -> String {
    let body = page.split("</head>").nth(1).unwrap();
    body.split("<script").next().unwrap().to_string()
}

#[test]
fn every_section_is_there_and_in_the_contents() {
    let body = body(&page(&sample::findings()));
    for id in SECTIONS {
        assert!(body.contains(&format!("<section id=\"{id}\"")), "{id}");
        assert!(body.contains(&format!("<a href=\"#{id}\">")), "{id}");
    }
    for chart in [
        "endings",
        "base_rates",
        "flow",
        "precision",
        "values",
        "tornado",
        "scatter",
    ] {
        assert!(body.contains(&format!("data-chart=\"{chart}\"")), "{chart}");
    }
}

#[test]
fn what_it_would_be_worth_to_know_is_told_with_what_it_would_be_good_for() {
    let body = body(&page(&sample::findings()));
    let section = body.split("<section id=\"information\"").nth(1).unwrap();
    let section = section.split("</section>").next().unwrap();
    for words in [
        "could expect <strong>0.800 more</strong>",
        "Press &lt;hard&gt;",
        "“<bdi>Talk</bdi>” where it is above about",
        "knowing the numbers would be worth nothing",
    ] {
        assert!(section.contains(words), "{words} in {section}");
    }
}

#[test]
fn sections_by_themselves_are_those_of_the_page() {
    let findings = sample::findings();
    let page = page(&findings);
    let alone = detente_report::sections(&findings);
    let ids: Vec<&str> = alone.iter().map(|section| section.id).collect();
    assert!(SECTIONS.iter().all(|id| ids.contains(id)), "{ids:?}");
    let mut rest = page.as_str();
    for section in alone {
        let (_, after) = rest.split_once(&section.html).expect(section.id);
        rest = after;
    }
}

#[test]
fn sections_without_findings_are_left_out() {
    let body = body(&page(&minimal::findings()));
    let kept = ["endings", "asks", "certificate", "scenario"];
    for id in SECTIONS {
        assert_eq!(
            body.contains(&format!("\"{id}\"")),
            kept.contains(&id),
            "{id}"
        );
        assert_eq!(
            body.contains(&format!("\"#{id}\"")),
            kept.contains(&id),
            "{id}"
        );
    }
    assert_eq!(body.matches("<figure").count(), 1);
}

#[test]
fn hostile_labels_are_inert() {
    let mut findings = sample::findings();
    let evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\u{2028}";
    findings.scenario.title = evil.to_string();
    findings.scenario.file = evil.to_string();
    findings.scenario.text = format!("# {evil}\nnote \"{evil}\"\n{evil}");
    findings.scenario.sources = vec![evil.to_string()];
    findings.headlines[0] = evil.to_string();
    findings.endings[0].label = evil.to_string();
    findings.actors[0].label = evil.to_string();
    findings.asks[0].question = evil.to_string();
    findings.asks[0].query = evil.to_string();
    findings.flow.nodes[0].label = evil.to_string();
    findings.flow.stages[0] = evil.to_string();
    findings.decisions[0].name = evil.to_string();
    findings.decisions[0].options[0].label = evil.to_string();
    findings.decisions[0].beliefs[0].words = evil.to_string();
    findings.courses[0].steps[0].words = evil.to_string();
    findings.assumptions[0].id = evil.to_string();
    findings.assumptions[0].source = evil.to_string();
    findings.assumptions[0].distribution = evil.to_string();
    findings.tornado[0].param = evil.to_string();
    if let Some(doubt) = &mut findings.doubt {
        doubt.numbers[0].id = evil.to_string();
        doubt.numbers[1].about = evil.to_string();
        doubt.outputs[5].label = evil.to_string();
        doubt.conditions[0].what = evil.to_string();
        doubt.conditions[0].boxes[0].words = evil.to_string();
    }
    findings.base_rates[0].source = evil.to_string();
    findings.happened[0].words = evil.to_string();
    findings.happened[0].date = evil.to_string();
    findings.certificate.sentence = evil.to_string();
    findings.certificate.worst_set = Some(evil.to_string());
    findings.expects[0].text = evil.to_string();
    if let Some(deal) = &mut findings.deal {
        deal.title = evil.to_string();
        deal.parties[0].name = evil.to_string();
        deal.issues[0].name = evil.to_string();
        deal.issues[0].favourites[0] = evil.to_string();
        deal.solutions[0].agreed = evil.to_string();
        deal.packages[0].name = evil.to_string();
        deal.packages[0].agreed = evil.to_string();
        deal.packages[0].help = evil.to_string();
        deal.win_sets[0].name = evil.to_string();
        deal.planes[0].marks[0].name = evil.to_string();
        deal.sentences[0] = evil.to_string();
    }
    let hostile = page(&findings);
    let harmless = page(&sample::findings());
    assert!(!hostile.contains("<img"));
    assert!(!hostile.contains("alert(1)</script>"));
    for tag in ["<script", "</script>", "<style", "</style>"] {
        assert_eq!(
            hostile.matches(tag).count(),
            harmless.matches(tag).count(),
            "{tag}"
        );
    }
}

#[test]
fn the_findings_are_carried_whole() {
    let mut findings = sample::findings();
    findings
        .scenario
        .text
        .push_str("# </script> <!-- \u{2028} é");
    let page = page(&findings);
    let data = page
        .split("id=\"findings\">")
        .nth(1)
        .and_then(|rest| rest.split("</script>").next())
        .unwrap();
    let back: Findings = serde_json::from_str(data).unwrap();
    assert_eq!(back, findings);
}

#[test]
fn words_and_numbers_are_readable_without_script() {
    let findings = sample::findings();
    let body = body(&page(&findings)).replace('\u{a0}', " ");
    assert!(body.contains("They follow from judgements"));
    for headline in &findings.headlines {
        assert!(body.contains(headline.as_str()));
    }
    for text in [
        "37 %",
        "21–53 %",
        "&lt;0.1 %",
        "−14.8",
        "chance that a covert dash is found",
    ] {
        assert!(body.contains(text), "{text}");
    }
    // Every picture says its message in words and numbers.
    for figure in body.split("<figure").skip(1) {
        let alt = figure
            .split("aria-label=\"")
            .nth(1)
            .and_then(|a| a.split('"').next())
            .unwrap();
        assert!(alt.len() > 60, "{alt}");
        assert!(figure.contains("<table>") || figure.contains("<svg class=\"plane"));
    }
    assert!(body.contains("<span class=\"k\">chooses</span>"));
}

#[test]
fn a_failed_solution_is_said_at_the_top() {
    let mut findings = sample::findings();
    findings.certificate.trustworthy = false;
    findings.certificate.sentence = "It ran out of time.".to_string();
    let body = body(&page(&findings));
    let header = body.split("</header>").next().unwrap();
    assert!(header.contains("not trustworthy") && header.contains("It ran out of time."));
}

#[test]
fn nothing_is_fetched() {
    let page = page(&sample::findings());
    let (head, _) = page.split_once("<script").unwrap();
    for way in [
        "src=",
        "<link rel=\"stylesheet\"",
        "url(",
        "@import",
        "http:",
        "https:",
    ] {
        assert!(!head.contains(way), "{way}");
    }
    assert!(!page.contains("<script src"));
    assert!(page.len() < 900_000, "{} bytes", page.len());
}

#[test]
fn a_path_that_turns_back_is_shown_once_and_said() {
    let mut findings = sample::findings();
    assert!(!page(&findings).contains("turns back"));
    let mut again = findings.precision[20].clone();
    again.precision = findings.precision[10].precision * 1.01;
    again.endings[0] = 0.777;
    findings.precision.insert(21, again);
    let page = page(&findings);
    assert!(page.contains("turns back to lower precision"));
    let body = body(&page).replace('\u{a0}', " ");
    // The table shows the picture's points: the later of two answers to one precision.
    let table = body
        .split("Endings against precision</caption>")
        .nth(1)
        .unwrap();
    let precisions: Vec<f64> = table
        .split("</table>")
        .next()
        .unwrap()
        .split("<th scope=\"row\">")
        .skip(1)
        .filter_map(|row| row.split('<').next()?.parse().ok())
        .collect();
    assert!(precisions.len() > 10);
    assert!(precisions.windows(2).all(|w| w[0] < w[1]), "{precisions:?}");
}

#[test]
fn other_equilibria_stand_beside_the_one_shown() {
    let mut findings = sample::findings();
    let several = body(&page(&findings));
    for words in [
        "<strong>2 equilibria</strong>",
        "No. 2 (one of many)",
        "from 16 random starts (1 of them given up)",
    ] {
        assert!(several.contains(words), "{words}");
    }
    if let Some(facts) = &mut findings.equilibria {
        facts.others.clear();
        facts.searched.status = "time_limit".to_string();
    }
    let alone = body(&page(&findings));
    assert!(
        alone.contains(
            "16 random starts (1 of them given up, cut short by the time limit) found no other equilibrium"
        )
    );
}

#[test]
fn what_could_be_agreed_is_told_as_on_its_own_page() {
    let mut findings = sample::findings();
    let whole = body(&page(&findings));
    let start = whole.find("<section id=\"packages\"").unwrap();
    let section = whole[start..].split("</section>").next().unwrap();
    let deal = findings.deal.clone().unwrap();
    for part in [
        "Who cares about what",
        "Win-sets",
        "And ratified",
        "Acceptable in draws",
        "Egalitarian and utilitarian compare",
        "<svg class=\"plane wide\"",
        "<svg class=\"plane narrow\"",
    ] {
        assert!(section.contains(part), "{part}");
    }
    let own = detente_report::deal_html(&deal);
    let picture = own.split("<figure>").nth(1).unwrap();
    let picture = picture.split("</figure>").next().unwrap();
    assert!(section.contains(picture), "the same picture");
    for sentence in &deal.sentences {
        assert!(
            section.contains(&sentence.replace('&', "&amp;")),
            "{sentence}"
        );
    }
    // Where there is too much to analyse, the count remains.
    findings.deal = None;
    assert!(body(&page(&findings)).contains("too many to say more"));
}
