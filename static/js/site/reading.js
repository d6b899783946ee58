// While a lesson is read: minutes left, the section one is in, terms explained in place.
// Without this script all of it is still on the page, at its ends.
// Under watch the page is compared with its newest text, so it stays as it was sent.
const isWatched = Boolean(document.getElementById("page-watch"));
const left = document.querySelector(".minutes-left");
const parts = [...document.querySelectorAll(".prose-frame > .prose > *, .prose-frame > :not(.prose)")];

/** Return how much of the text is below the line that is being read, from 1 to 0. */
function shareLeft(before) {
  const line = innerHeight * 0.4;
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts[middle].getBoundingClientRect().bottom > line) high = middle;
    else low = middle + 1;
  }
  if (low === parts.length) return 0;
  const box = parts[low].getBoundingClientRect();
  const within = Math.min(1, Math.max(0, (line - box.top) / box.height));
  const words = before[low + 1] - before[low];
  return 1 - (before[low] + within * words) / before.at(-1);
}

if (left && parts.length && !isWatched) {
  const before = [0];
  for (const part of parts) before.push(before.at(-1) + part.textContent.split(/\s+/).length);
  const minutes = Number(left.dataset.minutes);
  const title = left.closest("summary").querySelector("[data-here]");
  const usual = title.textContent;
  // Beside the text the list itself says where one is.
  const beside = matchMedia("(min-width: 64rem)");
  let isAsked = false;
  const show = () => {
    isAsked = false;
    const n = Math.ceil(minutes * shareLeft(before) - 0.05);
    const text = n > 0 ? left.dataset.left.replace("{n}", n) : left.dataset.done;
    if (left.textContent !== text) left.textContent = text;
    const here = !beside.matches && scrollY > 200 && document.querySelector(".contents [aria-current]");
    title.textContent = here ? here.textContent : usual;
  };
  addEventListener("scroll", () => {
    if (!isAsked) requestAnimationFrame(show);
    isAsked = true;
  }, { passive: true });
  requestAnimationFrame(show);
}

// What scrolls sideways can be reached by keyboard in every browser.
for (const block of document.querySelectorAll(".prose pre")) {
  if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
}

// Terms: what an abbreviation stands for shows below it on hover, focus and tap; Escape closes it,
// and the pointer may move onto it (WCAG 1.4.13). Tab stops at the first of each in a text.
const tip = document.createElement("span");
tip.className = "term-tip";
tip.id = "page-term";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
let shown = null;
let closing = 0;

function hideTerm() {
  clearTimeout(closing);
  shown?.removeAttribute("aria-describedby");
  shown = null;
  tip.hidden = true;
}

function showTerm(term) {
  clearTimeout(closing);
  if (shown === term) return;
  hideTerm();
  shown = term;
  tip.textContent = term.dataset.meaning;
  tip.hidden = false;
  term.setAttribute("aria-describedby", tip.id);
  const box = term.getBoundingClientRect();
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${scrollX + Math.max(8, Math.min(box.left, room))}px`;
  const below = box.bottom + 6;
  const fits = below + tip.offsetHeight < innerHeight;
  tip.style.top = `${scrollY + (fits ? below : box.top - tip.offsetHeight - 6)}px`;
}

const hideSoon = () => {
  clearTimeout(closing);
  closing = setTimeout(hideTerm, 200);
};

function explainTerms() {
  if (isWatched) return;
  if (!tip.isConnected) document.querySelector("main").append(tip);
  if (shown && !shown.isConnected) hideTerm();
  const stops = new Set();
  for (const term of document.querySelectorAll("main abbr[title]")) {
    term.dataset.meaning = term.title;
    term.removeAttribute("title");
    if (!stops.has(term.textContent) && !term.closest("label, a, button, summary")) term.tabIndex = 0;
    stops.add(term.textContent);
    term.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && showTerm(term));
    term.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && hideSoon());
    term.addEventListener("focus", () => showTerm(term));
    term.addEventListener("blur", hideSoon);
  }
}

explainTerms();
document.addEventListener("htmx:afterSettle", explainTerms);
tip.addEventListener("pointerenter", () => clearTimeout(closing));
tip.addEventListener("pointerleave", hideSoon);
document.addEventListener("click", (event) => {
  const term = event.target.closest?.("abbr[data-meaning]");
  if (term) showTerm(term);
  else if (event.target !== tip) hideTerm();
});
document.addEventListener("keydown", (event) => event.key === "Escape" && hideTerm());
