import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { docsFile, documentFiles } from "#functions/documents/documents.api.ts";
import { asyncapi } from "./descriptions/asyncapi.ts";
import { datapackage } from "./descriptions/datapackage.ts";
import { openapi } from "./openapi/openapi.ts";
import { makeLook } from "./pages/look.ts";
import { docsIn } from "./pages/page.ts";
import { definitions } from "./statistics/definitions.ts";

/**
 * `node infra/programs/documents/write-documents.ts FOLDER`: writes the documents of the province `FOAD_PROVINCE_FILE` into FOLDER.
 */
const [folder = "."] = process.argv.slice(2);

const write = (file: string, content: string | Buffer) => writeFileSync(join(folder, file), content);
/** Brotli quality. Callers get these bytes as they are. The highest quality (11) takes three times as long and saves 1 to 3 %. */
const quality = { [constants.BROTLI_PARAM_QUALITY]: 10 };
const writePacked = (file: string, text: string) => write(file, brotliCompressSync(text, { params: quality }));

writePacked(documentFiles.openapi, JSON.stringify(openapi));
writePacked(documentFiles.asyncapi, JSON.stringify(asyncapi));
writePacked(documentFiles.definitions, JSON.stringify(definitions));
writePacked(documentFiles.datapackage, JSON.stringify(datapackage));
const look = await makeLook();
for (const language of ["fa", "en"] as const)
  for (const [page, text] of docsIn(language, look)) writePacked(docsFile(page, language), text);
write(documentFiles.digests, JSON.stringify(look.digests));
