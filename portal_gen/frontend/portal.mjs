// @ts-check
/** What the reference pages do beyond HTML. Listeners sit on the document, so swapped pages work at once. */
const LANGUAGE = "portal-gen:language";
const FILTER = ".pg-nav [type=search], [data-pg-filter]";
const SIDEBAR = ".md-sidebar__scrollwrap";
let navTop = 0; // kept from page to page
/** Open state before a filter touched it. @type {WeakMap<Element, boolean>} */
const wasOpen = new WeakMap();

/** @param {string} selector @param {ParentNode} [root] @returns {any[]} */
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
/** @param {any} event @param {string} selector @returns {any} */
const hit = (event, selector) => event.target.closest?.(selector);
/** @param {any} element @param {string} selector @returns {any[]} it and its ancestors that match, nearest first */
function line(element, selector) {
  const next = element?.closest(selector);
  return next ? [next, ...line(next.parentElement, selector)] : [];
}
/** @param {Element} element */
const visible = (element) => element.getClientRects().length > 0;
/** @param {string | undefined} id @param {any} otherwise @returns {any} the element of that id */
const named = (id, otherwise) => (id ? document.getElementById(id) : otherwise);

/** Says a text to a screen reader. @param {string} text */
function announce(text) {
  let region = document.getElementById("pg-said");
  if (!region)
    document.body.append((region = Object.assign(document.createElement("output"), { id: "pg-said", className: "pg-vh" })));
  region.textContent = text;
}

/** Copies what `data-pg-copy` names, or else the address or the shown code beside the button. @param {HTMLElement} button */
async function copy(button) {
  const beside = button.closest(".pg-addr__row, .pg-card, .pg-row") ?? document;
  const source = named(button.dataset.pgCopy, all(".pg-path, pre", beside).find(visible));
  if (!source) return;
  try {
    await navigator.clipboard.writeText((source.querySelector("code") ?? source).textContent.trimEnd());
  } catch {
    return getSelection()?.selectAllChildren(source); // refused: ready to copy by hand
  }
  button.dataset.pgDone = "";
  announce(button.dataset.pgSaid ?? "Copied");
  setTimeout(() => delete button.dataset.pgDone, 1600);
}

/** Chooses a language by its label wherever the page offers it. @param {string} label */
function choose(label) {
  for (const option of all("[data-pg-lang] label")) {
    if (option.textContent.trim() !== label) continue;
    option.querySelector("input").checked = true;
    option.parentElement.scrollLeft = option.offsetLeft - 40;
  }
}

/** Reads the stored language, or stores one; storage may be closed. @param {string} [label] */
function language(label) {
  try {
    if (label) localStorage.setItem(LANGUAGE, label);
    return localStorage.getItem(LANGUAGE);
  } catch {
    return label;
  }
}

/** A leaf is found by its text, its hidden words and the headings it is folded under. @param {any} leaf @returns {string} */
function haystack(leaf) {
  const parts = [leaf, ...line(leaf, "details").map((part) => part.firstElementChild)].reverse();
  return parts
    .map((part) => `${part.textContent} ${part.dataset.pgWords ?? ""}`)
    .join(" ")
    .toLowerCase();
}

/** Hides the leaves that lack a word, and the groups left empty. @param {Element} root @param {string[]} words @returns {string} shown / all */
function narrow(root, words) {
  const leaves = all("tbody tr, li:not(:has(li))", root).filter((leaf) => !leaf.closest(".pg-nav__site, .pg-nav__svc"));
  const groups = new Map();
  for (const leaf of leaves) {
    const text = words.length ? haystack(leaf) : "";
    leaf.hidden = !words.every((word) => text.includes(word));
    for (const group of line(leaf, "details, li, .pg-sec"))
      if (group !== root && root.contains(group)) groups.set(group, groups.get(group) || !leaf.hidden);
  }
  for (const [group, some] of groups) {
    group.hidden = !some;
    if (!("open" in group)) continue;
    if (!wasOpen.has(group)) wasOpen.set(group, group.open);
    group.open = words.length ? some : !!wasOpen.get(group);
    if (!words.length) wasOpen.delete(group);
  }
  return `${leaves.filter((leaf) => !leaf.hidden).length} / ${leaves.length}`;
}

