/** The WebAssembly programs that read and write pictures, PDFs and recordings, by path in the project. Each is bundled as a file. */
export const codecFiles = {
  readJpeg: "node_modules/@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm",
  writeJpeg: "node_modules/@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm",
  png: "node_modules/@jsquash/png/codec/pkg/squoosh_png_bg.wasm",
  readWebp: "node_modules/@jsquash/webp/codec/dec/webp_dec.wasm",
  readHeic: "node_modules/libheif-js/libheif-wasm/libheif.wasm",
  resize: "node_modules/@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm",
  pdfium: "node_modules/@embedpdf/pdfium/dist/pdfium.wasm",
  recode: "functions/files/cleaning/recordings/recode.wasm",
  canvas: "node_modules/canvaskit-wasm/bin/canvaskit.wasm",
};
export type Codec = keyof typeof codecFiles;

const styles = ["", "Bold", "Italic", "BoldItalic"];
const fonts = [
  "FoxitDingbats.pfb",
  "FoxitSymbol.pfb",
  ...styles.flatMap((style) => [`FoxitFixed${style}.pfb`, `FoxitSerif${style}.pfb`]),
  ...styles.map((style) => `LiberationSans-${style || "Regular"}.ttf`),
];
/**
 * What pdf.js reads when a PDF needs it: two decoders of pictures, and the fonts that need not be in a PDF. Each has its path in the
 * project by the name that pdf.js calls it.
 */
export const secondReaderFiles: Record<string, string> = Object.fromEntries([
  ...["jbig2.wasm", "openjpeg.wasm"].map((name) => [name, `node_modules/pdfjs-dist/wasm/${name}`]),
  ...fonts.map((name) => [name, `node_modules/pdfjs-dist/standard_fonts/${name}`]),
]);

/** The renderer and the fonts of the public page's drawings: name in the bundle, and path in the project. */
export const drawingFiles = {
  "index_bg.wasm": "node_modules/@resvg/resvg-wasm/index_bg.wasm",
  "vazirmatn-400.ttf": "node_modules/vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf",
  "vazirmatn-700.ttf": "node_modules/vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf",
};
export type DrawingFile = keyof typeof drawingFiles;

/** Parts of the page that the build writes into the bundle: the definitions of figures, and the style of drawings. */
export const pageInputFiles = { definitions: "definitions.json", drawings: "drawings.css" } as const;

/** The files in the bundle of the function that makes the public page. */
export const pageFiles = {
  /** The list of all assets with their addresses (`PageAssets`). */
  assets: "page-assets.json",
  style: "style.css",
  fonts: { 400: "vazirmatn-400.woff2", 700: "vazirmatn-700.woff2" },
  licence: "vazirmatn-OFL.txt",
} as const;

/** An asset: its address, which holds a digest of its bytes, its name in the bundle, and its content type. */
export type AssetFile = { path: string; name: string; type: string };

/** `digest`: of the code and of all files in its bundle. */
export type PageAssets = { digest: string; style: string; fonts: string[]; files: AssetFile[] };

/**
 * The files of the desk in the bundle of the function that serves it, and the page of employees, which is made of the same parts.
 * `settings`: what the page has in place of its settings.
 */
export const deskFiles = {
  folder: "desk",
  list: "files.json",
  page: "index.html",
  employeePage: "employee-page.html",
  settings: "%SETTINGS%",
} as const;

/** A file of the desk: its address below `/desk/`, its name in the folder, and its content type. */
export type DeskFile = AssetFile & { isCompressed: boolean };
