// Registers the worker that keeps opened lessons, and keeps a whole lesson with its check on demand.
// It waits until the page has loaded, so that a first visit costs nothing.
const { worker } = document.body.dataset;
const keeper = document.querySelector("[data-keep]");
const LONGEST_WAIT = 10_000;
// A machine that is busy with other things may never be idle.
const AT_THE_LATEST = { timeout: 5_000 };

async function isKept(address) {
  return Boolean(await caches.match(new URL(address, location).href, { cacheName: "pages", ignoreVary: true }));
}

function addressesOf(button) {
  const { check, questions } = button.dataset;
  const numbers = Array.from({ length: Number(questions) }, (_, index) => `${check}${index + 1}/`);
  const pictures = [...document.querySelectorAll(".prose img")].map((picture) => picture.src);
  return [location.pathname, "../", "/", ...(numbers.length ? [check, ...numbers] : []), ...pictures];
}

function showKept() {
  keeper.textContent = keeper.dataset.kept;
  document.querySelector("[data-kept-list]").hidden = false;
}

/** Wait for the worker, which keeps a page after it has handed it on. */
async function untilKept(address) {
  const end = Date.now() + LONGEST_WAIT;
  while (!(await isKept(address))) {
    if (Date.now() > end) throw new Error(address);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function keepLesson() {
  keeper.textContent = keeper.dataset.keeping;
  try {
    for (const address of addressesOf(keeper)) {
      const response = await fetch(address);
      if (!response.ok) throw new Error(response.statusText);
    }
    await Promise.all(addressesOf(keeper).map(untilKept));
    showKept();
  } catch {
    keeper.textContent = keeper.dataset.failed;
  }
}

async function begin() {
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register(worker, { scope: "/" });
  await navigator.serviceWorker.ready;
  if (!keeper) return;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  // The page that brought the worker was loaded without it.
  if (isFirst) await fetch(location.pathname);
  keeper.hidden = false;
  keeper.addEventListener("click", keepLesson);
  if (await isKept(`${keeper.dataset.check}1/`)) showKept();
}

if (worker && "serviceWorker" in navigator) {
  // The page comes first.
  const start = () => begin().catch(() => null);
  addEventListener("load", () => (globalThis.requestIdleCallback ?? setTimeout)(start, AT_THE_LATEST));
}

// The page of kept lessons.
const list = document.querySelector("[data-kept-lessons]");
if (list && "caches" in window) {
  const show = async () => {
    const cache = await caches.open("pages");
    const lessons = (await cache.keys()).filter(({ url }) => /^\/courses\/[^/]+\/[^/]+\/$/.test(new URL(url).pathname));
    for (const request of lessons) {
      const text = await (await cache.match(request, { ignoreVary: true })).text();
      const item = list.appendChild(document.createElement("li"));
      const link = item.appendChild(document.createElement("a"));
      link.href = new URL(request.url).pathname;
      link.textContent = new DOMParser().parseFromString(text, "text/html").title;
    }
    document.querySelector("[data-none-kept]").hidden = lessons.length > 0;
  };
  show().catch(() => null);
}
