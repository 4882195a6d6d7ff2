// Starts `detente lsp` for scenarios and shows what it says.

"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function start(context) {
  const command = vscode.workspace.getConfiguration("detente").get("path", "detente");
  const server = { command, args: ["lsp"] };
  // A click on the code of an error opens what it means: see the handler below.
  const errorPages = `${vscode.env.uriScheme}://${context.extension.id}/explain/`;
  const options = {
    documentSelector: [{ language: "detente" }],
    initializationOptions: { errorPages },
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.detente") },
  };
  client = new LanguageClient("detente", "Detente", { run: server, debug: server }, options);
  return client.start().catch(async (error) => {
    const settings = "Open the settings";
    const chosen = await vscode.window.showErrorMessage(
      `The command \`${command} lsp\` cannot be started: ${error.message}. ` +
        "Install detente, or say in the settings where it is.",
      settings,
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "detente.path");
    }
  });
}

async function stop() {
  const old = client;
  client = undefined;
  // A client that never started cannot be stopped.
  await old?.stop().catch(() => undefined);
}

async function explain(code) {
  const wanted =
    code ?? (await vscode.window.showInputBox({ prompt: "An error code, such as E0203" }));
  if (!wanted || !client) {
    return;
  }
  const uri = vscode.Uri.from({ scheme: "detente-explain", path: `${wanted}.md` });
  await vscode.commands.executeCommand("markdown.showPreview", uri);
}

const pages = {
  async provideTextDocumentContent(uri) {
    const code = uri.path.replace(/^\//, "").replace(/\.md$/, "");
    try {
      return await client.sendRequest("detente/explain", { code });
    } catch (error) {
      return error.message;
    }
  },
};

const links = {
  handleUri(uri) {
    const found = /^\/explain\/([A-Z]\d{4})$/.exec(uri.path);
    return found ? explain(found[1]) : undefined;
  },
};

function activate(context) {
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider("detente-explain", pages),
    vscode.window.registerUriHandler(links),
    vscode.commands.registerCommand("detente.explain", explain),
    vscode.commands.registerCommand("detente.restart", async () => {
      await stop();
      await start(context);
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("detente.path")) {
        await stop();
        await start(context);
      }
    }),
  );
  return start(context);
}

module.exports = { activate, deactivate: stop };
