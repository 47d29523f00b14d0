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
