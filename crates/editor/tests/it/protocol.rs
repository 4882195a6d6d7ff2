//! The server through its protocol.

use serde_json::{Value, json};

use crate::conversation::{Editor, at};

const URI: &str = "untitled:one";
const TEXT: &str = "actor us \"U𝔸S\"\nparam cost = 20 in 5 .. 40\noutcome war\nplay {\n    us chooses move { stay, go }\n    if move == stay { gain us -cost }\n    end war\n}\n";

fn codes(published: &Value) -> Vec<&str> {
    let list = published["diagnostics"].as_array().unwrap();
    list.iter().map(|d| d["code"].as_str().unwrap()).collect()
}

fn change(editor: &mut Editor, version: i32, changes: Value) {
    let id = json!({ "uri": URI, "version": version });
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": id, "contentChanges": changes }),
    );
}

fn range(line: u32, from: u32, to: u32) -> Value {
    json!({ "start": { "line": line, "character": from }, "end": { "line": line, "character": to } })
}

#[test]
fn a_whole_conversation() {
    let (mut editor, result) = Editor::ready(json!({ "processId": null, "capabilities": {} }));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(result["serverInfo"]["name"], "detente");
    editor.open(URI, TEXT);
    let published = editor.diagnostics(URI);
    assert_eq!(codes(&published), Vec::<&str>::new());
    assert_eq!(published["version"], 1);

    // A misspelt option, behind characters of two units; then another change in the same message.
    change(
        &mut editor,
        2,
        json!([
            { "range": range(5, 15, 19), "text": "stey" },
            { "range": range(0, 13, 13), "text": "é" },
        ]),
    );
    let published = editor.diagnostics(URI);
    assert_eq!(codes(&published), ["E0204"]);
    let found = &published["diagnostics"][0];
    assert_eq!(found["range"], range(5, 15, 19));
    assert_eq!(found["severity"], 1);
    assert!(
        found["message"]
            .as_str()
            .unwrap()
            .contains("did you mean `stay`?")
    );
    assert_eq!(published["version"], 2);

    let actions = editor.result(
        "textDocument/codeAction",
        json!({ "textDocument": { "uri": URI }, "range": range(5, 16, 16), "context": { "diagnostics": [] } }),
    );
    assert_eq!(actions[0]["title"], "Write `stay`");
    assert_eq!(actions[0]["edit"]["changes"][URI][0]["newText"], "stay");

    let items = editor.result("textDocument/completion", at(URI, 5, 17));
    let labels: Vec<&str> = items
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["stay", "go"]);
    assert_eq!(items[0]["textEdit"]["range"], range(5, 15, 19));

    // Behind a blank only names are offered by themselves, and nothing where words may stand as well.
    let mut blank = at(URI, 6, 8);
    blank["context"] = json!({ "triggerKind": 2, "triggerCharacter": " " });
    let items = editor.result("textDocument/completion", blank.clone());
    assert_eq!(items[0]["label"], "war");
    blank["position"] = json!({ "line": 6, "character": 4 });
    let items = editor.result("textDocument/completion", blank);
    assert_eq!(items, json!([]));

    change(&mut editor, 3, json!([{ "text": TEXT }]));
    assert_eq!(codes(&editor.diagnostics(URI)), Vec::<&str>::new());

    let hover = editor.result("textDocument/hover", at(URI, 5, 32));
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("Best guess: **20**")
    );
    let definition = editor.result("textDocument/definition", at(URI, 5, 32));
    assert_eq!(
        definition,
        json!([{ "uri": URI, "range": range(1, 6, 10) }])
    );
    let mut params = at(URI, 1, 7);
    params["context"] = json!({ "includeDeclaration": true });
    let references = editor.result("textDocument/references", params);
    assert_eq!(references.as_array().unwrap().len(), 2);
    let marks = editor.result("textDocument/documentHighlight", at(URI, 1, 7));
    assert_eq!(marks.as_array().unwrap().len(), 2);

    let prepared = editor.result("textDocument/prepareRename", at(URI, 5, 32));
    assert_eq!(prepared["placeholder"], "cost");
    let mut params = at(URI, 5, 32);
    params["newName"] = json!("price");
    let edit = editor.result("textDocument/rename", params.clone());
    assert_eq!(edit["changes"][URI].as_array().unwrap().len(), 2);
    params["newName"] = json!("us");
    let refused = editor.ask("textDocument/rename", params);
    assert_eq!(refused["error"]["message"], "`us` is taken");

    let id = json!({ "textDocument": { "uri": URI } });
    let symbols = editor.result("textDocument/documentSymbol", id.clone());
    assert_eq!(symbols[3]["name"], "play");
    assert_eq!(symbols[3]["children"][0]["name"], "move");
    let folds = editor.result("textDocument/foldingRange", id.clone());
    assert_eq!(folds, json!([{ "startLine": 3, "endLine": 6 }]));
    let tokens = editor.result("textDocument/semanticTokens/full", id.clone());
    let data = tokens["data"].as_array().unwrap();
    assert_eq!(data.len() % 5, 0);
    assert_eq!(data[..5], [0, 0, 5, 0, 0].map(Value::from), "`actor`");
    let help = editor.result("textDocument/signatureHelp", at(URI, 5, 32));
    assert_eq!(help, Value::Null);

    change(
        &mut editor,
        4,
        json!([{ "range": range(2, 0, 8), "text": "outcome   " }]),
    );
    let format = |options: Value| json!({ "textDocument": { "uri": URI }, "options": options });
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let edits = editor.result("textDocument/formatting", format(options));
    assert!(
        edits[0]["newText"]
            .as_str()
            .unwrap()
            .ends_with("\noutcome war\n")
    );
    assert_eq!(edits.as_array().unwrap().len(), 1);

    let page = editor.result("detente/explain", json!({ "code": "E0204" }));
    assert!(page.as_str().unwrap().starts_with("# E0204"));

    editor.tell("textDocument/didClose", id);
    while editor.diagnostics(URI).get("version").is_some() {}
    assert!(editor.end());
}

