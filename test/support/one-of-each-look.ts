/**
 * Lets axe weigh the contrast of one text of each look instead of every one: of the thousands that a page has, most are
 * drawn alike, and what axe asks for is decided by how a text and all below it are drawn. It is half of what axe takes, and
 * `npm run test:deep` weighs every text. To be run after axe has been loaded, and again after each change of the page.
 */
export const oneOfEachLook = `(() => {
  const grounds = new Map([[null, ""]]);
  const groundOf = (one) => {
    if (!grounds.has(one)) {
      const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position } = getComputedStyle(one);
      const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position].join();
      const below = groundOf(one.parentElement);
      grounds.set(one, below.endsWith(own) ? below : below + "/" + own);
    }
    return grounds.get(one);
  };
  const isDrawn = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 2 && height > 2 && one.checkVisibility({ visibilityProperty: true });
  };
  const saysSomething = ({ childNodes }) => [...childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
  const looks = new Map();
  for (const one of document.body.querySelectorAll("*")) {
    one.removeAttribute("data-look");
    if (!saysSomething(one) || !isDrawn(one)) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(one);
    const look = [one.localName, color, fontSize, fontWeight, textShadow, groundOf(one)].join();
    if (!looks.has(look)) looks.set(look, one);
  }
  for (const one of looks.values()) one.setAttribute("data-look", "");
  axe.configure({ rules: [{ id: "color-contrast", selector: "[data-look]" }] });
  return looks.size;
})()`;
