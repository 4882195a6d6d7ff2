// Makes dist/client.js, the client with the libraries that it needs, and dist/LICENSES.txt, what those are.
// `node bundle.mjs --check` changes nothing and fails where dist/ is not what would be made.

import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const made = await build({
  entryPoints: ["src/client.js"],
  outfile: "dist/client.js",
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  minify: true,
  legalComments: "none",
  metafile: true,
  write: false,
});

const folders = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) {
    folders.add(found[1]);
  }
}
const licences = [...folders].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8").trim() : "";
  return `${name} ${version} (${license})\n\n${text}\n`;
});
const files = {
  "dist/client.js": made.outputFiles[0].text,
  "dist/LICENSES.txt": `dist/client.js holds these libraries.\n\n${licences.join("\n----\n\n")}`,
};
for (const [path, text] of Object.entries(files)) {
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
  } else if (readFileSync(path, "utf8") !== text) {
    console.error(`${path} is not what would be made: run npm run bundle`);
    process.exitCode = 1;
  }
}
