import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawingsStyle } from "#functions/page/drawings/colours.ts";
import { sitePieces } from "#shared/runtime/page-files.ts";
import { definitions } from "./statistics/definitions.ts";

/** `node infra/documents/site.ts FOLDER`: writes what the public page is made with, beside its code. */
const [folder = "."] = process.argv.slice(2);

writeFileSync(join(folder, sitePieces.definitions), JSON.stringify(definitions));
writeFileSync(join(folder, sitePieces.drawings), drawingsStyle());
