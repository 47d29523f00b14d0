/** What makes pictures and outlines of the public page's drawings, by its place in the packages; a file of its own. */
export const outlinesFile = "@resvg/resvg-wasm/index_bg.wasm";
/** Fonts that lie beside it, by weight, and where each comes from. */
export const fontFiles = {
  "vazirmatn-400.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf",
  "vazirmatn-700.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf",
};
