// Digits choose while the question has the focus; Enter on a choice checks, for checkboxes too,
// and on the verdict, where the focus then is, it goes on. Held down, it does not.
document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Enter" && !event.repeat && target.matches?.("h2.verdict")) {
    document.querySelector("#question .action-bar .button")?.click();
  }
  const form = target instanceof Element ? target.closest("form.question") : null;
  if (!form || event.ctrlKey || event.metaKey || event.altKey) return;
  const isChoice = target.matches("input[name=choice]");
  if (!isChoice && target.matches("input, select, textarea, button, a, summary")) return;
  const picked = form.querySelectorAll("input[name=choice]")[Number(event.key) - 1];
  if (/^[1-9]$/.test(event.key) && picked) {
    event.preventDefault();
    picked.focus();
    picked.click();
  } else if (isChoice && event.key === "Enter") {
    event.preventDefault();
    form.requestSubmit();
  }
});

// Who goes from choice to choice by keyboard sees the whole of it, not only its button.
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("form.question label input:focus-visible")) {
    target.closest("label").scrollIntoView({ block: "nearest" });
  }
});
