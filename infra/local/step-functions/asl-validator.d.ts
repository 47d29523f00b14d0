declare module "asl-validator" {
  type Verdict = { isValid: boolean; errorsText(separator?: string): string };
  /** Writes defaults into the definition it is given. */
  function validate(definition: unknown, options?: { checkPaths?: boolean; checkArn?: boolean }): Verdict;
  export = validate;
}