/** Runs the filter of one input and says how much is left. @param {HTMLInputElement} input */
function filter(input) {
  const root = named(input.dataset.pgFilter, input.closest(".pg-nav"));
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const left = narrow(root, words);
  const output = input.parentElement?.querySelector("output");
  if (output) output.textContent = words.length ? left : "";
  else announce(left);
}

/** Opens everything in a section, or closes it; the button's two labels change places. @param {HTMLElement} button */
function openAll(button) {
  const open = button.ariaExpanded !== "true";
  for (const part of all("details", named(button.dataset.pgOpen, button.closest(".pg-sec")))) part.open = open;
  button.ariaExpanded = String(open);
  const label = button.dataset.pgAlt;
  if (label) [button.dataset.pgAlt, button.textContent] = [button.textContent ?? "", label];
}

/** Opens the theme's search, which is folded away on phones. */
function search() {
  const toggle = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-md-toggle=search]"));
  if (toggle && !toggle.checked) toggle.click();
  all("[data-md-component=search-query]")[0]?.focus();
}

/** Opens what hides the target of the address, and goes there. */
function reveal() {
  const target = document.querySelector(":target");
  let changed = false;
  for (const part of line(target, "details, .pg-pick > .pg-panel")) {
    if (part.open === false) changed = part.open = true;
    const pick = part.parentElement;
    const radio = all(":scope > fieldset input, :scope > .pg-card__h input", pick)[
      all(":scope > .pg-panel", pick).indexOf(part)
    ];
    if (radio && !radio.checked) changed = radio.checked = true;
  }
  if (changed) target?.scrollIntoView();
}

/** Scrolls the navigation alone to the current page. */
function showCurrent() {
  const current = all(".pg-nav [aria-current]").find(visible);
  const frame = current?.closest(SIDEBAR);
  if (!current || !frame) return;
  frame.scrollTop = navTop;
  const [box, room] = [current.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (box.top < room.top || box.bottom > room.bottom) frame.scrollTop += box.top - room.top - room.height / 3;
}

/** @type {Record<string, (event: any) => void>} */
const events = {
  click(event) {
    const button = hit(event, "[data-pg-copy], [data-pg-open], [data-pg-search]");
    if (button) return "pgCopy" in button.dataset ? copy(button) : "pgSearch" in button.dataset ? search() : openAll(button);
    if (hit(event, "a[href*='#']")) setTimeout(reveal);
  },
  change(event) {
    const label = hit(event, "[data-pg-lang] label")?.textContent.trim();
    if (label) choose(language(label) ?? label);
  },
  input(event) {
    const input = hit(event, FILTER);
    if (input) filter(input);
  },
  keydown(event) {
    const input = hit(event, FILTER);
    if (event.key !== "Escape" || !input?.value) return;
    event.preventDefault();
    input.value = "";
    filter(input);
  },
  scroll(event) {
    if (hit(event, SIDEBAR)?.querySelector(".pg-nav")) navTop = event.target.scrollTop;
  },
};

/** @returns {() => void} takes it back */
export function mount() {
  const stop = new AbortController();
  const options = { signal: stop.signal, capture: true };
  for (const [name, listener] of Object.entries(events)) document.addEventListener(name, listener, options);
  for (const moved of ["hashchange", "load"]) addEventListener(moved, reveal, options);
  document.documentElement.classList.replace("no-js", "js");
  document.documentElement.classList.add("pg-js");
  choose(language() ?? "");
  showCurrent();
  reveal();
  for (const box of all("[data-pg-module]")) import(new URL(box.dataset.pgModule, location.href).href).then((m) => m.start(box));
  return () => {
    stop.abort();
    document.getElementById("pg-said")?.remove();
  };
}

let unmount = () => {};
/** Mounts anew; runs after every page swap of instant navigation. */
export function remount() {
  unmount();
  unmount = mount();
}

const swaps = /** @type {any} */ (globalThis).document$;
if (swaps?.subscribe) swaps.subscribe(remount);
else remount();
