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
