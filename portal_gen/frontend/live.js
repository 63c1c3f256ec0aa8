// @ts-check
/**
 * Keeps a served page up to date while its description is edited. Only `serve` adds it to pages.
 *
 * One tab listens for all: a browser keeps few connections to a host. It hands what it hears to the others.
 */

const EVENTS = new URL("events", import.meta.url);
const channel = new BroadcastChannel("portal-gen:live");
const PARTS = [".md-content", ".md-sidebar--primary .md-nav"];
const LOOK = {
  position: "fixed",
  inset: "auto 1rem 1rem",
  zIndex: "9",
  maxHeight: "40vh",
  overflow: "auto",
  padding: ".6rem .8rem",
  font: ".65rem/1.55 ui-monospace, monospace",
  color: "#fff",
  background: "#7a1a12",
  borderRadius: ".4rem",
  overflowWrap: "anywhere",
};
let server = "";

/** @param {any} event */
function hear(event) {
  if (event.kind === "hello") {
    if (server && server !== event.server) location.reload();
    server = event.server;
  } else if (event.kind === "rebuilt") {
    if (!("livereload" in window)) location.reload();
  } else if (event.kind === "faults") {
    banner(event.messages);
  } else if (event.kind === "changed") {
    refresh();
  }
}

/** Fetches this page anew and puts its parts in place; a page that is gone stays, and says so. */
async function refresh() {
  const answer = await fetch(location.href.split("#")[0], { cache: "no-store" }).catch(() => null);
  if (!answer) return;
  if (!answer.ok) return banner(["This page is no longer in the description; what you see is its last state."]);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const held = anchor(fresh);
  for (const part of PARTS) {
    const [old, next] = [document.querySelector(part), fresh.querySelector(part)];
    if (!old || !next || old.outerHTML === next.outerHTML) continue;
    keepState(old, next);
    old.replaceWith(document.adoptNode(next));
  }
  document.title = fresh.title;
  const swaps = /** @type {any} */ (globalThis).document$;
  if (swaps?.next) swaps.next(document);
  if (held) scrollBy({ top: (document.getElementById(held.id)?.getBoundingClientRect().top ?? held.top) - held.top, behavior: "instant" });
}

/** The first thing in view that the new page has too: it stays where it is. @param {Document} fresh */
function anchor(fresh) {
  for (const element of document.querySelectorAll(".md-content [id]")) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > 60 && top < innerHeight && !element.id.startsWith("__") && fresh.getElementById(element.id))
      return { id: element.id, top };
  }
  return null;
}

/** What a reader has opened and chosen stays so. @param {Element} old @param {Element} next */
function keepState(old, next) {
  const olds = new Map([...old.querySelectorAll("details")].map((part) => [name(part), part.open]));
  for (const part of next.querySelectorAll("details")) part.open = olds.get(name(part)) ?? part.open;
  const chosen = new Set([...old.querySelectorAll("input:checked")].map(name));
  for (const input of next.querySelectorAll("input[type=radio]")) if (chosen.has(name(input))) input.toggleAttribute("checked", true);
}

/** What stands for an element in both pages. @param {Element} element */
function name(element) {
  const around = element.closest("[id]")?.id ?? "";
  const text = element instanceof HTMLDetailsElement ? element.firstElementChild?.textContent : element.parentElement?.textContent;
  return `${around} ${element.getAttribute("name") ?? ""} ${text}`;
}

/** Says what is wrong over the last good page. @param {string[]} messages */
function banner(messages) {
  document.getElementById("pg-faults")?.remove();
  if (!messages.length) return;
  const box = document.createElement("div");
  box.id = "pg-faults";
  box.role = "alert";
  Object.assign(box.style, LOOK);
  for (const message of messages) box.append(Object.assign(document.createElement("p"), { textContent: message }));
  document.body.append(box);
}

channel.onmessage = (event) => hear(event.data);
navigator.locks.request(
  "portal-gen:live",
  () =>
    new Promise(() => {
      new EventSource(EVENTS).onmessage = (message) => {
        const event = JSON.parse(message.data);
        channel.postMessage(event);
        hear(event);
      };
    }),
);
