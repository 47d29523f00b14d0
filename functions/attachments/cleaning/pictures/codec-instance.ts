import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Codec, codecFiles } from "#shared/runtime/bundled-files.ts";

const compiled = new Map<Codec, Promise<WebAssembly.Module>>();

/** A codec ready to be instantiated; compiled once, when first asked for, since every picture has an instance of its own. */
export function compiledCodec(codec: Codec): Promise<WebAssembly.Module> {
  const module = compiled.get(codec) ?? readCodec(codec).then((bytes) => WebAssembly.compile(bytes));
  compiled.set(codec, module);
  return module;
}

/** In a bundle the file lies beside the code, elsewhere in its package. */
function readCodec(codec: Codec): Promise<Uint8Array> {
  const beside = join(import.meta.dirname, basename(codecFiles[codec]));
  const packages = join(import.meta.dirname, "../../../../node_modules");
  return readFile(existsSync(beside) ? beside : join(packages, codecFiles[codec]));
}

/** How Emscripten's programs are started; they would fetch their WebAssembly from an address if it were not handed over. */
type Options = {
  instantiateWasm: (imports: object, started: (instance: WebAssembly.Instance<object>) => void) => object;
  locateFile: (name: string) => string;
  print: (line: string) => void;
  printErr: (line: string) => void;
};
type Starting<Program> = {
  codec: Codec;
  start: (options: Options) => Program | Promise<Program>;
  /** Told what the program complains of, where that matters. */
  complained?: (line: string) => void;
  /** In bytes; a program that asks for more is told that there is none. */
  largestMemory?: number;
};

/**
 * Every picture has an instance of its own: one that a broken file has stopped is never used again, the memory that a large
 * one took is given back, and nothing of a citizen's picture lies there for the next.
 */
export async function newProgram<Program>({
  codec,
  start,
  complained,
  largestMemory = Number.POSITIVE_INFINITY,
}: Starting<Program>): Promise<Program> {
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
    printErr: complained ?? (() => undefined),
  });
}

/** How Emscripten's programs ask for more memory; the answer 0 refuses it. */
type Growing = { env?: { emscripten_resize_heap?: (bytes: number) => unknown } };

function limitMemory({ env }: Growing, largest: number): void {
  const grow = env?.emscripten_resize_heap;
  if (env && grow) env.emscripten_resize_heap = (bytes) => (bytes >>> 0 > largest ? 0 : grow(bytes));
}

/** What every module of wasm-bindgen offers to hand values over. */
type Bindgen = {
  memory: { buffer: ArrayBuffer };
  __wbindgen_malloc: (length: number, align: number) => number;
  __wbindgen_add_to_stack_pointer: (by: number) => number;
};

/** Like `newProgram`, for the modules made with wasm-bindgen, whose own code keeps one instance for good. */
export async function newModule<Exports>(codec: Codec, imports: object): Promise<Exports & Bindgen> {
  return new WebAssembly.Instance<Exports & Bindgen>(await compiledCodec(codec), { wbg: imports }).exports;
}

/** Copies bytes in, and returns where they lie. */
export function copyIn({ memory, __wbindgen_malloc }: Bindgen, bytes: Uint8Array | Uint8ClampedArray): number {
  const at = __wbindgen_malloc(bytes.length, 1) >>> 0;
  new Uint8Array(memory.buffer).set(bytes, at);
  return at;
}

/** Copies out the bytes whose place and length a call writes where it is told to. */
export function copyOut(module: Bindgen, call: (answer: number) => void): Uint8Array<ArrayBuffer> {
  const answer = module.__wbindgen_add_to_stack_pointer(-16) >>> 0;
  call(answer);
  const [at = 0, length = 0] = new Uint32Array(module.memory.buffer, answer, 2);
  return new Uint8Array(module.memory.buffer).slice(at, at + length);
}
