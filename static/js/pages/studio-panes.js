// Problems and preview beside the text: they change with it, and the preview follows the cursor.
const area = document.getElementById("page-source");
const pane = document.getElementById("page-preview");
const body = document.getElementById("page-preview-body");
const fault = document.getElementById("page-preview-fault");
const problems = document.getElementById("page-problems");
const count = document.getElementById("page-problem-count");
const wide = matchMedia("(min-width: 1100px)");
const tabs = [...document.querySelectorAll(".pane-tabs [role=tab]")];
const panes = tabs.map((tab) => document.getElementById(tab.getAttribute("aria-controls")));

function showStubs() {
  for (const button of problems.querySelectorAll("[data-stub]")) button.hidden = false;
}

const messageOf = (finding) => finding.querySelector(".place + p").textContent;

/** Show the problems anew; who stood at one with the keyboard still stands at it. */
function replaceProblems(html) {
  const held = problems.contains(document.activeElement) && document.activeElement;
  const finding = held && held.closest("[data-line]");
  const kind = held && (held.matches("[data-stub]") ? "[data-stub]" : "a");
  problems.innerHTML = html;
  showStubs();
  if (!held) return;
  const distance = (one) => Math.abs(one.dataset.line - (finding?.dataset.line ?? 0));
  const [same] = [...problems.querySelectorAll("[data-line]")]
    .filter((one) => finding && messageOf(one) === messageOf(finding))
    .sort((one, other) => distance(one) - distance(other));
  (same?.querySelector(kind) ?? document.getElementById("page-problems-title")).focus();
}

document.addEventListener("studio:answer", ({ detail }) => {
  const before = problems.querySelectorAll(".finding").length;
  replaceProblems(detail.problems);
  const now = problems.querySelectorAll(".finding").length;
  count.textContent = now;
  if (now !== before) document.getElementById("page-status").textContent = problems.dataset.counted.replace("{n}", now);
  document.dispatchEvent(new CustomEvent("studio:checked"));
  loadPreview();
});

let loading, isStale = false;

/** Fetch the preview of what was saved: one at a time, and once more if it changed meanwhile. */
async function loadPreview() {
  isStale = true;
  if (loading) return;
  loading = true;
  while (isStale) {
    isStale = false;
    try {
      const answer = await (await fetch(pane.dataset.source, { headers: { Accept: "application/json" } })).json();
      if (answer.is_busy) {
        isStale = await new Promise((resolve) => setTimeout(resolve, 1000, true));
        continue;
      }
      fault.textContent = answer.fault;
      fault.hidden = !answer.fault;
      // The last good preview stays while this text cannot be shown.
      if (answer.html !== null) replacePreview(answer.html);
    } catch {
      // What keeps the text tells of a lost connection; the last good preview stays.
    }
  }
  loading = false;
}

/** Show the new preview at the same place; questions that did not change keep their answers. */
function replacePreview(html) {
  const { scrollTop } = pane;
  const fresh = document.createElement("div");
  fresh.innerHTML = html;
  const kept = new Map([...body.querySelectorAll(".trial")].map((card) => [card.dataset.version, card]));
  const placed = [];
  for (const card of fresh.querySelectorAll(".trial")) {
    const old = kept.get(card.dataset.version);
    if (old) placed.push([card, old]);
  }
  placed.forEach(([card, old]) => card.replaceWith(old));
  body.replaceChildren(...fresh.childNodes);
  htmx.process(body);
  pane.scrollTop = scrollTop;
  follow();
}

let followed = "";

/** Scroll the preview to the section that the cursor is in, when that is another than before. */
function follow() {
  const above = area.value.slice(0, area.selectionEnd + 1).split("\n");
  const heading = above.findLast((line) => /^#{1,6}\s+\S/.test(line)) ?? "";
  const text = heading.replace(/^#+\s+/, "").replace(/\s*\{[^}]*\}\s*$/, "").replace(/[*_`]/g, "").trim();
  if (!text || text === followed) return;
  const goal = [...body.querySelectorAll("h1, h2, h3, h4, h5, h6, .stem")].find(
    (element) => element.textContent.trim() === text,
  );
  if (!goal) return;
  followed = text;
  const place = goal.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += place - 16;
}
document.addEventListener("selectionchange", () => document.activeElement === area && follow());

// A link of the lesson opens beside the editor, never in its place.
pane.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  window.open(link.href, "_blank", "noopener");
});

// Where there is no room for both, one part at a time.
function select(tab, isFocused = false) {
  tabs.forEach((one, place) => {
    const isSelected = one === tab;
    one.setAttribute("aria-selected", String(isSelected));
    one.tabIndex = isSelected ? 0 : -1;
    panes[place].hidden = !wide.matches && !isSelected;
  });
  if (isFocused) tab.focus();
}

// What refused a publication leads to the problems, in whichever pane they are.
document.querySelector(".form-faults a[href='#page-problems']")?.addEventListener("click", () => {
  if (!wide.matches) select(tabs.find((tab) => tab.getAttribute("aria-controls") === "page-problems"));
});

function arrange() {
  tabs[0].parentElement.hidden = wide.matches;
  panes.forEach((one, place) => {
    if (wide.matches) one.removeAttribute("role");
    else one.setAttribute("role", "tabpanel");
    if (!wide.matches && !place) one.setAttribute("aria-labelledby", tabs[0].id);
  });
  select(tabs.find((tab) => tab.getAttribute("aria-selected") === "true"));
}

tabs[0].parentElement.addEventListener("click", (event) => {
  const tab = event.target.closest("[role=tab]");
  if (tab) select(tab);
});
tabs[0].parentElement.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const place = tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
  select(tabs[(place + step + tabs.length) % tabs.length], true);
});
problems.addEventListener(
  "click",
  (event) => !wide.matches && event.target.closest("[data-jump], [data-stub]") && select(tabs[0]),
  true,
);
wide.addEventListener("change", arrange);
for (const part of document.querySelectorAll("[data-without-script]")) part.hidden = true;
showStubs();
arrange();
