import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawingsStyle } from "#functions/public-page/drawings/colours.ts";
import { pageInputFiles } from "#shared/runtime/bundled-files.ts";
import { definitions } from "./statistics/definitions.ts";

/** `node infra/programs/documents/write-page-pieces.ts FOLDER`: writes the definitions and the drawings' CSS for the public page. */
const [folder = "."] = process.argv.slice(2);

writeFileSync(join(folder, pageInputFiles.definitions), JSON.stringify(definitions));
writeFileSync(join(folder, pageInputFiles.drawings), drawingsStyle());
