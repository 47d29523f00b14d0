import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawingsStyle } from "#functions/public-page/drawings/colours.ts";
import { pageInputFiles } from "#shared/runtime/bundled-files.ts";
import { definitions } from "./statistics/definitions.ts";

/** `node infra/api-documents/write-page-pieces.ts FOLDER`: writes what the public page is made with, beside its code. */
const [folder = "."] = process.argv.slice(2);

writeFileSync(join(folder, pageInputFiles.definitions), JSON.stringify(definitions));
writeFileSync(join(folder, pageInputFiles.drawings), drawingsStyle());
