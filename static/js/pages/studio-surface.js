// The text with its Markdown in colour: a layer behind the transparent textarea, line by line.
// Only lines that changed are drawn anew, so that a long lesson types like a short one.
const area = document.getElementById("page-source");
const layer = area.parentElement.querySelector(".layer");
const LONGEST_LINE = 2000;

const INLINE = [
  ["code", "`+[^`]*`+"],
  ["attribute", "\\{[#.][^}]*\\}|\\{[^}=]*=[^}]*\\}"],
  ["gap", "\\[\\[[^\\]]*\\]\\]"],
  ["link", "!?\\[[^\\]]*\\]\\([^)]*\\)"],
  ["strong", "\\*\\*[^*]+\\*\\*"],
  ["emphasis", "\\*[^*\\s][^*]*\\*"],
  ["html", "<\\/?[a-zA-Z][^>]*>"],
];
const INLINE_PATTERN = new RegExp(INLINE.map(([name, source]) => `(?<${name}>${source})`).join("|"), "g");
const FENCE = /^\s*(`{3,}|~{3,})/;
const START = /^(\s*(?:>\s?)*)((?:[-*+]|\d+[.)])\s+)?(\[[ xX]\]\s)?/;

/** Return the state after a line: "front" in the front matter, a fence's mark in code, else "". */
function stateAfter(line, state, isFirst) {
  if (state === "front") return line.trimEnd() === "---" ? "" : "front";
  if (isFirst && line.trimEnd() === "---") return "front";
  const fence = FENCE.exec(line)?.[1];
  if (state) return fence?.startsWith(state) && line.trim() === fence ? "" : state;
  return fence ?? "";
}

/** Return a line as pieces: pairs of a kind (or "") and its text. */
function piecesOf(line, state, isFirst) {
  if (line.length > LONGEST_LINE) return [["", line]];
  if (state === "front" || (isFirst && line.trimEnd() === "---")) return frontMatter(line);
  if (state || FENCE.test(line)) return [["code", line]];
  if (/^ {0,3}#{1,6}(\s|$)/.test(line)) return [["heading", line, true]];
  if (/^\s*\|/.test(line)) return line.split(/(\|)/).flatMap((cell) => (cell === "|" ? [["mark", cell]] : inline(cell)));
  const [whole, quote, item, box] = START.exec(line);
  const marks = [["quote", quote], ["mark", item], ["box", box]].filter(([, text]) => text);
  const rest = inline(line.slice(whole.length));
  return [...marks, ...(quote.includes(">") ? rest.map(([kind, text]) => [kind || "quote", text]) : rest)];
}

function frontMatter(line) {
  const colon = line.indexOf(":");
  if (/^\s*-{0,3}\s*[\w-]*:/.test(line) && colon > 0) return [["key", line.slice(0, colon + 1)], ["", line.slice(colon + 1)]];
  return [["front", line]];
}

function inline(text) {
  const pieces = [];
  let end = 0;
  for (const found of text.matchAll(INLINE_PATTERN)) {
    if (found.index > end) pieces.push(["", text.slice(end, found.index)]);
    const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
    pieces.push([kind, found[0]]);
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push(["", text.slice(end)]);
  return pieces;
}

function draw(node, line, state, isFirst) {
  const pieces = piecesOf(line, state, isFirst);
  node.className = pieces.some((piece) => piece[2]) ? "line is-heading" : "line";
  const parts = pieces.map(([kind, text]) => {
    if (!kind) return document.createTextNode(text);
    const span = document.createElement("span");
    span.className = `md-${kind}`;
    span.textContent = text;
    return span;
  });
  node.replaceChildren(...(line ? parts : [document.createElement("br")]));
}

let lines = [];

/** Bring the layer up to date with the text. */
function update() {
  const texts = area.value.split("\n");
  let head = 0;
  while (head < texts.length && head < lines.length && texts[head] === lines[head].text) head += 1;
  let tail = 0;
  const longest = Math.min(texts.length, lines.length) - head;
  while (tail < longest && texts[texts.length - 1 - tail] === lines[lines.length - 1 - tail].text) tail += 1;
  const removed = lines.slice(head, lines.length - tail);
  const wanted = texts.slice(head, texts.length - tail);
  const made = wanted.map((text, place) => {
    const node = removed[place]?.node ?? document.createElement("div");
    return { text, node, state: null };
  });
  const after = lines[lines.length - tail]?.node ?? null;
  for (const { node } of made.slice(removed.length)) layer.insertBefore(node, after);
  for (const { node } of removed.slice(made.length)) node.remove();
  lines = [...lines.slice(0, head), ...made, ...lines.slice(lines.length - tail)];
  colour(head, head + made.length);
}

/** Draw the lines from ``start`` to ``end``, and on as far as what they open reaches. */
function colour(start, end) {
  const before = lines[start - 1];
  let state = before ? stateAfter(before.text, before.state, start === 1) : "";
  for (let place = start; place < lines.length; place += 1) {
    const line = lines[place];
    if (place >= end && line.state === state) return;
    line.state = state;
    draw(line.node, line.text, state, place === 0);
    state = stateAfter(line.text, state, place === 0);
  }
}

/** Mark the lines that the list of problems names. */
function mark() {
  for (const node of layer.querySelectorAll(".has-error, .has-warning")) node.classList.remove("has-error", "has-warning");
  for (const finding of document.querySelectorAll("#page-problems [data-line]")) {
    lines[finding.dataset.line - 1]?.node.classList.add(`has-${finding.dataset.level}`);
  }
}

area.parentElement.classList.add("is-live");
area.addEventListener("input", update);
document.addEventListener("studio:checked", mark);
document.addEventListener("studio:reveal", ({ detail }) => {
  lines[detail.line - 1]?.node.scrollIntoView({ block: "center" });
});
update();
mark();
