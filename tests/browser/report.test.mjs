// The reports as people use them, in a headless Chromium: every chart is drawn, every filter works, nothing is asked of
// the network, nothing is said on the console, and axe finds nothing serious. Run by ctest as `browser.report`:
//   node --test tests/browser/report.test.mjs        (OMNISIM_PROGRAM: the program; SHOTS: a folder for screenshots)
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(root, process.env.OMNISIM_PROGRAM ?? 'build/release/omnisim');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'omnisim-browser-'));
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const day = ['--set', 'expect={}', '--set', 'calendar.to=2026-11-18T00:00:00Z'];
const pages = {};
let browser;

function omnisim(...args) {
  execFileSync(program, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

before(async () => {
  const week = 'scenarios/omnichannel-week.json';
  omnisim('compare', week, ...day, '--seeds', '2', '--patterns', 'ideal,nightly-batch,point-to-point,event-orchestrated',
    '--ablate', '--out', join(folder, 'compare'));
  omnisim('run', week, ...day, '--pattern', 'point-to-point', '--out', join(folder, 'run'));
  pages.compare = join(folder, 'compare', 'report.html');
  omnisim('run', 'scenarios/books/reconciliation-at-a-cadence.json', '--out', join(folder, 'books'));
  pages.run = join(folder, 'run', 'report.html');
  pages.books = join(folder, 'books', 'report.html');
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page and hears everything that it should not say or ask for. */
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file:') || request.resourceType() !== 'document') complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(pages[name]).href);
  return { page, complaints, close: () => context.close() };
}

async function shot(page, name) {
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
}

/** Charts that can be seen and hold no drawing. */
const blank_charts = (page) => page.$$eval('.chart', (charts) => charts
  .filter((chart) => chart.clientWidth > 0 && chart.querySelectorAll('svg path, svg rect, svg text').length < 3)
  .map((chart) => chart.id));

/** What axe finds that keeps people out. */
async function serious(page) {
  // The page's policy forbids foreign scripts, so axe comes in by the debugger.
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.filter((each) => ['serious', 'critical'].includes(each.impact))
    .map((each) => `${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** Everything that is closed, at once: a report has hundreds of them. */
async function open_all(page) {
  await page.evaluate(() => { for (const closed of document.querySelectorAll('details')) closed.open = true; });
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => setTimeout(done, 50)); }));
}

/** "-1,234.05" in minor units; a dash is nothing. */
const minor = (text) => (text.trim() === '–' ? 0 : Math.round(Number(text.replaceAll(',', '')) * 100));

for (const name of ['compare', 'run']) {
  test(`${name}: every chart is drawn, in silence, without a request`, async () => {
    const { page, complaints, close } = await open(name);
    const wanted = await page.$eval('#charts', (data) => JSON.parse(data.textContent).filter((chart) => chart.id).map((chart) => chart.id));
    const there = await page.$$eval('.chart', (charts) => charts.map((chart) => chart.id));
    assert.deepEqual([...there].sort(), [...wanted].sort(), 'each chart has its place and each place its chart');
    assert.ok(wanted.includes('flow') && wanted.includes('grid-drift') && wanted.includes('grid-flight'), wanted.join());
    await open_all(page);
    assert.deepEqual(await blank_charts(page), []);
    await shot(page, `${name}-light-open`);
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${name}: each reader is shown his own part, and all of it again`, async () => {
    const { page, complaints, close } = await open(name);
    const shown = () => page.$$eval('section', (sections) => sections.filter((s) => s.clientHeight > 0).map((s) => s.id));
    const all = await shown();
    for (const reader of ['commerce', 'supply', 'finance']) {
      await page.click(`nav.readers button[data-reader="${reader}"]`);
      const part = await shown();
      assert.ok(part.includes(`for-${reader}`), `${reader}: ${part}`);
      assert.ok(part.length < all.length);
      for (const other of ['commerce', 'supply', 'finance']) assert.equal(part.includes(`for-${other}`), other === reader);
      assert.deepEqual(await blank_charts(page), []);
      assert.equal(await page.getAttribute(`nav.readers button[data-reader="${reader}"]`, 'aria-pressed'), 'true');
      assert.equal(new URL(page.url()).hash, `#${reader}`);
    }
    await page.click('nav.readers button[data-reader=""]');
    assert.deepEqual(await shown(), all);
    await page.goto(`${pathToFileURL(pages[name]).href}#finance`);
    await page.reload();
    assert.ok(!(await shown()).includes('for-commerce'), 'an address that names a reader opens his part');
    assert.deepEqual(complaints, []);
    await close();
  });

  test(`${name}: the search among the figures keeps what matches`, async () => {
    const { page, close } = await open(name);
    await open_all(page);
    const search = page.locator('label.chooser input').last();
    await search.fill('DRIFT.heal');
    const names = await page.$$eval('table.metrics tbody tr', (rows) => rows.filter((row) => row.offsetParent).map((row) => row.firstElementChild.textContent));
    assert.ok(names.length >= 1);
    const own = names.filter((each) => each.includes('drift.healing'));
    assert.ok(own.length >= 3, names.join());
    await search.fill('');
    const again = await page.$$eval('table.metrics tbody tr', (rows) => rows.filter((row) => row.offsetParent).length);
    assert.ok(again > names.length + 20);
    await close();
  });

  for (const scheme of ['light', 'dark']) {
    test(`${name}: axe finds nothing serious (${scheme})`, async () => {
      const { page, close } = await open(name, { colorScheme: scheme });
      await open_all(page);
      assert.deepEqual(await serious(page), []);
      await shot(page, `${name}-${scheme}`);
      await close();
    });
  }

  test(`${name}: a narrow screen needs no scrolling sideways`, async () => {
    const { page, close } = await open(name, { viewport: { width: 390, height: 844 } });
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(await width() <= 390, `${await width()} pixels`);
    assert.deepEqual(await blank_charts(page), []);
    await shot(page, `${name}-narrow`);
    await open_all(page);
    assert.ok(await width() <= 390, `${await width()} pixels with everything open`);
    await close();
  });

  test(`${name}: paper gets the light theme, no buttons, and every chart`, async () => {
    const { page, close } = await open(name, { colorScheme: 'dark' });
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    assert.equal(await page.locator('nav.readers').isVisible(), false);
    assert.deepEqual(await blank_charts(page), []);
    const paper = await page.pdf({ format: 'A4' });
    assert.ok(paper.length > 20_000);
    if (process.env.SHOTS) (await import('node:fs')).writeFileSync(join(process.env.SHOTS, `${name}.pdf`), paper);
    await close();
  });

  test(`${name}: can be used by keyboard alone`, async () => {
    const { page, close } = await open(name);
    const reached = new Set();
    for (let i = 0; i < 60; ++i) {
      await page.keyboard.press('Tab');
      reached.add(await page.evaluate(() => `${document.activeElement.tagName} ${document.activeElement.dataset.reader ?? ''}`));
    }
    for (const reader of ['commerce', 'supply', 'finance']) assert.ok(reached.has(`BUTTON ${reader}`));
    assert.ok(reached.has('SUMMARY '));
    await page.focus('nav.readers button[data-reader="finance"]');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#for-commerce').isVisible(), false);
    await close();
  });
}

test('run: an account that differs opens by keyboard to documents that add up to its difference', async () => {
  const { page, complaints, close } = await open('run');
  const rows = await page.$$('#close table.balance > tbody > tr.drill');
  assert.ok(rows.length >= 3, `${rows.length} accounts differ`);
  for (const row of rows) {
    const summary = await row.$('td > details > summary');
    await summary.focus();
    await page.keyboard.press('Enter');
    assert.equal(await row.$eval('details', (details) => details.open), true);
    // Of the account: the difference at the hard close and at rest. Of its documents: the same two columns.
    const wanted = await row.evaluate((tr) => [2, 5].map((i) => tr.previousElementSibling.querySelectorAll('td')[i].textContent));
    const parts = await row.$$eval('table.parts > tbody > tr:not(.cause)', (all) => all.map((tr) => [2, 3].map((i) => tr.querySelectorAll('td')[i].textContent)));
    assert.ok(parts.length >= 1 && parts.length <= 21, `${parts.length} documents`);
    for (const column of [0, 1]) {
      const sum = parts.reduce((all, part) => all + minor(part[column]), 0);
      assert.equal(sum, minor(wanted[column]), `${await summary.textContent()}, column ${column}`);
    }
  }
  const events = await rows[0].$('tr.cause details > summary');
  await events.focus();
  await page.keyboard.press('Enter');
  const behind = await rows[0].$$eval('tr.cause details[open] li', (all) => all.filter((li) => li.offsetParent).map((li) => li.textContent));
  assert.ok(behind.length >= 1);
  assert.match(behind[0], /^2026-11-\d\d \d\d:\d\d:\d\d/);
  await page.keyboard.press('Enter');
  assert.equal(await events.evaluate((summary) => summary.parentElement.open), false);
  assert.deepEqual(complaints, []);
  await close();
});

test('run: what went wrong is explained, and opens by keyboard to its steps', async () => {
  const { page, complaints, close } = await open('run');
  assert.ok((await page.$$('#explained .explained > .findings > li')).length >= 3, 'of the whole run');
  const chains = await page.$$('#explained .explained > details');
  const titles = [];
  for (const chain of chains) {
    const summary = await chain.$('summary');
    titles.push(await summary.textContent());
    if (!titles.at(-1).startsWith('Step by step')) continue;
    await summary.focus();
    await page.keyboard.press('Space');
    assert.ok(await chain.$eval('.verdict', (verdict) => verdict.offsetParent !== null), titles.at(-1));
    const steps = await chain.$$('table.steps > tbody > tr');
    assert.ok(steps.length <= 40, `${titles.at(-1)}: ${steps.length}`);
  }
  for (const kind of ['order ', ' at ', 'account ']) assert.ok(titles.some((title) => title.includes(kind)), `${kind}: ${titles}`);
  assert.ok((await page.$$('#explained tr.parted')).length >= 2, 'where truth and record parted is marked');
  assert.deepEqual(complaints, []);
  await close();
});

test('compare: each pattern has its books and its explanation', async () => {
  const { page, close } = await open('compare');
  const books = await page.$$eval('#close > details > summary', (all) => all.map((summary) => summary.textContent));
  const told = await page.$$eval('#explained > details > summary', (all) => all.map((summary) => summary.textContent));
  for (const wrong of ['Nightly batch', 'Point to point']) {
    assert.ok(books.some((title) => title.includes(wrong)), books.join());
    assert.ok(told.some((title) => title.includes(wrong)), told.join());
  }
  assert.ok(!books.some((title) => title.includes('Ideal')), 'whose books are true has nothing to open');
  await page.focus('#close > details > summary');
  await page.keyboard.press('Enter');
  const parts = await page.$$eval('#close > details[open] tr.drill', (all) => all.map((tr) => tr.querySelectorAll('table.parts > tbody > tr:not(.cause)').length));
  assert.ok(parts.length >= 3 && Math.max(...parts) <= 6, parts.join());
  await close();
});

test('books: what reconciliations left open is drawn by age, with its owner', async () => {
  for (const scheme of ['light', 'dark']) {
    const { page, complaints, close } = await open('books', { colorScheme: scheme });
    assert.deepEqual(await blank_charts(page), []);
    const labels = await page.$$eval('#ageing-chart svg text', (all) => all.map((text) => text.textContent));
    assert.ok(labels.includes('Payouts and captures') && labels.includes('7 to 30 days'), labels.join());
    const cells = await page.$$eval('#ageing tbody tr', (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
    assert.equal(cells.length, 1);
    assert.deepEqual(cells[0].slice(2, 7), ['–', '–', '–', '1', '–']);
    assert.ok(['treasury', 'controller'].includes(cells[0][1]), cells[0][1]);
    await open_all(page);
    assert.deepEqual(await serious(page), []);
    await shot(page, `books-${scheme}`);
    assert.deepEqual(complaints, []);
    await close();
  }
  const { page, close } = await open('books', { viewport: { width: 390, height: 844 } });
  await open_all(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= 390);
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await blank_charts(page), []);
  await close();
});

test('compare: choosing a pattern draws another picture', async () => {
  const { page, complaints, close } = await open('compare');
  const choosers = await page.$$('label.chooser select');
  assert.ok(choosers.length >= 2, `${choosers.length}`);
  for (const chooser of choosers) {
    const drawing = () => chooser.evaluate((select) => select.parentElement.nextElementSibling.querySelector('svg').innerHTML);
    const first = await drawing();
    const values = await chooser.evaluate((select) => [...select.options].filter((o) => !o.selected).map((o) => o.value));
    let changed = false;
    for (const value of values) {
      await chooser.selectOption(value);
      changed = changed || (await drawing()) !== first;
    }
    assert.ok(changed);
  }
  assert.deepEqual(complaints, []);
  await close();
});

test('a report opens in under a second', async () => {
  for (const name of ['compare', 'run']) {
    let best = Infinity;  // of five: a busy machine makes any one slow
    for (let i = 0; i < 5; ++i) {
      const { page, close } = await open(name);
      best = Math.min(best, await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd));
      await close();
    }
    assert.ok(best < 1000, `${name}: ${best} ms, ${statSync(pages[name]).size} bytes`);
  }
});
