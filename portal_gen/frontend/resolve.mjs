// @ts-check
/** From a request to the operations that answer it, as portal_gen/portal/resolve.py does it; shared examples hold the two together. */
const METHOD = /^(GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY)$/i;
const WORD = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/gs;
const QUOTED = /\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/gs;
const ADDRESS = /^(?:https?:\/\/)?(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i;
const VALUE =
  /^(-[AbcdDeEFHKmoTuwx]|--(header|data[a-z-]*|json|form|form-string|user|user-agent|cookie|cookie-jar|referer|output|upload-file|max-time|connect-timeout|proxy|retry|write-out|cacert|cert|key))$/;
const HOW = {
  route: ["config", "gateway configuration"],
  mount: ["config", "gateway configuration"],
  server: ["server", "server in the description"],
  document: ["document", "document only, path not confirmed"],
  direct: ["server", "server of its own"],
};
/** @typedef {{method: string, host: string, path: string, query: string[][]}} Request */
/** @typedef {{entry: any, how: keyof HOW, template: string, values: string[][]}} Answer */

/** @param {string} text */
function plain(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
/** @param {string} text without scheme and last slash, the host in lower case */
const bare = (text) => text.replace(/\/+$/, "").replace(/^(?:https?:\/\/)?([^/]*)/i, (_, host) => host.toLowerCase());

/** @param {string[]} words of a curl line @returns {string[]} method, address */
function curl(words) {
  let [said, sends, address] = ["", "", ""];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (/^(-X|--request)$/.test(word)) said = (words[++at] ?? "").toUpperCase();
    else if (/^(-I|--head)$/.test(word)) said ||= "HEAD";
    else if (/^(-G|--get)$/.test(word)) said ||= "GET";
    else if (/^(-T|--upload-file)$/.test(word)) (said ||= "PUT"), at++;
    else if (word === "--url") address = words[++at] ?? "";
    else if (word.startsWith("-X")) said = word.slice(2).toUpperCase();
    else if (word.startsWith("-")) {
      if (/^(-[dF]|--data|--json|--form)/.test(word)) sends = "POST";
      if (VALUE.test(word)) at++;
    } else address ||= word;
  }
  return [said || sends || "GET", address];
}

/** @param {string} text what was pasted @returns {Request} */
export function read(text) {
  let words = (text.replace(/\\\r?\n/g, " ").match(WORD) ?? []).map((word) =>
    word.replace(QUOTED, (_, one, double, single) => one ?? double?.replace(/\\(.)/gs, "$1") ?? single),
  );
  let [method, address] = ["", ""];
  if (words[0] === "curl") [method, address] = curl(words.slice(1));
  else {
    words = words.join(" ").split(/\s+/);
    const at = words.findIndex((word, index) => METHOD.test(word) && /[/.]/.test(words[index + 1] ?? ""));
    if (at < 0) address = words.find((word) => word.includes("/")) ?? words[0];
    else [method, address] = [words[at].toUpperCase(), words[at + 1]];
  }
  let [, host, path, query] = ADDRESS.exec(address) ?? [];
  if (!address.includes("://") && !/[.:]/.test(host)) [host, path] = ["", (host && `/${host}`) + path];
  host = host.toLowerCase().replace(/:(80|443)$/, "");
  const pairs = (query ?? "").split("&").filter(Boolean);
  const parts = pairs.map((pair) => /** @type {string[]} */ (/^([^=]*)=?(.*)$/s.exec(pair)).slice(1));
  return { method, host, path: path || "/", query: parts.map((pair) => pair.map((part) => plain(part.replaceAll("+", " ")))) };
}

/** @param {string} template @param {string} path @returns {string[][] | null} names and values of the parameters */
function match(template, path) {
  const parts = template.split(/\{([^{}]*)\}/);
  const source = parts.map((part, index) => (index % 2 ? "([^/]+)" : part.replace(/[^\w\s/]/g, "\\$&"))).join("");
  const found = new RegExp(`^${source}$`).exec(path);
  return found && found.slice(1).map((value, index) => [parts[2 * index + 1], plain(value)]);
}

/** @param {any} data routes.json @param {Request} request @returns {Answer[]} */
function best(data, { host, path }) {
  const gateway = bare(data.gateway);
  /** @param {(entry: any) => any[][]} addresses @returns {Answer[]} those with the fewest parameters, for each method */
  const search = (addresses) => {
    const found = data.operations.flatMap((/** @type {any} */ entry) => {
      for (const [how, base, template] of entry.kind === "operation" ? addresses(entry) : []) {
        const values = match(host ? base + template : template, host + path);
        if (values) return [{ entry, how, template, values }];
      }
      return [];
    });
    /** @type {Record<string, number>} */
    const least = {};
    for (const { entry, values } of found) least[entry.method] = Math.min(least[entry.method] ?? 1e9, values.length);
    return found.filter((/** @type {Answer} */ { entry, values }) => values.length === least[entry.method]);
  };
  const known = search((entry) => (entry.gateway_path ? [[entry.evidence, gateway, entry.gateway_path]] : []));
  if (known.length) return known;
  return search((entry) => [
    ...entry.direct.map((/** @type {string} */ address) => {
      const [, base, template] = /** @type {string[]} */ (/^([^/]*)(.*)$/s.exec(bare(address)));
      return ["direct", base, template];
    }),
    ["direct", "", entry.path],
    ...(entry.evidence === "document" && entry.prefix ? [["document", gateway, entry.prefix + entry.path]] : []),
  ]);
}

/** @param {any} data routes.json @param {string} text what was pasted */
export function resolve(data, text) {
  const request = read(text);
  let found = best(data, request);
  const addresses = [data.gateway, ...data.operations.flatMap((/** @type {any} */ entry) => entry.direct)];
  const elsewhere = !found.length && request.host && !addresses.some((address) => bare(address).split("/")[0] === request.host);
  if (elsewhere) found = best(data, { ...request, host: "" });
  const same = found.filter(({ entry }) => !request.method || entry.method === request.method);
  const answers = same.length ? same : found;
  return { request, answers, otherMethod: found.length > same.length && !same.length, otherHost: !!elsewhere && found.length > 0 };
}

/** @param {string} tag @param {any} [fields] @param {(Node | string)[]} inner */
function node(tag, fields, ...inner) {
  const { data, ...plainFields } = fields ?? {};
  const made = Object.assign(document.createElement(tag), plainFields);
  Object.assign(made.dataset, data);
  made.append(...inner);
  return made;
}

/** @param {Answer} answer @param {string[][]} query @param {URL} root */
function shown({ entry, how, template, values }, query, root) {
  const [mark, words] = HOW[how];
  const pairs = [...values.map(([name, value]) => [`{${name}}`, value]), ...query.map(([name, value]) => [`?${name}`, value])];
  return node(
    "li",
    {},
    node("span", { className: "pg-m", data: { m: entry.method.toLowerCase() } }, entry.method),
    " ",
    node("a", { href: new URL(entry.url, root).href }, entry.title),
    " ",
    node("code", {}, template),
    ` ${entry.service} `,
    node("span", { className: "pg-ev", data: { ev: mark } }, words),
    node("dl", { className: "pg-facts" }, ...pairs.flatMap(([name, value]) => [node("dt", {}, name), node("dd", {}, value)])),
  );
}

/** @param {any} found @param {URL} root */
function said({ request, answers, otherMethod, otherHost }, root) {
  const notes = [
    !answers.length && "No operation of this portal answers that.",
    otherMethod && `No operation takes ${request.method} there; these take the path:`,
    otherHost && `${request.host} is no address of this portal; compared by its path alone:`,
  ].filter(Boolean);
  const items = answers.slice(0, 30).map((/** @type {Answer} */ answer) => shown(answer, request.query, root));
  if (answers.length > 30) notes.push(`${answers.length} operations, of which 30 are shown:`);
  return [...notes.map((note) => node("p", {}, String(note))), node("ul", {}, ...items)];
}

/** Answers what is typed into the box. @param {any} box */
export function start(box) {
  const [input, output] = [box.querySelector("textarea"), box.querySelector("output")];
  const address = new URL(box.dataset.pgRoutes, location.href);
  /** @type {Promise<any> | undefined} */
  let data;
  const answer = async () => {
    const text = input.value.trim();
    try {
      data ??= fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
      const routes = await data;
      if (text === input.value.trim()) output.replaceChildren(...(text ? said(resolve(routes, text), new URL(".", address)) : []));
    } catch {
      data = undefined;
      output.replaceChildren("The list of operations could not be loaded.");
    }
  };
  input.addEventListener("input", answer);
  if (input.value) answer();
}
