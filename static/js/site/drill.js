// How well each cell of a table is held, shown in the table itself.
for (const button of document.querySelectorAll("button[data-held-of]")) {
  const figure = button.closest("figure");
  const marks = button.parentNode.querySelectorAll(".held-marks > li");
  button.hidden = false;
  button.addEventListener("click", () => {
    const isShown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(isShown));
    figure.classList.toggle("shows-held", isShown);
    for (const mark of marks) {
      const cell = document.getElementById(mark.dataset.cell);
      if (!cell) continue;
      if (isShown) {
        cell.dataset.step = mark.firstElementChild.dataset.step;
        cell.append(mark.firstElementChild.cloneNode(true));
      } else {
        delete cell.dataset.step;
        cell.querySelectorAll(".held").forEach((held) => held.remove());
      }
    }
  });
}
