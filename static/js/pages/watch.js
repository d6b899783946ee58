// While the folder is under watch: the open page follows each save, at the place that changed.

const panel = document.getElementById("page-watch");
const row = document.getElementById("page-watch-row");
const PAUSE = 120;
let generation = "";

// What differs at every load, or was added by other scripts, is no change of the page.
const VOLATILE = /(name="(?:csrfmiddlewaretoken|shown)" value=)"[^"]*"/g;
const AGAIN = /\?again=\d+/g;
const ADDED = ".table-tools, [data-added]";
const WRAPPER = ".sort-button";

function textOf(element) {
  const copy = element.cloneNode(true);
  for (const added of copy.querySelectorAll(ADDED)) added.remove();
  for (const wrapper of copy.querySelectorAll(WRAPPER)) wrapper.replaceWith(...wrapper.childNodes);
  for (const one of [copy, ...copy.querySelectorAll("[aria-current], [open], [class], [tabindex]")]) {
    for (const name of ["aria-current", "open", "tabindex"]) one.removeAttribute(name);
    one.classList.remove("just-changed", "cards", "roomy");
    if (!one.className) one.removeAttribute("class");
  }
  return copy.outerHTML.replace(VOLATILE, "$1").replace(AGAIN, "");
}

async function ask() {
  const answer = await fetch(`${panel.dataset.address}?after=${generation}`);
  if (answer.status !== 200) return;
  const state = await answer.json();
  generation = String(state.generation);
  show(state.problems);
  // The first time too: the text may have changed since the page was made.
  await follow();
  await followPictures();
}

/** Return a sentence as nodes: what stands between backticks is code. */
function withCode(text) {
  return text.split(/`([^`\n]+)`/).map((part, place) => {
    if (place % 2 === 0) return part;
    const code = document.createElement("code");
    code.textContent = part;
    return code;
  });
}

/** List the problems; those of the page that is open come first. */
function show(problems) {
  const list = panel.querySelector("ol");
  list.replaceChildren(...problems.map((problem) => {
    const item = row.content.firstElementChild.cloneNode(true);
    item.classList.toggle("is-error", problem.level === "error");
    item.querySelector("[data-place]").textContent = `${problem.file}:${problem.line}:${problem.column}`;
    item.querySelector("[data-code]").textContent = problem.code;
    item.querySelector("[data-message]").append(...withCode(problem.message));
    item.querySelector("[data-mend]").append(...withCode(problem.mend));
    return item;
  }));
  const count = panel.querySelector("[data-count]");
  const wording = problems.length === 1 ? count.dataset.one : count.dataset.many;
  count.textContent = wording.replace("{n}", problems.length);
  const hasErrors = problems.some((problem) => problem.level === "error");
  panel.classList.toggle("has-errors", hasErrors);
  panel.querySelector("[data-held]").hidden = !hasErrors;
  panel.hidden = problems.length === 0;
}

/** Put what changed of this page in its place, and bring it into view. */
async function follow() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.title = fresh.title;
  const changed = renew(document.getElementById("page-main"), fresh.getElementById("page-main"));
  for (const element of changed) {
    window.htmx?.process(element);
    element.classList.add("just-changed");
    setTimeout(() => element.classList.remove("just-changed"), 1600);
  }
  const read = changed.find((element) => element.closest(".prose, .question")) ?? changed[0];
  read?.scrollIntoView({ block: "nearest", behavior: "instant" });
}

const tags = new Map();
const drawnAnew = new Map();

/** Show pictures as they are now; the browser takes what it has at an address for good. */
async function followPictures() {
  const pictures = [...document.querySelectorAll("#page-main img")].map((picture) => [picture, picture.src.replace(AGAIN, "")]);
  for (const address of new Set(pictures.map(([, address]) => address))) {
    if (!address.startsWith(location.origin)) continue;
    const answer = await fetch(address, { method: "HEAD", cache: "no-cache" });
    const tag = answer.headers.get("ETag");
    if (tags.has(address) && tags.get(address) !== tag) drawnAnew.set(address, generation);
    tags.set(address, tag);
  }
  for (const [picture, address] of pictures) {
    const now = drawnAnew.has(address) ? `${address}?again=${drawnAnew.get(address)}` : address;
    if (picture.src !== now) picture.src = now;
  }
}

/** Make `old` hold what `fresh` holds, changing as little as possible; return what is new. */
function renew(old, fresh) {
  if (textOf(old) === textOf(fresh)) return [];
  const before = [...old.children];
  const after = [...fresh.children];
  const isText = [...fresh.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (isText || !before.length || !after.length) {
    const own = document.importNode(fresh, true);
    old.replaceWith(own);
    return [own];
  }
  let start = 0;
  while (start < before.length && start < after.length && textOf(before[start]) === textOf(after[start])) start += 1;
  let end = 0;
  while (
    end < Math.min(before.length, after.length) - start &&
    textOf(before.at(-1 - end)) === textOf(after.at(-1 - end))
  ) end += 1;
  const gone = before.slice(start, before.length - end);
  const come = after.slice(start, after.length - end);
  if (gone.length === come.length && gone.every((element, i) => element.tagName === come[i].tagName)) {
    return gone.flatMap((element, i) => renew(element, come[i]));
  }
  const own = come.map((element) => document.importNode(element, true));
  const next = before[before.length - end] ?? null;
  gone.forEach((element) => element.remove());
  own.forEach((element) => old.insertBefore(element, next));
  return own.length ? own : [old];
}

async function keepAsking() {
  for (;;) {
    // While nobody looks, or the server starts anew, there is nothing to do.
    if (!document.hidden) await ask().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

keepAsking();
