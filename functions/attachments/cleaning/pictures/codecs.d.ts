/** What is used of it; the package's own types say that it is an ES module, which it is not. */
declare module "libheif-js/libheif-wasm/libheif.js" {
  type Opaque = object;
  /** The one of a picture's channels that is asked for; its rows may lie further apart than they are wide. */
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

/** The part of Node's WebAssembly that is used here; its types otherwise come with those of a browser. */
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
