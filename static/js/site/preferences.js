// A choice of how the page looks shows at once; the cookie keeps it, as the form would.
const box = document.querySelector(".preferences");

document.addEventListener("change", (event) => {
  if (!event.target.closest(".preferences-form")) return;
  const { name, value } = event.target;
  document.documentElement.dataset[name === "theme" ? "theme" : "text"] = value;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${name}=${value}; path=/; max-age=${400 * 24 * 60 * 60}; samesite=lax${secure}`;
});
document.addEventListener("click", (event) => {
  if (box && !box.contains(event.target)) box.open = false;
});
// Nor does it stay open over what has the focus.
box?.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget && !box.contains(relatedTarget)) box.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !box?.open) return;
  box.open = false;
  box.querySelector("summary").focus();
});
