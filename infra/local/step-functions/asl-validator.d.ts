declare module "asl-validator" {
  type Verdict = { isValid: boolean; errorsText(separator?: string): string };
  /** Careful: it writes defaults into the definition that it is given. */
  function validate(definition: unknown, options?: { checkPaths?: boolean; checkArn?: boolean }): Verdict;
  export = validate;
}
