/** The headers by which the edge says that it passed a request on, and which host was called: the gateway sees its own. */
export const edgeHeaders = { key: "foad-edge", host: "foad-host" } as const;
/** The secret of the edge's keys, named by a rule as well: the edge reads the copy in its own region. */
export const edgeSecretName = (provinceId: string) => `foad-${provinceId}-edge`;
