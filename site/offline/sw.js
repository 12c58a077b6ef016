// Keeps what is needed in an emergency in the reader's browser: network first, and the saved pages, marked with the day
// on which they were saved, where there is no network. The program writes the list; nothing else is ever kept.
"use strict";
const SITE = {};
const PREFIX = "kitei-";
const PATIENCE = 6000;

// A page's path below the folder of this script; null for what lies elsewhere.
const below = (url) => {
  const { origin, pathname } = new URL(url);
  const scope = new URL(registration.scope);
  return origin === scope.origin && pathname.startsWith(scope.pathname) ? pathname.slice(scope.pathname.length) : null;
};

async function save(path, response) {
  const headers = new Headers(response.headers);
  headers.delete("content-encoding");
  headers.set("x-saved", new Date().toISOString());
  const cache = await caches.open(SITE.name);
  await cache.put(path, new Response(await response.blob(), { status: 200, headers }));
}

async function install() {
  if (SITE.kept.length > 0) {
    const keep = async (path) => {
      const response = await fetch(path, { cache: "reload" });
      if (!response.ok) throw new Error(path);
      await save(path, response);
    };
    await Promise.all(SITE.kept.map(keep));
  }
  await self.skipWaiting();
}

// What an earlier version has kept goes. A site that keeps nothing takes this script away, too.
async function activate() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== SITE.name).map((name) => caches.delete(name)));
  if (SITE.kept.length === 0) await registration.unregister();
  else await self.clients.claim();
}

const escaped = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

async function marked(response) {
  const saved = new Date(response.headers.get("x-saved"));
  const date = saved.toLocaleString(SITE.language, { dateStyle: "long", timeStyle: "short" });
  const notice = `<p class="saved" role="status">${escaped(SITE.saved.replace("{date}", date))}</p>`;
  const html = (await response.text()).replace(/<main[^>]*>/, (main) => main + notice);
  const headers = new Headers(response.headers);
  headers.delete("content-length");
  return new Response(html, { status: 200, headers });
}

async function fresh(event, path) {
  const saved = async () => {
    const response = await caches.match(path, { cacheName: SITE.name });
    return response && path.endsWith(".html") ? marked(response) : response;
  };
  try {
    const response = await fetch(event.request, { signal: AbortSignal.timeout(PATIENCE) });
    // A gateway that answers for a server that is down.
    if (response.status >= 500) return (await saved()) ?? response;
    if (response.ok) event.waitUntil(save(path, response.clone()));
    return response;
  } catch (error) {
    const response = await saved();
    if (response) return response;
    throw error;
  }
}

// In place of the browser's own page: what can be read without a network.
function absent() {
  const links = SITE.pages.map(([path, name]) => `<li><a href="${registration.scope}${path}">${escaped(name)}</a></li>`).join("");
  const page = `<!doctype html><html lang="${SITE.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(SITE.absent)}</title><main><h1>${escaped(SITE.absent)}</h1><ul>${links}</ul></main></html>`;
  return new Response(page, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const path = below(event.request.url);
  if (event.request.method !== "GET" || path === null || SITE.kept.length === 0) return;
  if (SITE.kept.includes(path)) event.respondWith(fresh(event, path));
  else if (event.request.mode === "navigate") event.respondWith(fetch(event.request).catch(absent));
});
