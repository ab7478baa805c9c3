import type { Row } from "./result.ts";

/** One subject's colour wherever it stands; legible side by side and in grey. */
const colours: Record<string, string> = { raadhuis: "#1b4f8f", livekit: "#d98324", janus: "#4f8f4f", floor: "#8a8a8a" };
const other = "#6b4f8f";
const size = { width: 760, height: 360, left: 64, right: 16, top: 56, bottom: 56 };

export interface Chart {
  title: string;
  metric: string;
  /** Groups of bars, in this order; those without a row are left out. */
  cases: readonly string[];
}

/** Bars of medians, with a whisker from the smallest sample to the largest. */
export function barChart({ title, metric, cases }: Chart, rows: readonly Row[]): string {
  const found = rows.filter((row) => row.metric === metric && cases.includes(row.case));
  const groups = cases.filter((name) => found.some((row) => row.case === name));
  const subjects = [...new Set(found.map(({ subject }) => subject))];
  const top = niceTop(Math.max(...found.map(({ max }) => max)));
  const plot = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const y = (value: number) => size.top + plot.height * (1 - value / top);
  const slot = plot.width / groups.length;
  const bar = Math.min(56, (slot * 0.8) / subjects.length);

  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="${size.left}" x2="${size.width - size.right}" y1="${round(y(top * share))}" y2="${round(y(top * share))}" stroke="#ddd"/>`,
    `<text x="${size.left - 8}" y="${round(y(top * share) + 4)}" text-anchor="end">${round(top * share)}</text>`,
  ]);
  const bars = groups.flatMap((name, group) => {
    const middle = size.left + slot * (group + 0.5);
    return [
      ...subjects.flatMap((subject, index) => {
        const row = found.find((one) => one.subject === subject && one.case === name);
        if (!row) return [];
        const x = middle + (index - subjects.length / 2) * bar;
        const centre = round(x + bar / 2);
        return [
          `<rect x="${round(x + 2)}" y="${round(y(row.median))}" width="${round(bar - 4)}" height="${round(y(0) - y(row.median))}" fill="${colours[subject] ?? other}"/>`,
          `<line x1="${centre}" x2="${centre}" y1="${round(y(row.min))}" y2="${round(y(row.max))}" stroke="#222"/>`,
          `<text x="${centre}" y="${round(y(row.max) - 5)}" text-anchor="middle">${shown(row.median)}</text>`,
        ];
      }),
      `<text x="${round(middle)}" y="${size.height - size.bottom + 20}" text-anchor="middle">${escaped(name)}</text>`,
    ];
  });
  const legend = subjects.flatMap((subject, index) => [
    `<rect x="${size.left + index * 120}" y="${size.height - 22}" width="12" height="12" fill="${colours[subject] ?? other}"/>`,
    `<text x="${size.left + index * 120 + 18}" y="${size.height - 12}">${escaped(subject)}</text>`,
  ]);
  return framed(`${title}, ${found[0]?.unit ?? ""}`, [...grid, ...bars, ...legend]);
}

/** A line through what was looked at again and again. */
export function lineChart(title: string, row: Row): string {
  const plot = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
  const top = niceTop(row.max);
  const x = (index: number) => size.left + (plot.width * index) / Math.max(1, row.samples.length - 1);
  const y = (value: number) => size.top + plot.height * (1 - value / top);
  const points = row.samples.map((value, index) => `${round(x(index))},${round(y(value))}`).join(" ");
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="${size.left}" x2="${size.width - size.right}" y1="${round(y(top * share))}" y2="${round(y(top * share))}" stroke="#ddd"/>`,
    `<text x="${size.left - 8}" y="${round(y(top * share) + 4)}" text-anchor="end">${round(top * share)}</text>`,
  ]);
  return framed(`${title}, ${row.unit}`, [
    ...grid,
    `<polyline points="${points}" fill="none" stroke="${colours[row.subject] ?? other}" stroke-width="2"/>`,
    `<text x="${size.left}" y="${size.height - size.bottom + 20}">${escaped(row.case)}</text>`,
  ]);
}

const framed = (title: string, parts: readonly string[]): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="12" fill="#222">`,
    `<rect width="${size.width}" height="${size.height}" fill="#fff"/>`,
    `<text x="${size.left}" y="28" font-size="15">${escaped(title)}</text>`,
    ...parts,
    "</svg>",
    "",
  ].join("\n");

/** The least of 1, 2, 4, 5, 8 and 10 times a power of ten that is not below. */
function niceTop(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return ([1, 2, 4, 5, 8].find((step) => step * power >= value) ?? 10) * power;
}

const round = (value: number): number => Math.round(value * 100) / 100;
const shown = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(2));
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
