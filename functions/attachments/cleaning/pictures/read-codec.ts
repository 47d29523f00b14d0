import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Codec, codecFiles } from "#shared/runtime/codec-files.ts";

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
