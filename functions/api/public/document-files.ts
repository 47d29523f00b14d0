/** The finished documents, compressed by brotli, as infra/documents writes them beside the public function's code. */
export const documentFiles = {
  openapi: "openapi.json.br",
  asyncapi: "asyncapi.json.br",
  definitions: "definitions.json.br",
  datapackage: "datapackage.json.br",
  page: { fa: "page.fa.html.br", en: "page.en.html.br" },
  /** SHA-256 of the page's style in base64, by which the page's security policy allows it. */
  styleDigest: "page-style.sha256",
} as const;
