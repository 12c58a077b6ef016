// Loads the page again after each build of `kitei serve`. Only a visible page listens: browsers allow a server a
// handful of connections, and every listening tab holds one. A page that comes into view asks what it has missed.
"use strict";
(() => {
  const build = new URL(document.currentScript.src).search;
  let events = null;
  const listen = () => {
    if (events !== null) return;
    events = new EventSource("/_kitei/events" + build);
    events.addEventListener("reload", () => {
      stop();
      location.reload();
    });
  };
  const stop = () => {
    events?.close();
    events = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (!document.hidden) listen();
})();
