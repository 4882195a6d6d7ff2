// Makes codemirror/codemirror.js and preact/preact.js, each with the licences of what it holds.
//
//   (cd ../test && npm ci) && node bundle.mjs
//
// `node bundle.mjs --check` changes nothing and fails where the files are not what would be made. The versions stand in
// ../test/package-lock.json.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../test/node_modules");
const { build } = createRequire(join(modules, "x.js"))("esbuild");

for (const name of ["codemirror", "preact"]) {
  const made = await build({
    absWorkingDir: here,
    entryPoints: [`${name}/entry.js`],
    outfile: `${name}/${name}.js`,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    metafile: true,
    nodePaths: [modules],
    write: false,
  });
  const folders = new Set();
  for (const input of Object.keys(made.metafile.inputs)) {
    const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) folders.add(join(here, found[1]));
  }
  const licences = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : "";
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  keep(join(here, name, `${name}.js`), made.outputFiles[0].text);
  keep(join(here, name, "LICENSES.txt"), `${name}.js holds these libraries.\n\n${licences.join("\n----\n\n")}`);
}

function keep(path, text) {
  if (!process.argv.includes("--check")) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${relative(process.cwd(), path)} is not what would be made: run node bundle.mjs`);
    process.exitCode = 1;
  }
}
