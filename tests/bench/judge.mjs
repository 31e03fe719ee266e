// One judgement for all figures. A part of the bench prints each figure as a line of JSON:
//   {"figure": …, "unit": "ms" | "rows/s" | "bytes" | …, "runs": […], "reference": its name, "references": […],
//    "budget": {"at most": n} | {"at least": n} times the reference | {"bytes": n} in all | null, shown beside it only}
// `runs` and `references` are of the same rounds, in order; with {"bytes": n} there need be no reference.
//
// A machine that others use as well slows down what is measured and its reference alike, but not to the same degree. So
// a ratio is taken within each round, the median of them counts, and it fails only beyond three times its budget; above
// the budget it says so. Bytes do not depend on who else is at work: they fail beyond the budget itself.

const kLeeway = 3;

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Three digits that matter. */
export const short = (value) => (value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3))));

const spread = (values, unit) => `${short(median(values))} (${short(Math.min(...values))}–${short(Math.max(...values))}) ${unit}`;
const measured = (values) => Array.isArray(values) && values.every((value) => Number.isFinite(value) && value > 0);

/** The row of the table, and whether it passed; undefined: nothing was promised. `rounds`: as many runs must there be. */
export function judge({ figure, unit, runs, reference, references = [], budget }, rounds) {
  const beside = references.length > 0;
  const complete = measured(runs) && runs.length === rounds && (!beside || (measured(references) && references.length === rounds));
  if (!complete || (!beside && budget?.bytes === undefined)) {
    return { row: [figure, 'not measured', reference ?? '', '', '', 'FAILED'], passed: false };
  }
  const ratio = beside ? median(runs.map((value, round) => value / references[round])) : undefined;
  const row = [figure, spread(runs, unit), beside ? `${reference}: ${spread(references, unit)}` : '', beside ? short(ratio) : ''];
  const verdict = (budget_text, within, passed) => ({
    row: [...row, budget_text, within ? 'within' : passed ? 'over the budget' : 'FAILED'],
    passed,
  });
  if (budget === null || budget === undefined) return { row: [...row, '', 'beside'], passed: undefined };
  if (budget.bytes !== undefined) {
    const within = median(runs) <= budget.bytes;
    return verdict(`≤ ${short(budget.bytes)} ${unit}`, within, within);
  }
  if (budget['at most'] !== undefined) return verdict(`≤ ${budget['at most']}`, ratio <= budget['at most'], ratio <= kLeeway * budget['at most']);
  return verdict(`≥ ${budget['at least']}`, ratio >= budget['at least'], kLeeway * ratio >= budget['at least']);
}

/** The rows as lines, each column as wide as its widest. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join(' · ').trimEnd());
}
