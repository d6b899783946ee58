// What does not stand mirrored when the page is read from right to left. Evaluated in the page.
() => {
  const root = document.documentElement;
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true });
  const keepsDirection = (element) =>
    element.closest("pre, code, svg, math, [dir=ltr], .visually-hidden, .skip-link, .table-scroll *, .editor");
  const isBox = (element) => !/^inline|^contents$|^none$/.test(getComputedStyle(element).display);
  const elements = [...document.body.querySelectorAll("*")].filter(
    (element) => isSeen(element) && !keepsDirection(element) && isBox(element),
  );
  const measure = () => elements.map((element) => element.getBoundingClientRect());
  const mirrored = measure();
  root.dir = "ltr";
  const plain = measure();
  root.dir = "rtl";
  const width = root.clientWidth;
  const found = [];
  elements.forEach((element, index) => {
    const before = plain[index];
    const after = mirrored[index];
    if (!before.width || found.length > 12) return;
    const parent = elements.indexOf(element.parentElement);
    const off = (one, other) => Math.abs(one - other) > 3;
    const isOff = (at) => off(plain[at].left, width - mirrored[at].right) && off(plain[at].right, width - mirrored[at].left);
    // Only the outermost that is off: what is inside it is off with it.
    if (isOff(index) && (parent < 0 || !isOff(parent))) {
      const words = (element.innerText || element.value || "").trim().slice(0, 40);
      found.push(
        `not mirrored: ${element.localName}.${element.className} “${words}” at ${Math.round(before.left)}–${Math.round(before.right)}, now ${Math.round(after.left)}–${Math.round(after.right)} of ${width}`,
      );
    }
  });
  return found;
}
