/**
 * What is asked of the page inside of the browser, as text: the types of a browser would let `name` and `status` compile
 * everywhere in the project without having been declared.
 */
export const probes = {
  header: "getComputedStyle(document.querySelector('header')).display",

  background: "getComputedStyle(document.body).backgroundColor",

  directions: `({
    lang: document.documentElement.lang,
    direction: getComputedStyle(document.querySelector("main p")).direction,
    align: getComputedStyle(document.querySelector("main p")).textAlign,
    code: [...new Set([...document.querySelectorAll("pre, code")].map((block) => getComputedStyle(block).direction))],
  })`,

  // Where the first letter of a paragraph stands.
  side: `(() => {
    const paragraph = document.querySelector("main p");
    const range = document.createRange();
    range.setStart(paragraph.firstChild, 0);
    range.setEnd(paragraph.firstChild, 1);
    const [letter, all] = [range.getBoundingClientRect(), paragraph.getBoundingClientRect()];
    return letter.left - all.left > all.right - letter.right ? "right" : "left";
  })()`,

  widthUnfolded: `(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    const blocks = [...document.querySelectorAll("main *")].filter((one) => getComputedStyle(one).display !== "inline");
    const wide = blocks.filter((one) => one.scrollWidth > one.clientWidth + 1);
    return { page: document.documentElement.scrollWidth, wide: wide.map((one) => one.outerHTML.slice(0, 80)) };
  })()`,

  unfolded: `(() => { for (const details of document.querySelectorAll("details")) details.open = true; })()`,

  violations: `axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.length + " such as " + nodes[0].html.slice(0, 200) + nodes[0].failureSummary))`,

  focused: "document.activeElement.id",

  // The links of the contents that the browser says one is at.
  here: `[...document.querySelectorAll("nav a:target-current")].map((link) => link.getAttribute("href"))`,

  scrolledToProblems: `document.getElementById("problems").scrollIntoView({ behavior: "instant" })`,

  deadLinks: `[...document.querySelectorAll('a[href^="#"]')]
    .map((link) => link.getAttribute("href"))
    .filter((place) => !document.getElementById(place.slice(1)))`,

  isolated: `[...document.querySelectorAll("pre bdi")].map((one) => ({
    isolation: getComputedStyle(one).unicodeBidi,
    isPersian: /\\p{Script=Arabic}/u.test(one.textContent),
  }))`,
};
