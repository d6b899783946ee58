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
