//! `detente serve`: the workbench in a browser.

use std::process::{Command, Stdio};

use detente_server::{Options, Server};

use crate::args::ServeArgs;
use crate::failure::Failure;
use crate::terminal;

/// Serves until Ctrl-C.
///
/// # Errors
/// The folder, the address or the store are not to be had.
pub fn run(args: &ServeArgs) -> Result<u8, Failure> {
    let options = Options {
        served: args.served.clone(),
        host: args.host.clone(),
        port: args.port,
        names: args.names.clone(),
        token: args.token.clone(),
        state: args.state.clone(),
        assets: args.assets.clone(),
    };
    let server = Server::open(&options).map_err(|error| Failure::input(error.to_string()))?;
    let link = server.link();
    terminal::print(&format!(
        "The workbench is open at {link}\nCtrl-C ends it.\n"
    ))?;
    if !args.no_open {
        open(&link);
    }
    server
        .run()
        .map_err(|error| Failure::input(error.to_string()))?;
    Ok(0)
}

/// Opens a link in the browser of this desktop, if there is one. Where that fails the link stands on the terminal.
fn open(link: &str) {
    let (program, first) = match std::env::consts::OS {
        "macos" => ("open", None),
        "windows" => ("explorer", None),
        _ if desktop() => ("xdg-open", None::<&str>),
        _ => return,
    };
    let mut command = Command::new(program);
    command.args(first).arg(link);
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let _ = quiet.spawn();
}

fn desktop() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some())
}
