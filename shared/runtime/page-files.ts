/** What the public page's drawings are set and painted with, by the name beside its code: its place in the packages. */
export const pageFiles = {
  "index_bg.wasm": "@resvg/resvg-wasm/index_bg.wasm",
  "vazirmatn-400.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf",
  "vazirmatn-700.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf",
};
export type PageFile = keyof typeof pageFiles;
