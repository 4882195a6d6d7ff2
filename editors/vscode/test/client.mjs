// The bundle loads beside a stand-in for the editor and offers what the editor calls.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import Module from "node:module";

const require = createRequire(import.meta.url);

// Whatever is asked of it is a class, a function and a namespace at once.
function anything() {
  const target = class {};
  return new Proxy(target, {
    get: (it, key) =>
      key in it || typeof key === "symbol" ? it[key] : (it[key] = anything()),
    apply: () => anything(),
    construct: () => ({}),
  });
}

const vscode = anything();
const load = Module._load;
Module._load = function (request, ...rest) {
  return request === "vscode" ? vscode : load.call(this, request, ...rest);
};

const client = require("../dist/client.js");
assert.equal(typeof client.activate, "function");
assert.equal(typeof client.deactivate, "function");
await client.deactivate();
console.log("The bundle loads.");
process.exit(0);
