/** `npm run test:deep` draws every property's whole count; a few runs, as elsewhere, see most faults in no time. */
export const isDeep = process.env.FOAD_DEEP === "1";
