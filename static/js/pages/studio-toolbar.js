// What helps to write: a toolbar (ARIA toolbar pattern), dialogs, jumps to problems and their stubs.
const area = document.getElementById("page-source");
const toolbar = document.querySelector(".editor-toolbar");
const buttons = [...toolbar.querySelectorAll("button")];

/** Insert at the cursor so that undo takes it back; select the part between « and ». */
function insert(text) {
  const clean = text.replaceAll("ID", Math.random().toString(36).slice(2, 8));
  const start = area.selectionStart;
  const from = clean.indexOf("«");
  const to = clean.indexOf("»") - 1;
  const plain = clean.replace("«", "").replace("»", "");
  area.focus();
  if (!document.execCommand("insertText", false, plain)) {
    area.setRangeText(plain, start, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  if (from >= 0) area.setSelectionRange(start + from, start + to);
}

/** A block within the front matter, where the cursor stands at first, would break it. */
function leaveFrontMatter() {
  const front = /^---[ \t]*\r?\n(?:[^]*?\n)?---[ \t]*(?:\r?\n|$)/.exec(area.value);
  if (front && area.selectionStart < front[0].length) area.setSelectionRange(front[0].length, front[0].length);
}

/** Insert as a block of its own, with an empty line before and after. */
function insertBlock(text) {
  leaveFrontMatter();
  const before = area.value.slice(0, area.selectionStart);
  const after = area.value.slice(area.selectionEnd);
  const gap = !before ? "" : before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  insert(gap + text + (after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n"));
}

function wrap(mark, empty) {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd) || empty;
  insert(`${mark}«${chosen}»${mark}`);
}

/** Put ``mark`` before each selected line, or take it away. */
function prefixLines(mark, isRemoved = false) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const first = value.lastIndexOf("\n", start - 1) + 1;
  const text = value.slice(first, end);
  const lines = text.split("\n").map((line) => (isRemoved ? line.replace(/^ {1,2}/, "") : mark + line));
  area.setSelectionRange(first, end);
  insert(lines.join("\n"));
}

/** Go to a line and column; the last line if there are fewer. */
function goTo(line, column) {
  const lines = area.value.split("\n").slice(0, line - 1);
  const start = lines.reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start + column - 1, start + column - 1);
  document.dispatchEvent(new CustomEvent("studio:reveal", { detail: { line } }));
}

/** Put a stub in place of its line, into or behind the line's attributes, below it, or at the end. */
function pasteStub(stub, line, place) {
  const lines = area.value.split("\n");
  const own = lines[line - 1] ?? "";
  const end = lines.slice(0, line).join("\n").length;
  const select = (from, to) => area.setSelectionRange(from, to);
  if (place === "end") {
    select(area.value.length, area.value.length);
    insertBlock(stub);
  } else if (place === "line") {
    const indent = /^\s/.test(stub) ? 0 : own.length - own.trimStart().length;
    select(end - own.length + indent, end);
    insert(stub);
  } else if (place === "attributes" && own.trimEnd().endsWith("}")) {
    const brace = end - own.length + own.lastIndexOf("}");
    select(brace, brace);
    insert(` ${stub.slice(1, -1)}`);
  } else {
    select(end, end);
    insert(place === "attributes" ? ` ${stub}` : `\n${stub}`);
  }
}

function act(button) {
  const { wrapLine, wrap: mark, empty, inline, block, dialog } = button.dataset;
  if (wrapLine) prefixLines(wrapLine);
  else if (mark) wrap(mark, empty);
  else if (inline) insert(inline);
  else if (block) insertBlock(block);
  else if (dialog) document.getElementById(dialog).showModal();
}

// One stop for Tab; the arrow keys go from button to button.
toolbar.hidden = false;
buttons.forEach((button, place) => {
  button.tabIndex = place ? -1 : 0;
});
toolbar.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) act(button);
});
toolbar.addEventListener("keydown", (event) => {
  const place = buttons.indexOf(document.activeElement);
  const last = buttons.length - 1;
  const goal = { ArrowRight: place < last ? place + 1 : 0, ArrowLeft: place ? place - 1 : last, Home: 0, End: last }[event.key];
  if (goal === undefined) return;
  event.preventDefault();
  buttons[place].tabIndex = -1;
  buttons[goal].tabIndex = 0;
  buttons[goal].focus();
});

// Tab leaves the text, as everywhere; Ctrl+] and Ctrl+[ set lines in and out.
area.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || event.altKey || !["]", "["].includes(event.key)) return;
  event.preventDefault();
  prefixLines("  ", event.key === "[");
});

for (const dialog of document.querySelectorAll(".studio-dialog")) {
  dialog.addEventListener("close", () => area.focus());
  dialog.querySelector("[data-close]")?.addEventListener("click", () => dialog.close());
}

document.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (target.matches("[data-table]") && submitter.value) {
    const { columns, rows } = Object.fromEntries(new FormData(target));
    requestAnimationFrame(() => insertBlock(tableOf(target.dataset.table, Number(columns), Number(rows))));
  } else if (submitter?.dataset.block) {
    requestAnimationFrame(() => {
      const quiz = target.dataset.quiz;
      const hasQuiz = !quiz || /^##?#? .*(\{[^}]*\.quiz|Knowledge check)/m.test(area.value);
      insertBlock((hasQuiz ? "" : `${quiz}\n\n`) + submitter.dataset.block);
    });
  } else if (target.matches("[data-upload]")) {
    event.preventDefault();
    upload(target);
  }
});

function tableOf(heading, columns, rows) {
  const row = (cell) => `| ${Array.from({ length: columns }, (_, place) => cell(place)).join(" | ")} |`;
  const head = row((place) => (place ? `${heading} ${place + 1}` : `«${heading} 1»`));
  return [head, row(() => "---"), ...Array.from({ length: rows }, () => row(() => "…"))].join("\n");
}

/** Send a picture; insert it, or say at the form why it was not taken. */
async function upload(form) {
  const fault = form.querySelector("[data-fault]");
  const file = new URL(document.getElementById("page-editor").getAttribute("action"), location);
  const body = new FormData(form);
  body.set("file", decodeURIComponent(file.pathname.split("/edit/")[1]));
  let answer = { fault: form.dataset.failed };
  try {
    const response = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { Accept: "application/json" } });
    answer = await response.json();
  } catch {
    // The message that stands in the form says what to do.
  }
  fault.textContent = answer.fault ?? form.dataset.failed;
  fault.hidden = !fault.textContent;
  form.querySelector("[data-replace]").hidden = !answer.taken;
  if (!answer.markdown) return;
  form.closest("dialog").close();
  form.reset();
  insertBlock(answer.markdown);
}

const problems = document.getElementById("page-problems");
problems.addEventListener("click", (event) => {
  const finding = event.target.closest("[data-line]");
  const paste = event.target.closest("[data-stub]");
  const stub = paste?.dataset.stub;
  const link = event.target.closest("[data-jump]");
  if (!finding || (!stub && !link)) return;
  event.preventDefault();
  if (stub) pasteStub(stub, Number(finding.dataset.line), paste.dataset.place);
  else goTo(Number(finding.dataset.line), Number(finding.dataset.column));
});

// A link such as `#L12` leads to a line.
const wantedLine = /^#L(\d+)$/.exec(location.hash);
if (wantedLine) goTo(Number(wantedLine[1]), 1);
