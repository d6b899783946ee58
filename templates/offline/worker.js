// Keeps lessons that were opened, so that they can be read without a connection. Nothing that is
// sent (POST), and no page of an account, the studio or one's data, is ever kept.
const FILES = "files-{{ version }}";
const PAGES = "pages";
const PERSON = "person";
const SHELL = {{ shell|safe }};
const STATIC = "{{ static_url }}";
const OFFLINE = "{% url "learn:offline" %}";
const KEPT = /^\/($|courses\/)/;
const NEVER = /^\/(accounts|studio|my-data|preferences|watch)\//;
const PATIENCE = 3000;
const MOST_PAGES = 300;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll([...SHELL, OFFLINE])));
  self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const drop = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => ![FILES, PAGES, PERSON].includes(name)).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(drop());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST" && pathname.startsWith("/accounts/logout")) event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET") return;
  if (pathname.startsWith(STATIC)) event.respondWith(file(request));
  else if (KEPT.test(pathname)) event.respondWith(page(event));
  else if (request.mode === "navigate" && !NEVER.test(pathname)) event.respondWith(fetch(request).catch(offlinePage));
});

/** A static file has its digest in its name: once kept, it never changes. */
async function file(request) {
  const kept = await caches.match(request.url, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) (await caches.open(FILES)).put(request.url, response.clone());
  return response;
}

/** A page comes from the site; when that fails or takes long, the kept copy does. */
async function page(event) {
  const { request } = event;
  const isFragment = request.headers.has("HX-Request");
  const fetched = fetch(request);
  const kept = fetched.then((response) => (isFragment ? null : keepNext(request.url, response.clone())));
  event.waitUntil(kept.catch(() => null));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  const response = await Promise.race(isFragment ? [fetched] : [fetched, late]).catch(() => null);
  if (response) return response;
  const copy = await caches.match(request.url, { cacheName: PAGES, ignoreVary: true });
  // A kept page is whole: HTMX, which asked for a part, is told to go there.
  if (copy && isFragment) return new Response("", { headers: { "HX-Redirect": request.url } });
  if (copy) return copy;
  return fetched.catch(() => (request.mode === "navigate" ? offlinePage() : Response.error()));
}

async function offlinePage() {
  return (await caches.match(OFFLINE, { ignoreVary: true })) ?? Response.error();
}

let keeping = Promise.resolve();

/** Keep pages one after the other: whose page came last is whose browser it is. */
function keepNext(url, response) {
  keeping = keeping.catch(() => null).then(() => keep(url, response));
  return keeping;
}

async function keep(url, response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.ok || !/^(text\/html|image\/)/.test(type)) return;
  let body = await response.blob();
  if (type.startsWith("text/html")) {
    const markup = await body.text();
    await dropOthers(markup);
    // A copy says that it is one.
    body = new Blob([markup.replace("<body", `<body data-kept-at="${new Date().toISOString()}"`)]);
  }
  const headers = new Headers(response.headers);
  headers.delete("Content-Encoding");
  const cache = await caches.open(PAGES);
  await cache.delete(url);
  await cache.put(url, new Response(body, { headers }));
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST_PAGES)).map((old) => cache.delete(old)));
}

/** Drop every kept page when this one is of another person; a guest may come to have a name. */
async function dropOthers(markup) {
  const person = /data-person="([^"]*)"/.exec(markup)?.[1];
  if (!person) return;
  const cache = await caches.open(PERSON);
  const known = await (await cache.match("/"))?.text();
  if (known === person) return;
  if (known && !(known === "guest" && person.startsWith("guest-"))) await caches.delete(PAGES);
  await cache.put("/", new Response(person));
}
