/** What is asked of a page inside of the browser, as text: the project knows no types of a browser. */
export const probes = {
  /** What reaches over an edge of the window, or holds more than it is wide, what only screen readers meet aside. */
  wide: `(() => {
    const width = document.documentElement.clientWidth;
    const all = [...document.querySelectorAll("body *:not(svg *, .skip, .hatches)")];
    const unseen = all.filter((one) => getComputedStyle(one).clipPath !== "none");
    const blocks = all.filter((one) => one.checkVisibility() && !unseen.some((other) => other.contains(one)));
    const isOver = ({ left, right, width: wide }) => wide > 0 && (left < -0.5 || right > width + 0.5);
    const named = (one) => one.outerHTML.slice(0, 80) + " " + JSON.stringify(one.getBoundingClientRect());
    const isFull = (one) => getComputedStyle(one).display !== "inline" && one.scrollWidth > one.clientWidth + 1;
    return {
      page: document.documentElement.scrollWidth - width,
      over: blocks.filter((one) => isOver(one.getBoundingClientRect())).map(named),
      full: blocks.filter((one) => one.clientWidth > 0 && isFull(one)).map(named),
    };
  })()`,

  /** What is cut off at the bottom of a box that hides what does not fit. */
  cut: `[...document.querySelectorAll("body *:not(svg *, .hidden, .skip)")]
    .filter((one) => one.checkVisibility() && getComputedStyle(one).overflowY !== "visible" && getComputedStyle(one).clipPath === "none")
    .filter((one) => one.scrollHeight > one.clientHeight + 1)
    .map((one) => one.outerHTML.slice(0, 80))`,

  /** All that is to be seen and read. */
  shown: "document.body.innerText",

  /** What each drawing says of itself and of its marks, with all that is written in its own figure, row or section; what is folded too. */
  drawn: `[...document.querySelectorAll("svg title")].map((title) => {
    const copy = title.closest("figure, tr, section, body").cloneNode(true);
    for (const drawing of copy.querySelectorAll("svg, img")) drawing.remove();
    const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const all = [];
    while (texts.nextNode()) all.push(texts.currentNode.data);
    return { says: title.textContent, beside: all.join(" ") };
  })`,

  /** The lines of agencies in their lists, whether each is to be seen, and whether it stands in a part that is closed. */
  rows: `(() => {
    const rows = [...document.querySelectorAll("#agencies .agencies tbody tr")].map((row) => ({
      name: row.querySelector("th").textContent,
      word: row.className,
      top: row.getBoundingClientRect().top,
      isSeen: row.checkVisibility() && row.getBoundingClientRect().height > 0,
      isFolded: row.closest("details:not([open])") !== null,
    }));
    const isPlain = ({ word }) => word === "as-expected" || word === "plain";
    return { differing: rows.filter((row) => !isPlain(row)), asExpected: rows.filter(isPlain) };
  })()`,

  unfold: `for (const details of document.querySelectorAll("details")) details.open = true`,

  landmarks: `({
    h1: document.querySelectorAll("h1").length,
    banner: document.querySelectorAll("body > header").length,
    main: document.querySelectorAll("body > main").length,
    contentinfo: document.querySelectorAll("body > footer").length,
    navigation: [...document.querySelectorAll("nav")].filter((nav) => nav.ariaLabel).length,
    unnamed: [...document.querySelectorAll("nav, section")].filter(
      (one) => !one.ariaLabel && !document.getElementById(one.getAttribute("aria-labelledby"))?.textContent,
    ).length,
  })`,

  fonts: `document.fonts.ready.then((fonts) => [...fonts].filter(({ status }) => status === "loaded").length)`,
};
