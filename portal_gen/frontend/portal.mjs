// @ts-check
/**
 * What the reference pages do beyond HTML: copy, one language choice for the whole site, filters, "open all", and links into folded
 * parts. Every page is complete without it. Listeners sit on the document, so pages swapped in by instant navigation work at once.
 */

const LANGUAGE = "portal-gen:language";
const LEAF = "tr:not(thead *), li:not(:has(li))";
const GROUP = "details, li:has(li), .pg-sec";

/** Scroll position of the side navigation, kept from page to page. */
let navTop = 0;
/** Which `<details>` stood open before a filter opened or hid them. @type {WeakMap<Element, boolean>} */
const wasOpen = new WeakMap();

/** @param {string} selector @param {ParentNode} [root] @returns {HTMLElement[]} */
const all = (selector, root = document) => [...root.querySelectorAll(selector)].filter((e) => e instanceof HTMLElement);
/** @param {Element} element */
const visible = (element) => element.getClientRects().length > 0;
/** @param {string | null | undefined} text */
const words = (text) => (text ?? "").toLowerCase().split(/\s+/).filter(Boolean);

/** Says a text once to a screen reader. @param {string} text */
function announce(text) {
  let region = document.getElementById("pg-said");
  if (!region) {
    region = document.createElement("div");
    region.id = "pg-said";
    region.className = "pg-vh";
    region.role = "status";
    document.body.append(region);
  }
  region.textContent = text;
}

/** The element a copy button stands for: `data-pg-copy="#id"`, else the address or the shown code beside it. @param {Element} button */
function copied(button) {
  const named = button.getAttribute("data-pg-copy");
  if (named) return document.getElementById(named.slice(1));
  const scope = button.closest(".pg-addr__row, .pg-card, .pg-row") ?? button.parentElement;
  return all(".pg-path, pre", scope ?? undefined).find(visible) ?? null;
}

/** Selects a node and copies the selection: pages without https have no clipboard object. @param {Node} node */
function copySelection(node) {
  getSelection()?.selectAllChildren(node);
  if (!document.execCommand("copy")) throw new Error("copying was refused");
}

/** @param {HTMLElement} button */
async function copy(button) {
  const source = copied(button);
  if (!source) return;
  const text = (source.querySelector("code") ?? source).textContent ?? "";
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text.trimEnd());
    else copySelection(source);
  } catch {
    return getSelection()?.selectAllChildren(source);
  }
  button.dataset.pgDone = "";
  announce(button.dataset.pgSaid ?? "Copied");
  setTimeout(() => delete button.dataset.pgDone, 1600);
}

/** The radios of a `.pg-pick`, in the order of its panels. @param {Element} pick @returns {HTMLInputElement[]} */
const radios = (pick) => /** @type {HTMLInputElement[]} */ (all(":scope > fieldset > label > input, :scope > .pg-card__h > fieldset > label > input", pick));

/** Chooses a language by its label wherever the page offers it. @param {string} label */
function choose(label) {
  for (const option of all("[data-pg-lang] label")) {
    const radio = option.querySelector("input");
    if (!radio || radio.checked || option.textContent?.trim() !== label) continue;
    radio.checked = true;
    const row = option.parentElement;
    if (row) row.scrollLeft += option.getBoundingClientRect().left - row.getBoundingClientRect().left - 40;
  }
}

/** @param {string} [label] stores it when given @returns {string | null} the stored one; null where storage is closed */
function language(label) {
  try {
    if (label) localStorage.setItem(LANGUAGE, label);
    return localStorage.getItem(LANGUAGE);
  } catch {
    return null;
  }
}

/** Everything a leaf can be found by: its text, its titles, its hidden words and the headings above it. @param {Element} leaf @param {Element} root */
function haystack(leaf, root) {
  const own = [leaf, ...leaf.querySelectorAll("[title], [data-pg-words]")].map((e) => `${e.getAttribute("title") ?? ""} ${e.getAttribute("data-pg-words") ?? ""}`);
  let above = "";
  for (let e = leaf.parentElement?.closest("details"); e && root.contains(e); e = e.parentElement?.closest("details")) {
    above = `${e.querySelector("summary")?.firstChild?.textContent ?? ""} ${above}`;
  }
  return `${above} ${leaf.textContent} ${own.join(" ")}`.toLowerCase();
}

/** Hides the leaves that lack a word, and the groups left empty. @param {Element} root @param {string[]} wanted @returns {[number, number]} shown, all */
function narrow(root, wanted) {
  const leaves = all(LEAF, root).filter((leaf) => !leaf.closest(".pg-nav__site, .pg-nav__svc"));
  for (const leaf of leaves) {
    const text = wanted.length ? haystack(leaf, root) : "";
    leaf.hidden = !wanted.every((word) => text.includes(word));
  }
  for (const group of all(GROUP, root)) {
    const inside = leaves.filter((leaf) => group.contains(leaf));
    if (!inside.length) continue;
    group.hidden = inside.every((leaf) => leaf.hidden);
    if (!(group instanceof HTMLDetailsElement)) continue;
    if (!wasOpen.has(group)) wasOpen.set(group, group.open);
    group.open = wanted.length ? !group.hidden : wasOpen.get(group) === true;
    if (!wanted.length) wasOpen.delete(group);
  }
  return [leaves.filter((leaf) => !leaf.hidden).length, leaves.length];
}

