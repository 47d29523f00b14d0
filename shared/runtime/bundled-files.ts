/** The compiled programs that read and write pictures and PDFs, by their place in the packages; each stays a file of its own. */
export const codecFiles = {
  readJpeg: "@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  writeJpeg: "@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm",
  png: "@jsquash/png/codec/pkg/squoosh_png_bg.wasm",
  readWebp: "@jsquash/webp/codec/dec/webp_dec.wasm",
  writeWebp: "@jsquash/webp/codec/enc/webp_enc_simd.wasm",
  readHeic: "libheif-js/libheif-wasm/libheif.wasm",
  resize: "@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm",
  pdfium: "@embedpdf/pdfium/dist/pdfium.wasm",
};
export type Codec = keyof typeof codecFiles;

/** What the public page's drawings are set and painted with, by the name beside its code: its place in the packages. */
export const drawingFiles = {
  "index_bg.wasm": "@resvg/resvg-wasm/index_bg.wasm",
  "vazirmatn-400.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf",
  "vazirmatn-700.ttf": "vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf",
};
export type DrawingFile = keyof typeof drawingFiles;

/** Pieces of the page that a program writes beside its code: what figures mean, and the style of drawings. */
export const pageInputFiles = { definitions: "definitions.json", drawings: "drawings.css" } as const;

/** What is laid beside the code that makes the public page, by name. */
export const pageFiles = {
  /** What there is, under which address (`PageAssets`). */
  assets: "page-assets.json",
  style: "style.css",
  fonts: { 400: "vazirmatn-400.woff2", 700: "vazirmatn-700.woff2" },
  licence: "vazirmatn-OFL.txt",
} as const;

/** An asset: its address, which holds a digest of its bytes, its name beside the code, and its content type. */
export type AssetFile = { path: string; name: string; type: string };

/** `made`: a digest of the code and of all that lies beside it. */
export type PageAssets = { digest: string; style: string; fonts: string[]; files: AssetFile[] };
