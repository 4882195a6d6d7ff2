//! Who may ask, and what nobody gets.

use std::io::{Read, Write};
use std::net::TcpStream;

use detente_server::Options;
use serde_json::json;

use crate::client::Running;

#[test]
fn no_path_leads_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.detente"), "secret").unwrap();
    std::fs::write(folder.path().join("a.detente"), "a").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(
            outside.path().join("secret.detente"),
            folder.path().join("link.detente"),
        )
        .unwrap();
        symlink(outside.path(), folder.path().join("away")).unwrap();
    }
    let server = Running::with(Options::default(), folder);
    let absolute = format!("/files/{}/secret.detente", outside.path().display());
    let name = outside.path().file_name().unwrap().to_string_lossy();
    let beside = format!("/files/../{name}/secret.detente");
    let coded = format!("/files/%2e%2e/{name}/secret.detente");
    let coded_slash = format!("/files/..%2f{name}%2fsecret.detente");
    let twice = format!("/files/%252e%252e/{name}/secret.detente");
    let backwards = format!("/files/..%5c{name}%5csecret.detente");
    let tries = [
        absolute.as_str(),
        &beside,
        &coded,
        &coded_slash,
        &twice,
        &backwards,
        "/files/link.detente",
        "/files/away/secret.detente",
        "/files/a.detente%00.detente",
        "/files/%00.detente",
        "/files/./a.detente",
        "/files//a.detente",
        "/files/a.detente/",
        "/files/C:%5ca.detente",
        "/files/C:a.detente",
        "/files/con.detente",
        "/files/NUL.detente",
        "/files/com1.x.detente",
        "/files/lpt%C2%B9.detente",
        "/files/a.detente::$DATA",
        "/files/.hidden.detente",
        "/files/%ff.detente",
        "/files/workbench.redb",
        "/files/.state/workbench.redb",
    ];
    for path in tries {
        let read = server.get(path);
        assert!([400, 404].contains(&read.status), "{path}: {}", read.status);
        assert!(!read.body.contains("secret\""), "{path}: {}", read.body);
        let body = json!({ "text": "written", "base": null });
        let written = server.send("PUT", path, &body);
        assert!(
            [400, 404, 405].contains(&written.status),
            "{path}: {} {}",
            written.status,
            written.body
        );
    }
    assert_eq!(
        std::fs::read_to_string(outside.path().join("secret.detente")).unwrap(),
        "secret"
    );
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1);
    assert_eq!(
        server.get("/files").json()["files"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    for path in [
        "/assets/../Cargo.toml",
        "/assets/%2e%2e/Cargo.toml",
        "/assets/workbench",
        "/assets/",
    ] {
        assert_eq!(server.ask("GET", path, &[], "").status, 404, "{path}");
    }
}

#[test]
fn foreign_pages_and_names_are_refused() {
    let server = Running::new();
    let body = json!({ "text": "x", "base": null }).to_string();
    let put = |lines: &[(&str, &str)]| {
        let answer = server.ask("PUT", "/api/v1/files/x.detente", lines, &body);
        (answer.status, answer.code())
    };
    let media = ("content-type", "application/json");
    let refused = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(
        put(&[media, ("host", "evil.example")]),
        refused(421, "host")
    );
    assert_eq!(
        put(&[media, ("origin", "http://evil.example")]),
        refused(403, "origin")
    );
    assert_eq!(
        put(&[media, ("sec-fetch-site", "cross-site")]),
        refused(403, "origin")
    );
    // What a form of a foreign page can send.
    assert_eq!(
        put(&[("content-type", "text/plain")]),
        refused(415, "media_type")
    );
    assert_eq!(put(&[]), refused(415, "media_type"));
    assert!(!server.path().join("x.detente").exists());
    let own = format!("http://{}", server.at);
    assert_eq!(put(&[media, ("origin", &own)]).0, 200);
}

#[test]
fn every_answer_carries_the_policy() {
    let server = Running::new();
    for path in [
        "/",
        "/nothing",
        "/api/v1/status",
        "/api/v1/nothing",
        "/assets/report.css",
    ] {
        let answer = server.ask("GET", path, &[], "");
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            Some("same-origin")
        );
        assert!(answer.header("cache-control").is_some());
    }
    let style = server.ask("GET", "/assets/report.css", &[], "");
    assert_eq!(
        style.header("content-type"),
        Some("text/css; charset=utf-8")
    );
    let tag = style.header("etag").unwrap().to_owned();
    let again = server.ask("GET", "/assets/report.css", &[("if-none-match", &tag)], "");
    assert_eq!((again.status, again.body.as_str()), (304, ""));
}

