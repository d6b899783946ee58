// An answer that cannot reach the site waits in this browser and is sent when the connection is
// back. The site counts it once, however often it arrives.
const queueNote = document.getElementById("page-queue");
const here = document.body.dataset.person ?? "";
// A browser may believe it is online and reach nobody: in a tunnel, behind a hotel's login.
const SOON = 2_000;
const LONGEST_PAUSE = { later: 15_000, stuck: 300_000 };
const PATIENCE = 20_000;
const MOST_STUCK = 3;

function inStore(mode, work) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("checkmark", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("answers", { keyPath: "key" });
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const request = work(opening.result.transaction("answers", mode).objectStore("answers"));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      opening.result.close();
    };
  });
}

const kept = () => inStore("readonly", (store) => store.getAll());
const isWaiting = (entry) => !entry.refused;

function say(text, address = "", label = queueNote.dataset.see) {
  // What is read out once is not read out again at each try.
  if (queueNote.dataset.said === text + address) return;
  queueNote.dataset.said = text + address;
  delete queueNote.dataset.waits;
  queueNote.hidden = !text;
  queueNote.textContent = text;
  document.getElementById("page-status").textContent = text;
  if (!address) return;
  const link = document.createElement("a");
  link.href = address;
  link.textContent = label;
  queueNote.append(" ", link);
}

const counted = (text, n) => text.replace("{n}", n);

async function showWaiting() {
  const n = (await kept()).filter(isWaiting).length;
  if (n) sayOutcome(n, 0);
}

const waitingText = (n) => counted(n === 1 ? queueNote.dataset.one : queueNote.dataset.many, n);

/** Say below the question that the answer is safe, and lead on where the next page is kept. */
async function showSaved(form) {
  form.querySelector(".queued")?.remove();
  const note = document.createElement("p");
  note.className = "notice queued";
  (form.querySelector(".action-bar") ?? form).prepend(note);
  note.textContent = queueNote.dataset.saved;
  const next = form.getAttribute("action").replace(/(\d+)\/$/, (_, n) => `${Number(n) + 1}/`);
  if (next === form.getAttribute("action") || !("caches" in window)) return;
  // After the last question there is the lesson.
  const lesson = document.querySelector(".breadcrumb a");
  const ways = [[next, queueNote.dataset.next], [lesson?.href ?? next, lesson?.textContent]];
  for (const [address, label] of ways) {
    if (!(await caches.match(new URL(address, location).href, { ignoreVary: true }))) continue;
    const link = document.createElement("a");
    link.href = address;
    link.textContent = label;
    note.append(" ", link);
    return;
  }
}

// When it was shown is left out: how long an answer waited says nothing about how long it took.
const LEFT_OUT = new Set(["csrfmiddlewaretoken", "shown"]);

async function put(form, data) {
  const fields = [...data.entries()].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string");
  const url = new URL(form.getAttribute("action"), location).pathname;
  const key = [url, data.get("version"), data.get("attempt"), data.get("try")].join(" ");
  await inStore("readwrite", (store) => store.put({ key, url, fields, person: here, at: Date.now() }));
  await showSaved(form);
  await showWaiting();
  tryLater();
}

document.addEventListener(
  "htmx:sendError",
  (event) => {
    const form = event.target;
    const data = event.detail.requestConfig?.formData;
    if (!(form instanceof HTMLFormElement) || !data?.has("version") || data.has("hint") || data.has("move")) return;
    event.stopPropagation();
    put(form, data).catch(() => {
      const box = document.getElementById("page-alert");
      box.textContent = box.dataset.offline;
    });
  },
  true,
);

/** Whether an answer is of the person now here; a guest's goes to whom the guest became. */
function isOf(entry, person) {
  if (entry.person === person || entry.person === "guest") return true;
  return entry.person.startsWith("guest") && !person.startsWith("guest");
}

/** Return a token for forms and who is here, as the site says now; throw where it does not. */
async function freshToken() {
  const response = await fetch(queueNote.dataset.fresh, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!response.ok || !token) throw new Error(response.statusText);
  return { token, person: page.body.dataset.person ?? "" };
}

// As it stands it will not be taken, however often it is sent: the question is another or gone, or
// the answer has to be looked at first. Then its form comes back, with what was entered.
const REFUSALS = new Set([400, 404, 409, 410, 413, 422]);
const GONE = new Set([404, 410]);
const FORM_AGAIN = new Set([409, 422]);
// The site is there and cannot take anything just now, or it is not the site that says so.
const BUSY = new Set([408, 425, 429, 502, 503, 504]);

/**
 * Send one answer; return "sent" and its feedback, "refused", its form if that comes back and where
 * to answer again, "later" where nothing can be sent now, or "stuck" where it is about this answer.
 */
async function sendOne(entry, token) {
  const body = new URLSearchParams([...entry.fields, ["csrfmiddlewaretoken", token]]);
  const headers = { "HX-Request": "true" };
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(entry.url, { method: "POST", body, headers, signal }).catch(() => null);
  if (response?.ok) return ["sent", await response.text()];
  if (!REFUSALS.has(response?.status)) return [!response || BUSY.has(response.status) ? "later" : "stuck"];
  const markup = FORM_AGAIN.has(response.status) ? await response.text() : "";
  return ["refused", markup, GONE.has(response.status) ? "" : entry.url];
}

const forms = () => [...document.querySelectorAll("form.question")];
const formAt = (entry) => forms().find((form) => new URL(form.action).pathname === entry.url);

