// Runs scenarios/theory/shrinkage.json over rates of theft, not counted and counted, and draws the curve.
// From the project's root: node docs/validation/shrinkage.mjs
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';

const dir = 'docs/validation/';
const rates = [0, 2.5, 5, 7.5, 10, 12.5, 15, 20, 25, 30, 35, 40];
const counted = ['systems.store.count_every=28d', 'systems.store.count_share=1'];

function lostShare(rate, more) {
  const settings = [`systems.store.stolen_per_day=${rate}`, ...more].flatMap((s) => ['--set', s]);
  const run = execFileSync('build/release/omnisim', ['run', 'scenarios/theory/shrinkage.json', '--json', ...settings]);
  return 1 - JSON.parse(run).metrics['fill.rate'];
}

/// By formula (the scenario's comment), without chance: 10 units wanted a day for 365 days, the share p of them stolen beside.
function byFormula(p) {
  const days = 3650 * p;  // in units of the time in which one unit is stolen from a shelf that is never empty
  if (days <= 10) return 0;
  if (days >= 10 + (50 * 31 + (41 ** 2 - 100) / 2) / 60) return 1 - (41 / p + 25) / 3650;
  const error = Math.sqrt(2 * (60 * (days - 10) + 550 + 1250)) - 50;  // at the end of the year
  return 1 - error / p / 3650;
}

const rows = rates.map((rate) => ({
  percent: rate / 10,
  lost: 100 * lostShare(rate, []),
  formula: 100 * byFormula(rate / 1000),
  counted: 100 * lostShare(rate, counted),
}));

writeFileSync(`${dir}shrinkage.csv`, 'stolen_percent,lost_percent,lost_percent_by_formula,lost_percent_counted_every_28_days\n' +
  rows.map((r) => [r.percent, ...[r.lost, r.formula, r.counted].map((v) => v.toFixed(2))].join(',') + '\n').join(''));

const x = (percent) => 60 + 140 * percent, y = (percent) => 380 - 4 * percent;
const path = (points) => points.map(([px, py], i) => `${i ? 'L' : 'M'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`).join('');
const text = (tx, ty, words, more = '') => `<text x="${tx}" y="${ty}" ${more}>${words}</text>`;
const grid = [0, 20, 40, 60, 80].map((v) =>
  `<path d="M60 ${y(v)}H620" stroke="#ddd"/>` + text(52, y(v) + 4, `${v} %`, 'text-anchor="end"')).join('\n');
const ticks = [0, 1, 2, 3, 4].map((v) => text(x(v), 400, `${v} %`, 'text-anchor="middle"')).join('\n');
const dots = rows.map((r) => `<circle cx="${x(r.percent)}" cy="${y(r.lost).toFixed(1)}" r="4" fill="#b3261e"/>`).join('');
const curve = Array.from({length: 161}, (_, i) => [i / 40, 100 * byFormula(i / 4000)]);
writeFileSync(`${dir}shrinkage.svg`, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 440" font-family="sans-serif" font-size="13">
<title>Sales lost by units stolen, counted and not</title>
<rect width="680" height="440" fill="white"/>
${text(60, 20, 'What theft costs a store that orders by its own records', 'font-size="15" font-weight="bold"')}
${text(60, 40, 'Sales lost in a year, of units wanted')}
${grid}
${ticks}
<path d="${path(curve)}" fill="none" stroke="#b3261e" stroke-width="1.5" stroke-dasharray="5 4"/>
${dots}
<path d="${path(rows.map((r) => [r.percent, r.counted]))}" fill="none" stroke="#1f5fa8" stroke-width="2"/>
<path d="${path([[0, 0], [4, 4]])}" stroke="#888"/>
${text(x(2.15), y(38), 'never counted: runs (dots)', 'fill="#b3261e"')}
${text(x(2.15), y(34), 'and formula without chance (dashed)', 'fill="#b3261e"')}
${text(x(2.6), y(7), 'the stolen units themselves (grey)', 'fill="#666"')}
${text(x(2.6), y(11), 'counted every 28 days (blue)', 'fill="#1f5fa8"')}
${text(60, 425, 'Units stolen, of units wanted')}
</svg>
`);
console.table(rows);
