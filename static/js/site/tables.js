// A comparison table as the reader likes it: sorted, filtered, the differences alone, a column
// covered, and on a phone as cards. Without this script it is a table that scrolls.
const template = document.getElementById("page-table-tools");
const words = template?.dataset ?? {};
const figures = template
  ? [...document.querySelectorAll("figure.compare, figure.decide")].filter((f) => f.querySelector("tbody"))
  : [];

const say = (text) => {
  const status = document.getElementById("page-status");
  if (status) status.textContent = text;
};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

const textOf = (cell) => {
  const copy = cell?.cloneNode(true);
  copy?.querySelectorAll(".held, .cover, sup").forEach((node) => node.remove());
  return (copy?.textContent ?? "").trim();
};

const rowsOf = (figure) => [...figure.querySelectorAll("tbody tr")];

const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

/** Say what each element is: laid out as blocks, a table is none to some readers of the screen. */
const nameRoles = (table) => {
  for (const part of [table, ...table.querySelectorAll("thead, tbody, tr, td, th")]) {
    part.setAttribute("role", ROLES[part.tagName] ?? (part.scope === "row" ? "rowheader" : "columnheader"));
  }
};

const setUpCards = (figure, button) => {
  const show = (asCards) => {
    if (asCards) nameRoles(figure.querySelector("table"));
    figure.classList.toggle("cards", asCards);
    button.setAttribute("aria-pressed", String(asCards));
  };
  show(localStorage.getItem("tables") === "cards");
  button.addEventListener("click", () => {
    localStorage.setItem("tables", figure.classList.contains("cards") ? "table" : "cards");
    document.dispatchEvent(new Event("checkmark:cards"));
  });
  document.addEventListener("checkmark:cards", () => show(localStorage.getItem("tables") === "cards"));
};

const setUpRows = (figure, input, button) => {
  const rows = rowsOf(figure);
  // For who sees that rows are gone; who does not is told by `say`.
  const note = document.createElement("p");
  note.className = "hint-text";
  note.hidden = true;
  input.closest(".table-tools").append(note);
  const isSame = (row) => {
    const said = [...row.cells].slice(1).map(textOf);
    return figure.matches(".compare") && said.length > 1 && new Set(said).size === 1;
  };
  const apply = () => {
    const wanted = input.value.trim().toLowerCase();
    const differs = button.getAttribute("aria-pressed") === "true";
    for (const row of rows) {
      const fits = [...row.cells].some((cell) => textOf(cell).toLowerCase().includes(wanted));
      row.hidden = !fits || (differs && isSame(row));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    note.hidden = shown === rows.length;
    note.textContent = fill(words.rows, { shown, total: rows.length });
    say(note.textContent);
  };
  button.hidden = !rows.some(isSame);
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    apply();
  });
  input.closest("label").hidden = rows.length < 6;
  input.addEventListener("input", apply);
};

const setUpSorting = (figure) => {
  const rows = rowsOf(figure);
  const heads = [...figure.querySelectorAll("thead th")];
  heads.forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort-button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { none: "ascending", ascending: "descending", descending: "none" };
      const order = next[head.getAttribute("aria-sort") ?? "none"];
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (order !== "none") head.setAttribute("aria-sort", order);
      const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
      const sorted = [...rows];
      if (order !== "none") sorted.sort((a, b) => compare(textOf(a.cells[column]), textOf(b.cells[column])));
      if (order === "descending") sorted.reverse();
      rows[0].parentNode.append(...sorted);
      say(fill(words[order] ?? words.unsorted, { column: textOf(head) }));
    });
  });
};

const uncover = (cell) => {
  cell.querySelector(".cover")?.remove();
  const content = cell.querySelector(".covered");
  content?.replaceWith(...content.childNodes);
};

const cover = (cell, label) => {
  const content = document.createElement("span");
  content.className = "covered";
  content.hidden = true;
  content.append(...cell.childNodes);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "cover";
  button.textContent = words.show;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", () => {
    uncover(cell);
    cell.tabIndex = -1;
    cell.focus();
  });
  cell.append(content, button);
};

const setUpCovering = (figure, select, button) => {
  const labels = new Map();
  rowsOf(figure).forEach((row) =>
    [...row.cells].slice(1).forEach((cell, place) => labels.set(place + 1, cell.dataset.label)));
  labels.forEach((label, place) => select.add(new Option(label, place)));
  const show = () => {
    rowsOf(figure).forEach((row) => [...row.cells].forEach(uncover));
    button.hidden = true;
  };
  select.addEventListener("change", () => {
    show();
    if (!select.value) return say(words.uncovered);
    const column = labels.get(Number(select.value));
    rowsOf(figure).forEach((row) => {
      const cell = row.cells[select.value];
      if (textOf(cell)) cover(cell, fill(words.showCell, { row: textOf(row.cells[0]), column }));
    });
    button.hidden = false;
    say(fill(words.covered, { column }));
  });
  button.addEventListener("click", () => {
    show();
    select.value = "";
    select.focus();
    say(words.uncovered);
  });
};

for (const figure of figures) {
  const tools = template.content.firstElementChild.cloneNode(true);
  const tool = (name) => tools.querySelector(`[data-tool="${name}"]`);
  setUpCards(figure, tool("cards"));
  setUpRows(figure, tool("filter"), tool("differences"));
  setUpSorting(figure);
  setUpCovering(figure, tool("cover"), tool("reveal"));
  figure.prepend(tools);
}

// What scrolls sideways keeps its heads inside; of a table that has the room they can stay in view.
const room = new ResizeObserver((entries) => {
  for (const { target } of entries) target.classList.toggle("roomy", target.scrollWidth <= target.clientWidth);
});
document.querySelectorAll(".prose .table-scroll").forEach((box) => room.observe(box));
