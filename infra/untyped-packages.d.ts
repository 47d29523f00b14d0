/** The package has no types of its own. */
declare module "subset-font" {
  type Options = { targetFormat: "woff2" | "woff" | "truetype"; keepFeatures: string[]; noHinting: boolean };
  function subsetFont(font: Buffer, signs: string, options: Options): Promise<Buffer>;
  export = subsetFont;
}

declare module "asl-validator" {
  type Verdict = { isValid: boolean; errorsText(separator?: string): string };
  /** Careful: it writes defaults into the definition it is given. */
  function validate(definition: unknown, options?: { checkPaths?: boolean; checkArn?: boolean }): Verdict;
  export = validate;
}
