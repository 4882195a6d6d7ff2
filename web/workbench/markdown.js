// The little Markdown that the server's words use: paragraphs, code blocks, code in a line, stress.

/**
 * @param {string} markdown
 * @returns {HTMLElement}
 */
export function paragraphs(markdown) {
  const box = document.createElement("div");
  for (const [at, piece] of markdown.split(/^```\w*\n?/m).entries()) {
    if (at % 2 === 1) {
      const pre = document.createElement("pre");
      pre.textContent = piece.trimEnd();
      box.append(pre);
      continue;
    }
    for (const words of piece.split(/\n\s*\n/)) {
      if (words.trim() === "") continue;
      const p = document.createElement("p");
      p.append(...inline(words.trim()));
      box.append(p);
    }
  }
  return box;
}

/**
 * @param {string} words
 * @returns {(string | HTMLElement)[]}
 */
function inline(words) {
  return words.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*|_[^_]+_)/).map((piece) => {
    const name = piece.startsWith("`") ? "code" : piece.startsWith("**") ? "strong" : /^[*_].+[*_]$/.test(piece) ? "em" : null;
    if (!name) return piece;
    const element = document.createElement(name);
    element.textContent = piece.replace(/^(`|\*\*|\*|_)|(`|\*\*|\*|_)$/g, "");
    return element;
  });
}