#[test]
fn texts_that_do_not_parse_are_told_of_and_answered() {
    let (mut editor, _) = Editor::ready(json!({ "capabilities": {} }));
    let broken = TEXT
        .replace("{ stay, go }", "{ stay, go")
        .replace("end war", "if move == ");
    editor.open(URI, &broken);
    let published = editor.diagnostics(URI);
    assert!(
        codes(&published).iter().any(|c| c.starts_with("E01")),
        "{published}"
    );
    let related = &published["diagnostics"].to_string();
    assert!(related.contains("relatedInformation"), "{related}");
    let hover = editor.result("textDocument/hover", at(URI, 1, 7));
    assert!(
        hover["contents"]["value"]
            .as_str()
            .unwrap()
            .contains("**20**")
    );
    let refused = editor.ask(
        "textDocument/formatting",
        json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 4, "insertSpaces": true } }),
    );
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("formatted")
    );
    assert!(editor.end());
}

#[test]
fn other_units_and_pages_are_agreed() {
    let (mut editor, result) = Editor::ready(json!({
        "capabilities": { "general": { "positionEncodings": ["utf-16", "utf-8"] } },
        "initializationOptions": { "errorPages": "https://example.org/errors/" },
    }));
    assert_eq!(result["capabilities"]["positionEncoding"], "utf-8");
    editor.open(URI, "actor us \"𝔸\" actor us\n");
    let published = editor.diagnostics(URI);
    let found = &published["diagnostics"][0];
    assert_eq!(found["range"], range(0, 22, 24));
    assert_eq!(
        found["codeDescription"]["href"],
        "https://example.org/errors/E0201"
    );
    assert_eq!(
        found["relatedInformation"][0]["location"]["range"],
        range(0, 6, 8)
    );
    assert!(editor.end());
}

#[test]
fn files_that_include_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let file = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).unwrap();
        format!("file://{}/{name}", folder.display())
    };
    let base_text = "param cost = 2\n";
    let base = file("base.detente", base_text);
    let one_text = "use \"base.detente\"\nlet one = cost + 1\n";
    let one = file("one.detente", one_text);
    let two = file(
        "two.detente",
        "use \"./base.detente\"\nlet two = cost + 2\n",
    );
    let (mut editor, _) = Editor::ready(json!({
        "capabilities": {},
        "workspaceFolders": [{ "uri": format!("file://{}", folder.display()), "name": "x" }],
    }));
    editor.open(&one, one_text);
    assert_eq!(codes(&editor.diagnostics(&one)), Vec::<&str>::new());

    let definition = editor.result("textDocument/definition", at(&one, 1, 11));
    assert_eq!(
        definition,
        json!([{ "uri": base, "range": range(0, 6, 10) }])
    );
    let definition = editor.result("textDocument/definition", at(&one, 0, 7));
    assert_eq!(definition[0]["uri"], base);
    let mut params = at(&one, 1, 11);
    params["newName"] = json!("price");
    let edit = editor.result("textDocument/rename", params.clone());
    for uri in [&base, &one, &two] {
        assert_eq!(
            edit["changes"][uri].as_array().unwrap().len(),
            1,
            "{uri} in {edit}"
        );
    }
    params["newName"] = json!("two");
    let refused = editor.ask("textDocument/rename", params);
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(message.contains("`two` is taken (in ") && message.contains("two.detente"));

    // The included file, changed in the editor and not saved, is what counts.
    editor.open(&base, base_text);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": base, "version": 2 }, "contentChanges": [{ "text": "param price = 2\n" }] }),
    );
    loop {
        let published = editor.diagnostics(&one);
        if codes(&published) == ["E0203"] {
            break;
        }
    }
    assert!(editor.end());
}

