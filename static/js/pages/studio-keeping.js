// The text is kept: in this browser at once, on the site when typing pauses. Nothing is lost by a
// lost connection, an expired login or a server that dies; leaving with unsaved text asks first.
const form = document.getElementById("page-editor");
const area = document.getElementById("page-source");
const saving = document.getElementById("page-saving");
const trouble = document.getElementById("page-keeping");
const newer = document.getElementById("page-newer");
const status = document.getElementById("page-status");
const address = form.getAttribute("action");
const { key } = form.dataset;
const PAUSE = 450;
const LONGEST_WAIT = 15_000;

let saved = "unsaved" in form.dataset ? null : area.value;
let pause, storing, sending, isLeaving = false, isStopped = false, failures = 0;

const isDirty = () => area.value !== saved;

function store(name, text) {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify({ text, at: Date.now() }));
  } catch {
    // A browser without room or permission still sends the text to the site.
  }
}

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** Show what is the matter, in words that stand in the page; with nothing, all is well again. */
function tell(name, text = trouble.dataset[name]) {
  if (trouble.dataset.shown === (name ?? "")) return;
  trouble.dataset.shown = name ?? "";
  trouble.replaceChildren(...(name ? [text] : []));
  if (name === "signedOut") {
    const link = document.createElement("a");
    Object.assign(link, { href: form.dataset.login, target: "_blank", textContent: trouble.dataset.signIn });
    trouble.append(" ", link);
  }
  trouble.hidden = !name;
}

/** Send the text; return whether the site has it. Calls at the same time share one request. */
function send() {
  clearTimeout(pause);
  sending ??= post().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function post() {
  const text = area.value;
  saving.textContent = saving.dataset.saving;
  try {
    let response = await request();
    if (response.status === 403 && (await renewToken())) response = await request();
    return await take(response, text);
  } catch {
    return later("offline");
  }
}

function request() {
  const body = new FormData(form);
  body.set("action", "save");
  return fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
}

/** Signing in anew changes the form's token: get the present one from the page itself. */
async function renewToken() {
  const response = await fetch(address);
  if (response.redirected || !response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("#page-editor [name=csrfmiddlewaretoken]")?.value;
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = fresh ?? field.value;
  return Boolean(fresh);
}

async function take(response, text) {
  if (response.status === 401 || response.status === 403) return later("signedOut");
  if (response.status === 409) return stop("elsewhere");
  if (response.status === 404) return stop("gone");
  if (response.status === 422) return stop("refused", (await response.json()).reason);
  if (!response.ok) return later("offline");
  const answer = await response.json();
  failures = 0;
  saved = text;
  form.elements.namedItem("edition").value = answer.edition;
  if (!isDirty()) store(key, null);
  tell(null);
  saving.textContent = `${saving.dataset.saved} ${answer.at}`;
  document.dispatchEvent(new CustomEvent("studio:answer", { detail: answer }));
  if (isDirty()) pause = setTimeout(send, PAUSE);
  return true;
}

/** Keep the text here and try again by itself, less and less often. */
function later(name) {
  tell(name);
  saving.textContent = saving.dataset.changed;
  failures += 1;
  pause = setTimeout(send, Math.min(1000 * 2 ** (failures - 1), LONGEST_WAIT));
  return false;
}

/** Sending again would change nothing until the person decides. */
function stop(name, text) {
  tell(name, text);
  saving.textContent = saving.dataset.changed;
  isStopped = name !== "refused";
  return false;
}

area.addEventListener("input", () => {
  if (isDirty()) saving.textContent = saving.dataset.changed;
  clearTimeout(storing);
  storing = setTimeout(() => store(key, isDirty() ? area.value : null), 150);
  clearTimeout(pause);
  if (!isStopped) pause = setTimeout(() => isDirty() && send(), PAUSE);
});

// Buttons of the form: saving needs no new page; publishing waits until the text is safe.
form.addEventListener("submit", async (event) => {
  const { submitter } = event;
  if (isLeaving || isStopped) {
    isLeaving = true;
    return;
  }
  event.preventDefault();
  store(key, area.value);
  // A form cannot be submitted again while it tells of the first time.
  await new Promise((resolve) => setTimeout(resolve));
  await sending;
  const isSafe = isDirty() || submitter?.value === "save" ? await send() : true;
  if (submitter?.value === "save") status.textContent = isSafe ? saving.textContent : trouble.textContent;
  const mustDecide = isStopped && trouble.dataset.shown === "elsewhere";
  if ((isSafe && submitter?.value !== "save") || mustDecide) {
    isLeaving = true;
    if (isSafe) {
      saving.textContent = saving.dataset.publishing;
      store(key, null);
    }
    form.requestSubmit(submitter);
  }
});

addEventListener("beforeunload", (event) => {
  if (isDirty()) store(key, area.value);
  if (isDirty() && !isLeaving) event.preventDefault();
});
addEventListener("pageshow", (event) => {
  if (event.persisted) isLeaving = false;
});
for (const name of ["online", "focus"]) {
  addEventListener(name, () => isDirty() && !isStopped && failures && send());
}
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
    event.preventDefault();
    form.querySelector("button[value=save]:not(.visually-hidden)").click();
  }
});

// A text that never reached the site, from an earlier visit: both are offered, neither is dropped.
const other = `${key}:other`;
const left = stored(key);
if (left && left.text !== area.value) {
  store(other, left.text);
  store(key, null);
} else if (left) store(key, null);
const offered = stored(other);
if (offered && offered.text === area.value) store(other, null);
else if (offered) {
  newer.hidden = false;
  newer.querySelector("time").textContent = new Date(offered.at).toLocaleString();
  newer.querySelector("pre").textContent = offered.text;
}
newer.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if ("use" in button.dataset) {
    area.focus();
    area.select();
    document.execCommand("insertText", false, offered.text);
  }
  store(other, null);
  newer.hidden = true;
  area.focus();
});
if (saved === null) store(key, area.value);
