// Notes beside their sections: a quiet button at each heading opens the form below it, and kept
// notes stand there. Without this script they are at the page's end, and have a page of their own.
const tools = document.getElementById("page-section-tools");

/** Return where what is typed into a note and not saved is kept: in this tab, by person and section. */
const draftName = (address, section) => `note ${document.body.dataset.person} ${address} ${section}`;
const draftOf = (form) => draftName(form.getAttribute("action"), form.elements.section.value);

/** Return what is kept there, or null; some browsers are set to keep nothing. */
function draftAt(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
}

function setDraft(name, draft) {
  try {
    if (draft) sessionStorage.setItem(name, JSON.stringify(draft));
    else sessionStorage.removeItem(name);
  } catch {
    // The form still holds it.
  }
}

/** Keep what is typed, and which note it was begun on, so that a newer one is not written over. */
function keepDraft(form) {
  const { text, seen } = form.elements;
  const isSaved = text.value === text.defaultValue && !form.querySelector("[aria-invalid]");
  setDraft(draftOf(form), isSaved ? null : { text: text.value, seen: seen.value });
}

function bringDrafts() {
  for (const form of document.querySelectorAll("form.note-form:not([data-is-brought])")) {
    form.dataset.isBrought = "yes";
    const draft = draftAt(draftOf(form));
    if (!draft || form.querySelector("[aria-invalid]")) continue;
    form.elements.text.value = draft.text;
    form.elements.seen.value = draft.seen;
  }
}

function addTools(heading) {
  const { notes, unclear, label } = tools.dataset;
  const copy = tools.content.cloneNode(true);
  const button = copy.querySelector("button");
  const aside = copy.querySelector(".section-aside");
  const panel = copy.querySelector(".note-panel");
  const link = copy.querySelector(".section-unclear");
  const own = document.querySelector(`.own-notes [data-note-of="${CSS.escape(heading.id)}"] .note-kept`);
  const query = `?section=${encodeURIComponent(heading.id)}`;
  button.setAttribute("aria-label", label.replace("{title}", heading.textContent));
  link.querySelector("a").href = `${unclear}${query}`;
  if (own) {
    panel.append(own);
    aside.hidden = false;
  }
  button.classList.toggle("has-note", Boolean(own));
  button.addEventListener("click", () => {
    const opens = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(opens));
    link.hidden = !opens;
    aside.hidden = !opens && !panel.querySelector(".note-kept");
    if (opens && !panel.querySelector("form")) {
      window.htmx.ajax("GET", `${notes}${query}`, { source: button, target: panel, swap: "innerHTML" });
    }
  });
  panel.addEventListener("htmx:afterSettle", () => {
    if (panel.querySelector("form")) return;
    button.classList.toggle("has-note", Boolean(panel.querySelector(".note-kept")));
    button.setAttribute("aria-expanded", "false");
    link.hidden = true;
  });
  const head = document.createElement("div");
  head.className = `section-head ${heading.tagName.toLowerCase()}`;
  heading.replaceWith(head);
  head.append(heading, button);
  head.after(aside);
  if (draftAt(draftName(notes, heading.id))) {
    // Nobody asked for it just now, so it does not take the focus.
    panel.addEventListener("htmx:beforeSwap", ({ detail }) => {
      detail.serverResponse = detail.serverResponse.replace(" autofocus", "");
    }, { once: true });
    button.click();
  }
}

document.addEventListener("input", ({ target }) => {
  if (target.matches(".note-form textarea")) keepDraft(target.form);
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt;
  if (detail.xhr.status === 200 && form.matches("form.note-form")) setDraft(draftOf(form), null);
});
document.addEventListener("htmx:afterSettle", bringDrafts);
bringDrafts();

// Under watch the page is compared with its newest text, so it stays as it was sent.
if (tools && !document.getElementById("page-watch")) {
  for (const heading of document.querySelectorAll(".prose-frame .prose > :is(h2, h3)[id]")) addTools(heading);
  const rest = document.querySelector(".own-notes");
  if (rest) {
    for (const panel of rest.querySelectorAll(".note-panel")) if (!panel.querySelector(".note-kept")) panel.remove();
    rest.hidden = !rest.querySelector(".note-panel");
  }
}