/// A file that is made to be included uses names that only the scenario declares.
#[test]
fn shared_files_are_judged_with_the_scenario_that_includes_them() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().canonicalize().unwrap();
    let uri = |name: &str| format!("file://{}/{name}", folder.display());
    let shared =
        "issue arms { keep, scrap }\npackage gone { arms scrap }\nfn gain_of(x) = worth(us, x)\n";
    std::fs::write(folder.join("shared.detente"), shared).unwrap();
    std::fs::write(
        folder.join("main.detente"),
        "use \"shared.detente\"\nactor us\nvalue us { arms 1 { keep 0, scrap 1 } fallback 0 }\n",
    )
    .unwrap();
    let (mut editor, _) = Editor::ready(json!({
        "capabilities": {},
        "rootUri": format!("file://{}", folder.display()),
    }));
    let open = uri("shared.detente");
    editor.open(&open, shared);
    assert_eq!(codes(&editor.diagnostics(&open)), Vec::<&str>::new());
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": open, "version": 2 }, "contentChanges": [{ "text": shared.replace("(us", "(uss") }] }),
    );
    assert_eq!(codes(&editor.diagnostics(&open)), ["E0203"]);
    assert!(editor.end());
}

#[test]
fn what_makes_no_sense_is_refused_and_the_conversation_goes_on() {
    let mut editor = Editor::silent();
    let early = editor.ask("textDocument/hover", at(URI, 0, 0));
    assert_eq!(early["error"]["code"], -32002);
    editor.ask(
        "initialize",
        json!({ "capabilities": 3, "workspaceFolders": "?" }),
    );
    editor.send(b"Content-Length: 9\r\n\r\nno json!!");
    let broken = editor.receive();
    assert_eq!(
        (&broken["error"]["code"], &broken["id"]),
        (&json!(-32700), &Value::Null)
    );
    let again = editor.ask("initialize", json!({}));
    assert_eq!(again["error"]["code"], -32600);
    let unknown = editor.ask("textDocument/fly", json!({}));
    assert_eq!(unknown["error"]["code"], -32601);
    let wrong = editor.ask("textDocument/hover", json!({ "position": "here" }));
    assert_eq!(wrong["error"]["code"], -32602);
    editor.tell("textDocument/didOpen", json!([1, 2]));
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "x:y", "version": 3 }, "contentChanges": [] }),
    );
    editor.tell("$/setTrace", json!({ "value": "off" }));
    let closed = editor.result("textDocument/hover", at("untitled:never-opened", 0, 0));
    assert_eq!(closed, Value::Null);
    editor.open(URI, TEXT);
    let outside = editor.result("textDocument/hover", at(URI, 4_000_000_000, 4_000_000_000));
    assert_eq!(outside, Value::Null);
    editor.ask("shutdown", Value::Null);
    let late = editor.ask("textDocument/hover", at(URI, 0, 0));
    assert_eq!(late["error"]["code"], -32600);
    assert!(editor.hang_up().unwrap(), "shut down before");

    let mut editor = Editor::silent();
    editor.send(b"Content-Length: many\r\n\r\n");
    assert!(editor.hang_up().is_err());
    assert!(!Editor::silent().hang_up().unwrap(), "without a word");
}

/// Typing fast: every change is taken in, and what is told at the end is about the last one.
#[test]
fn changes_in_a_row_are_checked_once_they_rest() {
    let (mut editor, _) = Editor::ready(json!({ "capabilities": {} }));
    editor.open(URI, "");
    for (version, letter) in (2..).zip("actor us\noutcome war\nplay { end war }\n".chars()) {
        let end = json!({ "line": 9, "character": 0 });
        change(
            &mut editor,
            version,
            json!([{ "range": { "start": end, "end": end }, "text": letter.to_string() }]),
        );
    }
    let last = 1 + "actor us\noutcome war\nplay { end war }\n".len();
    loop {
        let published = editor.diagnostics(URI);
        if published["version"] == last {
            assert_eq!(codes(&published), ["W0703"]);
            break;
        }
    }
    assert!(editor.end());
}