/** Runs the filter of one input and says how much is left. @param {HTMLInputElement} input */
function filter(input) {
  const target = input.dataset.pgFilter;
  const root = target ? document.getElementById(target) : input.closest(".pg-nav");
  if (!root) return;
  const [shown, total] = narrow(root, words(input.value));
  const said = input.value ? `${shown} / ${total}` : "";
  const output = input.parentElement?.querySelector("output");
  if (output) output.textContent = said;
  else announce(said);
}

/** Opens everything in a section, or closes it when all is open; the button's two labels change places. @param {HTMLElement} button */
function openAll(button) {
  const named = button.dataset.pgOpen;
  const scope = named ? document.getElementById(named.slice(1)) : button.closest(".pg-sec");
  const open = button.getAttribute("aria-expanded") !== "true";
  for (const part of scope?.querySelectorAll("details") ?? []) part.open = open;
  button.setAttribute("aria-expanded", String(open));
  const label = button.dataset.pgAlt;
  if (label) [button.dataset.pgAlt, button.textContent] = [button.textContent ?? "", label];
}

/** Opens what hides the target of a link (folded parts, shapes not chosen) and goes there. @param {string} hash */
function reveal(hash) {
  let id = hash.slice(1);
  try {
    id = decodeURIComponent(id);
  } catch {
    // a stray % is part of the name
  }
  const target = id && document.getElementById(id);
  if (!target) return;
  let changed = false;
  for (let e = /** @type {Element | null} */ (target); e; e = e.parentElement) {
    if (e instanceof HTMLDetailsElement && !e.open) changed = e.open = true;
    const pick = e.classList.contains("pg-panel") && e.parentElement;
    if (!pick || visible(e)) continue;
    const radio = radios(pick)[[...pick.querySelectorAll(":scope > .pg-panel")].indexOf(e)];
    if (radio) changed = radio.checked = true;
  }
  if (changed) target.scrollIntoView();
}

/** Brings the current page into the navigation's own window; the page itself does not move. */
function showCurrent() {
  const current = all(".pg-nav [aria-current]").find(visible);
  const frame = current?.closest(".md-sidebar__scrollwrap");
  if (!current || !frame) return;
  frame.scrollTop = navTop;
  const [box, room] = [current.getBoundingClientRect(), frame.getBoundingClientRect()];
  if (box.top < room.top || box.bottom > room.bottom) frame.scrollTop += box.top - room.top - room.height / 3;
}

/** @param {Event} event */
function onClick(event) {
  const target = event.target instanceof Element ? event.target : null;
  const button = /** @type {HTMLElement | null} */ (target?.closest("[data-pg-copy], [data-pg-open]") ?? null);
  if (button) return void ("pgCopy" in button.dataset ? copy(button) : openAll(button));
  const link = target?.closest("a");
  if (link?.hash && link.pathname === location.pathname) setTimeout(reveal, 0, link.hash);
}

/** @param {Event} event */
function onInput(event) {
  if (event.target instanceof HTMLInputElement && event.target.matches(".pg-nav [type=search], [data-pg-filter]")) filter(event.target);
}

/** @param {Event} event */
function onChange(event) {
  const label = event.target instanceof Element && event.target.closest("[data-pg-lang] label")?.textContent?.trim();
  if (label) choose(language(label) ?? label);
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const input = event.target;
  if (event.key !== "Escape" || !(input instanceof HTMLInputElement) || !input.value) return;
  if (!input.matches(".pg-nav [type=search], [data-pg-filter]")) return;
  event.preventDefault();
  input.value = "";
  filter(input);
}

/** @param {Event} event */
function onScroll(event) {
  const frame = event.target;
  if (frame instanceof Element && frame.matches(".md-sidebar__scrollwrap") && frame.querySelector(".pg-nav")) navTop = frame.scrollTop;
}

/**
 * Makes the page that is shown now work. Mounting twice is mounting once.
 * @returns {() => void} takes all of it back
 */
export function mount() {
  const stop = new AbortController();
  const on = (/** @type {EventTarget} */ on, /** @type {string} */ type, /** @type {any} */ listener, capture = false) =>
    on.addEventListener(type, listener, { signal: stop.signal, capture });
  document.documentElement.classList.remove("no-js");
  document.documentElement.classList.add("pg-js");
  on(document, "click", onClick);
  on(document, "input", onInput);
  on(document, "change", onChange);
  on(document, "keydown", onKey);
  on(document, "scroll", onScroll, true);
  on(window, "hashchange", () => reveal(location.hash));
  on(window, "storage", (/** @type {StorageEvent} */ e) => e.key === LANGUAGE && e.newValue && choose(e.newValue));
  choose(language() ?? "");
  showCurrent();
  reveal(location.hash);
  return () => {
    stop.abort();
    document.getElementById("pg-said")?.remove();
  };
}

/** Mounts now and again after every page swap of the theme's instant navigation. */
export function start() {
  let stop = () => {};
  const again = () => {
    stop();
    stop = mount();
  };
  const swaps = /** @type {any} */ (globalThis).document$;
  if (swaps?.subscribe) swaps.subscribe(again);
  else again();
  return () => stop();
}

start();
