// What is wrong with the page as it is seen now, in words. Evaluated in the page by the tests.
(options) => {
  const found = [];
  const root = document.documentElement;
  const name = (element) => {
    const words = (element.innerText || element.value || "").trim().replace(/\s+/g, " ");
    const id = element.id ? `#${element.id}` : [...element.classList].map((one) => `.${one}`).join("");
    return `${element.localName}${id} “${words.slice(0, 40)}”`;
  };
  const isSeen = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    !element.closest(".visually-hidden, .skip-link, [aria-hidden=true] *");
  const all = [...document.body.querySelectorAll("*")].filter(isSeen);
  const ownText = (element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const scrolls = (element) => {
    for (let one = element; one && one !== document.body; one = one.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
    }
    return false;
  };

  // Nothing reaches beyond the edges, and no text beyond its box.
  if (root.scrollWidth > root.clientWidth + 1) found.push(`scrolls sideways to ${root.scrollWidth} px`);
  for (const element of all) {
    if (element.closest("svg") || scrolls(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.left < -1 || box.right > root.clientWidth + 1)) {
      if (getComputedStyle(element).position !== "fixed") found.push(`beyond the edge: ${name(element)}`);
    }
    const isBlock = !getComputedStyle(element).display.startsWith("inline") || element.matches(".button");
    if (isBlock && ownText(element) && element.scrollWidth > element.clientWidth + 2 && element.clientWidth) {
      found.push(`text wider than its box: ${name(element)}`);
    }
    if (isBlock && ownText(element) && element.clientHeight && element.scrollHeight > element.clientHeight + 4) {
      if (getComputedStyle(element).overflowY === "hidden") found.push(`text cut off: ${name(element)}`);
    }
  }

  // What can be pressed does not lie on something else that can.
  const floats = (element) => {
    for (let one = element; one; one = one.parentElement) {
      if (/fixed|sticky/.test(getComputedStyle(one).position)) return true;
    }
    return false;
  };
  const targets = all
    .filter((element) => element.matches("a[href], button, input:not([type=hidden]), select, textarea, summary"))
    .filter((element) => !floats(element) && !element.closest("label.choice, .segments, svg"));
  // What is scrolled out of the box around it cannot be pressed there.
  const seen = (element, rect) => {
    let { left, right, top, bottom } = rect;
    for (let one = element.parentElement; one; one = one.parentElement) {
      if (one === document.body || getComputedStyle(one).overflowY === "visible") continue;
      const around = one.getBoundingClientRect();
      [left, right] = [Math.max(left, around.left), Math.min(right, around.right)];
      [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
    }
    return { left, right, top, bottom };
  };
  const boxes = targets.map((element) => [...element.getClientRects()].map((rect) => seen(element, rect)));
  for (let first = 0; first < targets.length; first++) {
    for (let second = first + 1; second < targets.length; second++) {
      if (targets[first].contains(targets[second]) || targets[second].contains(targets[first])) continue;
      const meets = boxes[first].some((a) =>
        boxes[second].some(
          (b) =>
            Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4,
        ),
      );
      if (meets) found.push(`${name(targets[first])} lies on ${name(targets[second])}`);
    }
  }

  // Words can be read on what is behind them: 4.5 to 1, or 3 to 1 for large ones (WCAG 1.4.3).
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const pixel = (color) => {
    if (!known.has(color)) {
      paint.clearRect(0, 0, 1, 1);
      paint.fillStyle = color;
      paint.fillRect(0, 0, 1, 1);
      known.set(color, [...paint.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(color);
  };
  const luminance = ([red, green, blue]) =>
    [red, green, blue]
      .map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
      .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const color = pixel(getComputedStyle(one).backgroundColor);
      if (color[3] > 128) return color;
    }
    return pixel(matchMedia("(prefers-color-scheme: dark)").matches ? "black" : "white");
  };
  for (const element of all) {
    if (!ownText(element) || element.closest("svg, :disabled, option")) continue;
    const style = getComputedStyle(element);
    // A text field under a layer that shows its text in colours has none of its own.
    if (pixel(style.color)[3] === 0) continue;
    const pair = [luminance(pixel(style.color)), luminance(behind(element))].sort((a, b) => b - a);
    const contrast = (pair[0] + 0.05) / (pair[1] + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) found.push(`contrast ${contrast.toFixed(1)}: ${name(element)}`);
  }

  // In forced colours what can be pressed has an edge, an underline or a colour of its own.
  if (matchMedia("(forced-colors: active)").matches) {
    for (const element of targets.filter((one) => one.matches("button, .button, select, textarea, input"))) {
      const style = getComputedStyle(element);
      const hasEdge = [style, getComputedStyle(element.parentElement)].some(
        (one) => parseFloat(one.borderTopWidth) + parseFloat(one.borderBottomWidth) > 0,
      );
      const isLink = /underline/.test(style.textDecorationLine);
      const isNative = element.matches("input[type=file]") || (element.matches("input") && style.appearance !== "none");
      if (!hasEdge && !isLink && !isNative) found.push(`no edge in forced colours: ${name(element)}`);
    }
  }

  // Nothing moves for those who asked for that.
  if (options.still) {
    if (getComputedStyle(root).scrollBehavior === "smooth") found.push("scrolling glides");
    for (const element of all) {
      const style = getComputedStyle(element);
      const lasts = (value) => value.split(",").some((part) => parseFloat(part) > 0.01);
      if (lasts(style.transitionDuration)) found.push(`glides: ${name(element)}`);
      if (style.animationName !== "none" && lasts(style.animationDuration)) found.push(`moves: ${name(element)}`);
    }
  }
  return [...new Set(found)];
}
