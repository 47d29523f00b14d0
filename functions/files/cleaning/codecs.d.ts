/** The used part of the package. The package's own types describe an ES module, but the package is CommonJS. */
declare module "libheif-js/libheif-wasm/libheif.js" {
  type Opaque = object;
  /** The pixels of a picture. `stride`: bytes from one row to the next, which may be more than a row has. */
  export type Channel = { data: Uint8Array; stride: number; width: number; height: number };
  type Heif = {
    heif_error_code: { heif_error_Ok: Opaque };
    heif_colorspace: { heif_colorspace_RGB: Opaque };
    heif_chroma: { heif_chroma_interleaved_RGBA: Opaque };
    heif_context_alloc(): Opaque;
    heif_context_read_from_memory(context: Opaque, file: Uint8Array): { code: Opaque; message: string };
    heif_js_context_get_primary_image_handle(context: Opaque): Opaque;
    /** Has no channels where the picture does not decode. */
    heif_js_decode_image2(picture: Opaque, colours: Opaque, layout: Opaque): { channels?: Channel[] };
  };
  // biome-ignore lint/style/noDefaultExport: the package exports nothing else.
  export default function libheif(options: object): Heif;
}

/** The part of Node's WebAssembly that is used here. Its full types are only part of the browser's types. */
declare namespace WebAssembly {
  class Module {
    private readonly compiled;
  }
  class Instance<Exports> {
    constructor(module: Module, imports: object);
    readonly exports: Exports;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
