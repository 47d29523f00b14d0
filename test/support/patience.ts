/** ms: how long a test waits for what another process does. Only what hangs takes so long, however busy the machine is. */
export const patience = 120_000;
