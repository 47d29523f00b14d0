import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Codec, codecFiles } from "#shared/runtime/bundled-files.ts";

const compiled = new Map<Codec, Promise<WebAssembly.Module>>();

/** A compiled codec. It is compiled once, when it is first needed; every picture then gets an instance of its own. */
function compiledCodec(codec: Codec): Promise<WebAssembly.Module> {
  const module = compiled.get(codec) ?? readFile(pathOf(codecFiles[codec])).then((bytes) => WebAssembly.compile(bytes));
  compiled.set(codec, module);
  return module;
}

/**
 * Where a file of a package, or of the project, is. `path`: its path in the project. In a bundle all these files lie beside the code.
 */
export function pathOf(path: string): string {
  const beside = join(import.meta.dirname, basename(path));
  return existsSync(beside) ? beside : join(import.meta.dirname, "../../..", path);
}

/** The start options of Emscripten's programs. `instantiateWasm` keeps them from fetching their WebAssembly from a URL. */
type Options = {
  instantiateWasm: (imports: object, started: (instance: WebAssembly.Instance<object>) => void) => object;
  locateFile: (name: string) => string;
  print: (line: string) => void;
  printErr: (line: string) => void;
};
type ProgramOptions<Program> = {
  codec: Codec;
  start: (options: Options) => Program | Promise<Program>;
  /** Called with each line that the program writes to its error output. */
  onErrorLine?: (line: string) => void;
  /** Bytes. A request of the program for more memory fails. */
  largestMemory?: number;
};

/**
 * Starts a program made with Emscripten, with an instance for one picture alone. So an instance that a broken file has stopped is
 * never used again, the memory of a large picture is freed, and nothing of a citizen's picture is left for the next one.
 */
export async function newProgram<Program>({
  codec,
  start,
  onErrorLine,
  largestMemory = Number.POSITIVE_INFINITY,
}: ProgramOptions<Program>): Promise<Program> {
  const module = await compiledCodec(codec);
  return start({
    instantiateWasm(imports, started) {
      limitMemory(imports, largestMemory);
      const instance = new WebAssembly.Instance<object>(module, imports);
      started(instance);
      return instance.exports;
    },
    locateFile: (name) => name,
    print: () => undefined,
    printErr: onErrorLine ?? (() => undefined),
  });
}

/** The import that Emscripten's programs call to get more memory. The answer 0 refuses. */
type MemoryImports = { env?: { emscripten_resize_heap?: (bytes: number) => unknown } };

function limitMemory({ env }: MemoryImports, largest: number): void {
  const grow = env?.emscripten_resize_heap;
  if (env && grow) env.emscripten_resize_heap = (bytes) => (bytes >>> 0 > largest ? 0 : grow(bytes));
}

/** The exports of every wasm-bindgen module for passing values. */
type Bindgen = {
  memory: { buffer: ArrayBuffer };
  __wbindgen_malloc: (length: number, align: number) => number;
  __wbindgen_add_to_stack_pointer: (by: number) => number;
};

/** Like `newProgram`, for WebAssembly that needs no JavaScript of its own: an instance with these imports. */
export async function newInstance<Exports>(codec: Codec, imports: object): Promise<Exports> {
  return new WebAssembly.Instance<Exports>(await compiledCodec(codec), imports).exports;
}

/** Like `newProgram`, for modules made with wasm-bindgen. It bypasses their own JavaScript, which keeps one instance for ever. */
export function newModule<Exports>(codec: Codec, imports: object): Promise<Exports & Bindgen> {
  return newInstance(codec, { wbg: imports });
}

/** Copies bytes into the module's memory and returns their address. */
export function copyIn({ memory, __wbindgen_malloc }: Bindgen, bytes: Uint8Array | Uint8ClampedArray): number {
  const at = __wbindgen_malloc(bytes.length, 1) >>> 0;
  new Uint8Array(memory.buffer).set(bytes, at);
  return at;
}

/**
 * Copies a result out of the module's memory. `call` gets the address at which the module writes the result's address and
 * length. Nothing is freed: each picture has a module of its own.
 */
export function copyOut(module: Bindgen, call: (answer: number) => void): Uint8Array<ArrayBuffer> {
  const answer = module.__wbindgen_add_to_stack_pointer(-16) >>> 0;
  call(answer);
  const [at = 0, length = 0] = new Uint32Array(module.memory.buffer, answer, 2);
  return new Uint8Array(module.memory.buffer).slice(at, at + length);
}
