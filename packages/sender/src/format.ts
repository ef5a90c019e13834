/** Numbers for people. */

/** `1 snapshot`, `2 snapshots`. */
export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** With a unit of 1024: `1.5 MiB`. */
export function formatBytes(bytes: bigint): string {
  const power = bytes === 0n ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(Number(bytes)) / 10));
  const value = Number(bytes) / 1024 ** power;
  return `${value.toFixed(power === 0 || value >= 100 ? 0 : 1)} ${UNITS[power] ?? 'B'}`;
}
