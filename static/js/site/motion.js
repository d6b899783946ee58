// The progress above a question fills as answers come, instead of jumping.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const meterIn = (target) => target.querySelector?.(".quiz-top .meter");
let before = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  before = meterIn(event.detail.target)?.value ?? null;
});

document.addEventListener("htmx:afterSwap", () => {
  const meter = meterIn(document);
  const after = meter?.value;
  if (before === null || before === after || meter === null || calm.matches) return;
  meter.value = before;
  before = null;
  // Two frames: the first shows where it was, so that the second has something to fill from.
  requestAnimationFrame(() => requestAnimationFrame(() => (meter.value = after)));
});
