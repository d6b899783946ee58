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
  // Over the text of a narrow page it would hide what has the focus, so it makes room for it.
  details.addEventListener("focusout", (event) => {
    const { relatedTarget } = event;
    if (relatedTarget && !details.contains(relatedTarget) && !wide.matches) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || wide.matches || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

const contents = new Map(
  [...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]),
);
if (contents.size) {
  const headings = [...contents.keys()]
    .map((id) => document.getElementById(decodeURIComponent(id)))
    .filter(Boolean);
  let isAsked = false;
  const follow = () => {
    isAsked = false;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 140);
    const current = passed.at(-1) ?? headings[0];
    for (const [id, link] of contents) {
      if (id === current?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const ask = () => {
    if (!isAsked) requestAnimationFrame(follow);
    isAsked = true;
  };
  addEventListener("scroll", ask, { passive: true });
  // Once the page is laid out: asked before, it would be laid out for that alone.
  (globalThis.requestIdleCallback ?? setTimeout)(ask);
}
