/** What is wrong in a file, where, and what to do. */
export type ProvinceFault = { path: (string | number)[]; message: string };
