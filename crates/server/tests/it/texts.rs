//! Texts: read, written, kept, looked through.

use serde_json::json;

use crate::client::{Running, library};

#[test]
fn files_are_listed_read_and_written_without_losing_changes() {
    let server = Running::new();
    std::fs::create_dir(server.path().join("sub")).unwrap();
    std::fs::write(server.path().join("sub/a.detente"), "scenario \"A é\"\n").unwrap();
    std::fs::write(server.path().join("note.txt"), "no scenario").unwrap();
    let list = server.get("/files").json();
    assert_eq!(list["files"].as_array().unwrap().len(), 1);
    assert_eq!(list["files"][0]["path"], "sub/a.detente");
    assert_eq!(list["files"][0]["title"], "A é");
    let library = list["library"].as_array().unwrap();
    assert!(
        library
            .iter()
            .any(|known| known["name"] == "chicken" && known["title"].is_string())
    );

    let read = server.get("/files/sub/a.detente").json();
    assert_eq!(read["text"], "scenario \"A é\"\n");
    let base = read["version"].as_str().unwrap();
    let write = |text: &str, base: Option<&str>| {
        let body = json!({ "text": text, "base": base });
        server.send("PUT", "/files/sub/a.detente", &body)
    };
    let version = write("one\n", Some(base)).json()["version"]
        .as_str()
        .unwrap()
        .to_owned();
    // Somebody else changes it.
    std::fs::write(server.path().join("sub/a.detente"), "two\n").unwrap();
    let refused = write("three\n", Some(&version));
    assert_eq!((refused.status, refused.code().as_str()), (409, "conflict"));
    assert_eq!(refused.json()["text"], "two\n");
    assert_eq!(
        std::fs::read_to_string(server.path().join("sub/a.detente")).unwrap(),
        "two\n"
    );
    let present = refused.json()["version"].as_str().unwrap().to_owned();
    assert_eq!(write("three\n", Some(&present)).status, 200);
    // What is there already is written, whatever it was based on; a new file needs no base.
    assert_eq!(write("three\n", None).status, 200);
    assert_eq!(write("four\n", None).status, 409);
    let new = json!({ "text": "new\n", "base": null });
    assert_eq!(server.send("PUT", "/files/b%20c.detente", &new).status, 200);
    assert_eq!(
        std::fs::read_to_string(server.path().join("b c.detente")).unwrap(),
        "new\n"
    );
    let left: Vec<_> = std::fs::read_dir(server.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().starts_with(".detente-")),
        "{left:?}"
    );
}

#[test]
fn drafts_outlive_the_server() {
    let server = Running::new();
    for text in ["one", "two", "two"] {
        let body = json!({ "text": text, "base": "v" });
        assert_eq!(server.post("/drafts/untitled/1", &body).status, 200);
    }
    let folder = server.end();
    let server = Running::with(detente_server::Options::default(), folder);
    let drafts = server.get("/drafts/untitled/1").json();
    let ids: Vec<_> = drafts["drafts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|draft| draft["id"].clone())
        .collect();
    assert_eq!(ids, [2, 1]);
    assert_eq!(server.get("/drafts/untitled/1?id=1").json()["text"], "one");
    assert_eq!(server.get("/drafts/untitled/1?id=7").status, 404);
    assert_eq!(server.get("/drafts/untitled/1?id=x").status, 400);
}

#[test]
fn places_are_counted_as_javascript_does() {
    let server = Running::new();
    let text = "scenario \"𝔸 é\"\nactor us\nactor iran\nparam cost = 3 in 1 .. 9 \"a guess\"\noutcome war { us -cots }\n\
        play {\n us chooses move { left, right }\n end war\n}\n";
    let units: Vec<u16> = text.encode_utf16().collect();
    let stretch = |value: &serde_json::Value| {
        let at = |name: &str| value[name].as_u64().unwrap() as usize;
        String::from_utf16(&units[at("from")..at("to")]).unwrap()
    };
    let found = server
        .post("/analysis", &json!({ "text": text, "name": "untitled/1" }))
        .json();
    assert_eq!(found["title"], "𝔸 é");
    let mut told = found["diagnostics"].as_array().unwrap().iter();
    let wrong = told.find(|told| told["severity"] == "error").unwrap();
    assert_eq!(
        (stretch(wrong).as_str(), wrong["severity"].as_str()),
        ("cots", Some("error"))
    );
    assert_eq!(wrong["mend"]["edits"][0]["text"], "cost");
    assert_eq!(stretch(&wrong["mend"]["edits"][0]), "cots");
    assert_eq!(
        found["numbers"],
        json!([]),
        "a text with mistakes has none yet"
    );
    let mended = text.replace("cots", "cost");
    let found = server
        .post(
            "/analysis",
            &json!({ "text": mended, "name": "untitled/1" }),
        )
        .json();
    let number = &found["numbers"][0];
    assert_eq!(
        (number["name"].as_str(), number["value"].as_f64()),
        (Some("cost"), Some(3.0))
    );
    assert_eq!(
        [&number["low"], &number["high"]],
        [&json!(1.0), &json!(9.0)]
    );
    assert_eq!(number["source"], "a guess");
    let mended = format!("{mended}let double = 2 * cost\n");
    let at = mended.rfind("cost").unwrap();
    let at = mended[..at].encode_utf16().count();
    let told = server
        .post("/hover", &json!({ "text": mended, "name": "", "at": at }))
        .json();
    assert!(
        told["markdown"].as_str().unwrap().contains("a guess"),
        "{told}"
    );
    let offered = server
        .post(
            "/complete",
            &json!({ "text": mended, "name": "", "at": at + 1 }),
        )
        .json();
    assert_eq!(offered["from"], at);
    assert!(
        offered["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|item| item["label"] == "cost")
    );
    let laid = server
        .post("/format", &json!({ "text": mended, "name": "" }))
        .json();
    assert!(laid["text"].as_str().unwrap().contains("param cost"));
    assert_eq!(
        server
            .post("/format", &json!({ "text": "actor {", "name": "" }))
            .status,
        422
    );
}

#[test]
fn included_files_lie_in_the_folder() {
    let server = Running::new();
    std::fs::write(server.path().join("numbers.detente"), "param cost = 1\n").unwrap();
    let mistakes = |included: &str| {
        let text = format!(
            "use \"{included}\"\nactor us\noutcome war {{ us -cost }}\nplay {{\n end war\n}}\n"
        );
        let found = server.post(
            "/analysis",
            &json!({ "text": text, "name": "main.detente" }),
        );
        let found = found.json()["diagnostics"].clone();
        let errors = found
            .as_array()
            .unwrap()
            .iter()
            .filter(|found| found["severity"] == "error");
        errors.count()
    };
    assert_eq!(mistakes("numbers.detente"), 0);
    for outside in [
        "../numbers.detente",
        "/etc/passwd",
        "sub/../../x.detente",
        "missing.detente",
    ] {
        assert!(mistakes(outside) > 0, "{outside}");
    }
    let alone = json!({ "text": "use \"numbers.detente\"\n", "name": "library/x" });
    let found = server.post("/analysis", &alone).json();
    assert!(
        found["diagnostics"].to_string().contains("stands alone"),
        "{found}"
    );
    assert!(library("chicken").contains("scenario"));
}
