/** The package has no types of its own. */
declare module "subset-font" {
  type Options = { targetFormat: "woff2" | "woff" | "truetype"; keepFeatures: string[]; noHinting: boolean };
  function subsetFont(font: Buffer, signs: string, options: Options): Promise<Buffer>;
  export = subsetFont;
}
