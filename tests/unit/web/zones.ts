/** On a device that shows the clocks of this time zone. */
export function inZone(zone: string, what: () => void): void {
  const { TZ: before } = process.env;
  process.env.TZ = zone;
  try {
    what();
  } finally {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  }
}
