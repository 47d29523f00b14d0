/** How long the processor worked for this process until `act` ended, in ms: other work of the machine does not count. */
export async function processorTimeOf(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  return process.cpuUsage(before).user / 1_000;
}
