/** What the public page's drawings are set and painted with, by the name beside its code: its place in the packages. */
export const drawnWith = {
  "index_bg.wasm": "@resvg/resvg-wasm/index_bg.wasm",
  "vazirmatn-400.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf",
  "vazirmatn-700.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf",
};
export type DrawnWith = keyof typeof drawnWith;

/** Pieces of the page that a program writes beside its code: what figures mean, and the style of drawings. */
export const sitePieces = { definitions: "definitions.json", drawings: "drawings.css" } as const;

/** What is laid beside the code that makes the public page, by name. */
export const pageFiles = {
  /** What there is, under which address (`LaidAssets`). */
  assets: "page-assets.json",
  style: "style.css",
  fonts: { 400: "vazirmatn-400.woff2", 700: "vazirmatn-700.woff2" },
  licence: "vazirmatn-OFL.txt",
} as const;

/** An asset: its address, which holds a digest of its bytes, its name beside the code, and its content type. */
export type LaidFile = { path: string; name: string; type: string };

/** `made`: a digest of the code and of all that lies beside it. */
export type LaidAssets = { made: string; style: string; fonts: string[]; files: LaidFile[] };