/** The form that still asks what was answered. */
function formOf(entry) {
  const version = Object.fromEntries(entry.fields).version;
  return forms().find((form) => form.elements.version?.value === version);
}

const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
const isEntered = (field) => field.name && field.type !== "hidden" && field.type !== "submit";
const wasSent = (field, { fields }) => fields.some(([name, value]) => name === field.name && value === field.value);

/** Whether a form holds what was sent, or nothing yet: what somebody types meanwhile is theirs. */
function isAsSent(form, entry) {
  return [...form.elements].filter(isEntered).every((field) =>
    isTicked(field)
      ? field.checked === field.defaultChecked || field.checked === wasSent(field, entry)
      : field.value === (field.defaultValue ?? "") || wasSent(field, entry),
  );
}

/** A question that was answered and whose answer still waits shows it when it is opened again. */
async function showKept() {
  for (const entry of (await kept()).filter((one) => isWaiting(one) && isOf(one, here))) {
    const form = formOf(entry);
    if (!form || form !== formAt(entry) || !isAsSent(form, entry)) continue;
    const sent = new Map(entry.fields);
    for (const field of [...form.elements].filter(isEntered)) {
      if (isTicked(field)) field.checked = wasSent(field, entry);
      else field.value = sent.get(field.name) ?? "";
    }
    await showSaved(form);
  }
}

/** Put what the site said in the place of its question's form; return whether there is one. */
function showInPlace(form, markup) {
  const target = form?.closest(".quick, #question");
  if (!target || !markup) return false;
  window.htmx.swap(target, markup, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  return true;
}

// What became of answers since the page was opened: it is told for as long as that is.
const told = { sent: 0, sentAt: "", refused: 0, again: "" };
const tries = new Map();
const triesOf = (entry) => tries.get(entry.key) ?? 0;

/** Send what waits; return "later" or "stuck" where some of it has to be sent again, else "". */
async function sendAll() {
  // What did not get through comes after what did not try.
  const entries = (await kept())
    .filter((entry) => isWaiting(entry) || formAt(entry))
    .sort((one, other) => triesOf(one) - triesOf(other) || one.at - other.at);
  if (!entries.length) {
    // Another tab may have sent them.
    if (queueNote.dataset.waits) sayOutcome(0, 0);
    return "";
  }
  const { token, person } = await freshToken();
  let left = entries.filter(isWaiting).length;
  let stuck = 0;
  let why = "";
  for (const entry of entries.filter((one) => isOf(one, person))) {
    const [outcome, markup, again] = await sendOne(entry, token);
    if (outcome === "later" || outcome === "stuck") {
      why = outcome;
      stuck += outcome === "stuck";
      tries.set(entry.key, triesOf(entry) + 1);
      // A site that takes none of them is spared the others.
      if (why === "later" || stuck === MOST_STUCK) break;
      continue;
    }
    left -= isWaiting(entry);
    const form = outcome === "sent" ? formOf(entry) : formAt(entry);
    const isAnsweredAnew = outcome === "refused" && form && !isAsSent(form, entry);
    const isShown = isAnsweredAnew || showInPlace(form, markup);
    const waitsForItsForm = outcome === "refused" && markup && !isShown;
    await inStore("readwrite", (store) =>
      waitsForItsForm ? store.put({ ...entry, refused: true }) : store.delete(entry.key),
    );
    if (outcome === "refused" && isShown) continue;
    told[outcome] += 1;
    if (outcome === "refused") told.again = again;
    else told.sentAt = isShown ? "" : entry.url;
  }
  sayOutcome(left, stuck);
  return why;
}

/** Tell what became of answers, of which ``left`` still wait, ``stuck`` of them as they are. */
function sayOutcome(left, stuck) {
  const { sent, refused, redo } = queueNote.dataset;
  const parts = [];
  if (told.sent) parts.push(counted(sent, told.sent));
  if (stuck) parts.push(counted(queueNote.dataset.stuck, stuck));
  else if (left) parts.push(waitingText(left));
  if (told.refused) parts.push(counted(refused, told.refused));
  const text = parts.join(" ");
  if (told.refused) say(text, told.again, redo);
  else say(text, told.sentAt);
  if (left) queueNote.dataset.waits = left;
}

/** A page that was kept says so, unless there is more important news. */
function showAge() {
  const { keptAt } = document.body.dataset;
  if (!keptAt || !queueNote.hidden) return;
  const day = new Date(keptAt).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  say(queueNote.dataset.copy.replace("{day}", day));
}

let again = 0;
let pause = SOON;

function tryLater(why = "later") {
  clearTimeout(again);
  pause = Math.min(pause, LONGEST_PAUSE[why]);
  again = setTimeout(sendWaiting, pause);
  pause *= 2;
}

async function sendWaiting() {
  clearTimeout(again);
  if (!("indexedDB" in window) || !queueNote) return;
  try {
    if (!navigator.onLine) return await showWaiting();
    const why = await (navigator.locks?.request("answers", sendAll) ?? sendAll());
    if (why) tryLater(why);
    else pause = SOON;
  } catch {
    await showWaiting().catch(() => null);
    tryLater();
  } finally {
    showAge();
  }
}

addEventListener("online", sendWaiting);
// The page comes first.
addEventListener("load", () =>
  (globalThis.requestIdleCallback ?? setTimeout)(() => showKept().catch(() => null).then(sendWaiting), { timeout: 5_000 }),
);
