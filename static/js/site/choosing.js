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
