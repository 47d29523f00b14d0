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
