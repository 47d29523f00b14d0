import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/**
 * `npm run licences`: lists the deployed packages and compiled libraries by licence, with the obligations of each licence. Exit code 1 if a package
 * has a licence that is not in this table. `npm run sbom` lists the same packages in the CycloneDX format.
 */
const termsByLicence: Record<string, string> = {
  MIT: "its text goes along",
  "MIT-0": "nothing",
  "0BSD": "nothing",
  "Apache-2.0": "its text and notices go along",
  OFL: "the font is not sold by itself; a changed one may not bear a reserved name",
  "MPL-2.0": "changes to its own files are published; there are none",
  "BSD-2-Clause": "its text goes along",
  "BSD-3-Clause": "its text goes along, and the names of its authors recommend nothing",
  "LGPL-2.1":
    "every owner of the code may change it and build it anew: its .wasm lies beside the function, its recipe in the repository",
  "LGPL-3.0":
    "every owner of the code may exchange it for another version: its .wasm lies beside the function as it comes",
};
/**
 * What is deployed without a package of its own: compiled into functions/files/cleaning/recordings/recode.wasm, by build-recode.sh
 * beside it, or a part of pdfjs-dist.
 */
const withoutPackage = [
  { license: "LGPL-2.1", name: "FFmpeg 7.1.5" },
  { license: "BSD-2-Clause", name: "OpenH264 2.6.0" },
  { license: "BSD-2-Clause", name: "OpenJPEG, in pdfjs-dist" },
  { license: "BSD-3-Clause", name: "PDFium's decoder of JBIG2 and its fonts, in pdfjs-dist" },
  { license: "OFL", name: "Liberation Sans, in pdfjs-dist" },
];
/** Development dependencies of which a part is put into a bundle, and so is deployed. */
const bundledDevDependencies = ["node_modules/vazirmatn"];

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

const text = readFileSync(join(import.meta.dirname, "../../../package-lock.json"), "utf8");
const packages = Object.entries(Lock.parse(JSON.parse(text)).packages)
  .filter(([path, { dev, optional }]) => path !== "" && !optional && (!dev || bundledDevDependencies.includes(path)))
  .map(([path, { version, license = "none" }]) => ({
    license,
    name: `${path.replace(/^.*node_modules\//, "")} ${version}`,
  }));
const deployed = [...packages, ...withoutPackage];

for (const [license, some] of Map.groupBy(deployed, (one) => one.license)) {
  process.stdout.write(
    `${license}: ${termsByLicence[license] ?? "NOT LOOKED AT: read it, and say here what it asks"}\n`,
  );
  for (const { name } of some) process.stdout.write(`  ${name}\n`);
}
process.exitCode = deployed.every(({ license }) => license in termsByLicence) ? 0 : 1;
