//! The terminal summary: snapshots, and what must hold at every width.

use detente_report::{TextOptions, text};
use unicode_width::UnicodeWidthStr;

use crate::{minimal, sample};

fn plain(width: usize) -> TextOptions {
    TextOptions {
        width,
        color: false,
        unicode: true,
    }
}

#[test]
fn at_40_columns() {
    insta::assert_snapshot!(text(&sample::findings(), plain(40)));
}

#[test]
fn at_80_columns() {
    insta::assert_snapshot!(text(&sample::findings(), plain(80)));
}

#[test]
fn at_120_columns() {
    insta::assert_snapshot!(text(&sample::findings(), plain(120)));
}

#[test]
fn in_ascii_without_a_trustworthy_solution() {
    let mut findings = sample::findings();
    findings.certificate.trustworthy = false;
    findings.certificate.sentence = "It was interrupted at precision 3.".to_string();
    findings.endings[0].label = "معامله‌ای که دوام دارد".to_string();
    let options = TextOptions {
        width: 80,
        color: false,
        unicode: false,
    };
    let out = text(&findings, options);
    assert!(out.is_ascii());
    insta::assert_snapshot!(out);
}

#[test]
fn with_the_very_least() {
    insta::assert_snapshot!(text(&minimal::findings(), plain(80)));
}

#[test]
fn fits_on_one_screen() {
    let mut findings = sample::findings();
    for width in [100, 120, 200] {
        let lines = text(&findings, plain(width)).lines().count();
        assert!(lines <= 45, "{lines} lines at {width}");
    }
    let asks = findings.asks.clone();
    findings.asks = asks.iter().cycle().take(60).cloned().collect();
    let out = text(&findings, plain(100));
    assert!(out.lines().count() <= 45);
    assert!(out.contains("more answers in the report"));
}

#[test]
fn is_never_wider_than_the_terminal_whatever_the_script() {
    let mut findings = sample::findings();
    findings.endings[0].label = "معامله‌ای که دوام دارد و همه از آن سود می‌برند".to_string();
    findings.endings[1].label = "一項破裂的協議以及其後果 ❤️❤️❤️❤️❤️❤️❤️❤️ 👩‍👩‍👧‍👦".to_string();
    findings.asks[0].question = "伊朗會在協議上作弊嗎？".repeat(6);
    findings.scenario.title = "Aufstiegswahrscheinlichkeitsberechnung".repeat(4);
    for color in [false, true] {
        for width in 24..150 {
            let out = text(
                &findings,
                TextOptions {
                    width,
                    color,
                    unicode: true,
                },
            );
            for line in out.lines() {
                let columns = without_codes(line).width();
                assert!(columns <= width, "{columns} columns at {width}: {line}");
            }
        }
    }
}

#[test]
fn colour_only_adds_codes() {
    let findings = sample::findings();
    let with = text(
        &findings,
        TextOptions {
            color: true,
            ..plain(90)
        },
    );
    assert!(with.contains("\u{1b}[1m"));
    let bare: Vec<String> = with
        .lines()
        .map(|l| without_codes(l).trim_end().to_string())
        .collect();
    let plain = text(&findings, plain(90));
    assert_eq!(bare, plain.lines().collect::<Vec<_>>());
}

#[test]
fn labels_cannot_command_the_terminal() {
    let mut findings = sample::findings();
    findings.endings[2].label = "\u{1b}]0;owned\u{7}\u{202e}pressure\r\n".to_string();
    findings.scenario.title = "\u{1b}[2J title".to_string();
    let out = text(&findings, plain(80));
    assert!(out.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!out.contains('\u{202e}'));
}

/// A line without ANSI colour codes.
fn without_codes(line: &str) -> String {
    let mut out = String::new();
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(|c| *c == 'm');
        } else {
            out.push(c);
        }
    }
    out
}
