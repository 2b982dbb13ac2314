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
  pages.run = join(folder, 'run', 'report.html');
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

for (const name of ['compare', 'run']) {
  test(`${name}: every chart is drawn, in silence, without a request`, async () => {
    const { page, complaints, close } = await open(name);
    const wanted = await page.$eval('#charts', (data) => JSON.parse(data.textContent).filter((chart) => chart.id).map((chart) => chart.id));
    const there = await page.$$eval('.chart', (charts) => charts.map((chart) => chart.id));
    assert.deepEqual([...there].sort(), [...wanted].sort(), 'each chart has its place and each place its chart');
    assert.ok(wanted.includes('flow') && wanted.includes('grid-drift') && wanted.includes('grid-flight'), wanted.join());
    for (const closed of await page.$$('details:not([open]) > summary')) await closed.click();
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
    for (const closed of await page.$$('details:not([open]) > summary')) await closed.click();
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
      for (const closed of await page.$$('details:not([open]) > summary')) await closed.click();
      // The page's policy forbids foreign scripts, so axe comes in by the debugger.
      await page.evaluate(axe);
      const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      const bad = found.violations.filter((each) => ['serious', 'critical'].includes(each.impact))
        .map((each) => `${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
      assert.deepEqual(bad, []);
      await shot(page, `${name}-${scheme}`);
      await close();
    });
  }

  test(`${name}: a narrow screen needs no scrolling sideways`, async () => {
    const { page, close } = await open(name, { viewport: { width: 390, height: 844 } });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 390, `${width} pixels`);
    assert.deepEqual(await blank_charts(page), []);
    await shot(page, `${name}-narrow`);
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
