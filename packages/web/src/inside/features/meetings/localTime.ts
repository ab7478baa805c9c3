/** The next whole hour after `at` (ms). */
export const nextHour = (at: number): number => Math.ceil((at + 1) / 3_600_000) * 3_600_000;

/** As `<input type="datetime-local">` takes it, in the reader's zone. */
export function localInput(at: number): string {
  const date = new Date(at);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
