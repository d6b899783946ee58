// The few things that neither HTML nor htmx does. Every page works without this file.

const alertBox = document.getElementById("page-alert");

/** Tell the person that a request did not get through; the form keeps what was chosen. */
function reportFailure(event) {
  const { refused, unreached, failed, offline } = alertBox.dataset;
  if (event.detail.xhr?.status === 403) alertBox.textContent = refused;
  else if (!(event.target instanceof HTMLFormElement)) alertBox.textContent = unreached;
  else alertBox.textContent = navigator.onLine ? failed : offline;
}

document.addEventListener("htmx:sendError", reportFailure);
document.addEventListener("htmx:responseError", reportFailure);
document.addEventListener("htmx:timeout", reportFailure);
document.addEventListener("htmx:beforeRequest", () => {
  alertBox.textContent = "";
});

// Digits choose while a choice has the focus; Enter checks, for checkboxes too.
document.addEventListener("keydown", (event) => {
  const choice = event.target;
  if (!(choice instanceof HTMLInputElement) || choice.name !== "choice") return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const choices = [...choice.form.elements.namedItem("choice")];
  const picked = choices[Number(event.key) - 1];
  if (/^[1-9]$/.test(event.key) && picked) {
    event.preventDefault();
    picked.focus();
    picked.click();
  } else if (event.key === "Enter") {
    event.preventDefault();
    choice.form.requestSubmit();
  }
});

// Moving an item of an order needs no round trip; the focus stays on its button.
document.addEventListener("click", (event) => {
  const button = event.target.closest(".mover");
  const list = button?.closest("[data-arranging]");
  if (!list) return;
  event.preventDefault();
  const row = button.closest("li");
  const neighbour = button.value.endsWith(":up") ? row.previousElementSibling : row.nextElementSibling;
  if (!neighbour) return;
  if (button.value.endsWith(":up")) neighbour.before(row);
  else neighbour.after(row);
  button.focus();
  const rows = [...list.children];
  document.getElementById("page-status").textContent = list.dataset.moved
    .replace("{what}", row.children[1].textContent.trim())
    .replace("{place}", rows.indexOf(row) + 1)
    .replace("{total}", rows.length);
});

// The table of contents is open where there is room for it, and follows the reading.
const wide = matchMedia("(min-width: 64rem)");
for (const details of document.querySelectorAll("details[data-open-wide]")) {
  const follow = () => {
    details.open = wide.matches;
  };
  follow();
  wide.addEventListener("change", follow);
  details.addEventListener("click", (event) => {
    if (event.target.closest("a") && !wide.matches) details.open = false;
  });
}

const contents = new Map(
  [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]),
);
if (contents.size) {
  const headings = [...contents.keys()]
    .map((id) => document.getElementById(decodeURIComponent(id)))
    .filter(Boolean);
  const observer = new IntersectionObserver(
    () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 140);
      const current = passed.at(-1) ?? headings[0];
      for (const [id, link] of contents) {
        if (id === current?.id) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-130px 0px -60% 0px", threshold: [0, 1] },
  );
  headings.forEach((heading) => observer.observe(heading));
}

// A comparison table on a phone: as a table whose first column stays, or as cards.
const template = document.getElementById("page-table-tools");
if (template) {
  for (const figure of document.querySelectorAll("figure.compare, figure.decide")) {
    const tools = template.content.firstElementChild.cloneNode(true);
    const button = tools.querySelector("button");
    const show = (asCards) => {
      figure.classList.toggle("cards", asCards);
      button.setAttribute("aria-pressed", String(asCards));
    };
    show(localStorage.getItem("tables") === "cards");
    button.addEventListener("click", () => {
      const asCards = !figure.classList.contains("cards");
      localStorage.setItem("tables", asCards ? "cards" : "table");
      document.querySelectorAll("figure.compare, figure.decide").forEach((other) => {
        other.classList.toggle("cards", asCards);
        other.querySelector(".table-tools button")?.setAttribute("aria-pressed", String(asCards));
      });
    });
    figure.prepend(tools);
  }
}