#[test]
fn with_a_host_the_token_is_needed() {
    let options = Options {
        host: Some("127.0.0.1".to_owned()),
        ..Options::default()
    };
    let server = Running::with(options, tempfile::tempdir().unwrap());
    let token = server.link.split_once("token=").unwrap().1.to_owned();
    assert_eq!(token.len(), 64);
    for path in [
        "/status",
        "/files",
        "/files/a.detente",
        "/library/chicken",
        "/drafts/x",
    ] {
        assert_eq!(server.get(path).status, 401, "{path}");
    }
    assert_eq!(server.post("/analysis", &json!({ "text": "" })).status, 401);
    assert_eq!(server.get("/openapi.json").status, 200);
    let status = |lines: &[(&str, &str)]| server.ask("GET", "/api/v1/status", lines, "").status;
    assert_eq!(
        status(&[("authorization", &format!("Bearer {token}"))]),
        200
    );
    assert_eq!(status(&[("authorization", "Bearer 00")]), 401);
    assert_eq!(server.ask("GET", "/?token=00", &[], "").status, 401);
    let entered = server.ask("GET", &format!("/?token={token}"), &[], "");
    assert_eq!(
        (entered.status, entered.header("location")),
        (303, Some("/"))
    );
    let cookie = entered
        .header("set-cookie")
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    assert!(!cookie.contains(&token), "the cookie is no token");
    assert_eq!(status(&[("cookie", cookie)]), 200);
}

#[test]
fn large_requests_are_refused() {
    let server = Running::new();
    let large = "#".repeat((1 << 20) + 1);
    for path in ["/analysis", "/format", "/solve", "/report", "/tree"] {
        assert_eq!(
            server.post(path, &json!({ "text": large })).code(),
            "too_large",
            "{path}"
        );
    }
    let body = json!({ "text": large, "base": null });
    assert_eq!(
        server.send("PUT", "/files/a.detente", &body).code(),
        "too_large"
    );
    assert_eq!(server.post("/drafts/a", &body).code(), "too_large");
    let endless = "[".repeat(100_000);
    let media = [("content-type", "application/json")];
    let refused = server.ask("POST", "/api/v1/solve", &media, &endless).status;
    assert!([400, 422].contains(&refused), "{refused}");
    let deep = json!({ "text": "(".repeat(100_000) });
    assert_eq!(server.post("/analysis", &deep).status, 200);
}

#[test]
fn slow_and_half_open_connections_hold_up_nobody() {
    let server = Running::new();
    let mut held = Vec::new();
    for i in 0..100 {
        let mut stream = TcpStream::connect(server.at).unwrap();
        let begun: &[u8] = match i % 3 {
            0 => b"",
            1 => b"GET /api/v1/status HTTP/1.1\r\nhost: local",
            _ => b"POST /api/v1/analysis HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{",
        };
        stream.write_all(begun).unwrap();
        held.push(stream);
    }
    assert_eq!(server.get("/status").status, 200);
    // Nor do they keep the server from ending.
    server.end();
    let mut rest = Vec::new();
    for stream in &mut held {
        let _ = stream.read_to_end(&mut rest);
    }
}
