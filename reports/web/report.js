// Draws the charts of a report from the data in the page. Colours come from report.css, so a chart follows the
// reader's light or dark theme; everything a chart shows stands in a table, too.
(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('charts').textContent);
  const charts = data.filter((chart) => chart.kind !== 'faults');
  const faults = (data.find((chart) => chart.kind === 'faults') || { spans: [] }).spans;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const narrow = (element) => element.clientWidth < 560;
  const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  const escape = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

  function frame() {
    const text = { color: css('--soft'), fontSize: 13, fontFamily: getComputedStyle(document.body).fontFamily };
    return {
      text,
      base: {
        animation: false,
        textStyle: text,
        aria: { enabled: true },
        tooltip: {
          backgroundColor: css('--paper'), borderColor: css('--rule'), confine: true,
          textStyle: { ...text, color: css('--ink') },
        },
      },
      value: {
        axisLabel: { ...text, formatter: (value) => short.format(value), hideOverlap: true },
        splitLine: { lineStyle: { color: css('--rule') } },
        axisLine: { show: false },
        axisTick: { show: false },
      },
      legend: { type: 'plain', top: 0, left: 0, itemWidth: 16, itemHeight: 10, itemGap: 16, textStyle: { ...text, color: css('--ink') } },
    };
  }

  // The interval at the end of a bar, and the figure behind it.
  function whisker(rows, text) {
    return (params, api) => {
      const row = rows[api.value(1)];
      const [left, y] = api.coord([Math.max(0, row.total - row.half_width), api.value(1)]);
      const [right] = api.coord([row.total + row.half_width, api.value(1)]);
      const stroke = { stroke: css('--ink'), lineWidth: 1.2 };
      const line = (x1, y1, x2, y2) => ({ type: 'line', shape: { x1, y1, x2, y2 }, style: stroke });
      const children = [{ type: 'text', x: right + 8, y, style: { text: row.label, verticalAlign: 'middle', fill: css('--ink'), font: `13px ${text.fontFamily}` } }];
      if (row.half_width > 0) children.push(line(left, y, right, y), line(left, y - 4, left, y + 4), line(right, y - 4, right, y + 4));
      return { type: 'group', children };
    };
  }

  function bars(chart, element, view) {
    const { base, value, text, legend } = frame();
    const { rows: bar_rows, parts } = view ?? chart;
    const names = bar_rows.map((row) => row.name);
    const split = parts.length > 0;
    const series = split
      ? parts.map((part, i) => ({ type: 'bar', name: part.name, stack: 'all', barWidth: 18, data: part.values, itemStyle: { color: css(`--s${i % 8}`) } }))
      : [{ type: 'bar', barWidth: 18, data: bar_rows.map((row) => ({ value: row.total, itemStyle: { color: css(row.colour) } })) }];
    const longest = Math.max(...bar_rows.map((row) => row.label.length));
    series.push({ type: 'custom', silent: true, z: 5, renderItem: whisker(bar_rows, text), data: bar_rows.map((row, i) => [row.total, i]), tooltip: { show: false } });
    const rows = split ? Math.ceil(parts.reduce((sum, part) => sum + part.name.length * 7 + 42, 0) / element.clientWidth) : 0;
    return {
      ...base,
      height: bar_rows.length * 40 + 46 + rows * 24,
      legend: { ...legend, show: split, data: parts.map((part) => part.name) },
      grid: { left: 4, right: longest * 7 + 16, top: rows * 24 + 8, bottom: 4, containLabel: true },
      tooltip: { ...base.tooltip, trigger: 'item', formatter: (p) => `${escape(p.name)}<br>${escape(p.seriesName || '')} <b>${plain.format(p.value)}</b> ${escape(chart.unit)}` },
      xAxis: { type: 'value', min: 0, splitNumber: 4, minInterval: chart.unit === 'items' ? 1 : 0, ...value },
      yAxis: {
        type: 'category', inverse: true, data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: css('--rule') } },
        axisLabel: { ...text, color: css('--ink'), width: narrow(element) ? 110 : 170, overflow: 'break', lineHeight: 15 },
      },
      series,
    };
  }

  // What was broken on purpose, as a strip of bars below a chart over time: one row a fault, the same time axis.
  const strip_rows_max = 8;
  const strip_row = 15;
  function strip(top, left, right, from, to, text) {
    const shown = faults.filter((span) => span[1] < to && span[2] > from).slice(0, strip_rows_max);
    if (shown.length === 0) return { height: 0, grids: [], xAxes: [], yAxes: [], series: [] };
    const height = shown.length * strip_row;
    const bar = (params, api) => {
      const row = api.value(0);
      const [start, y] = api.coord([Math.max(api.value(1), from), row]);
      const [end] = api.coord([Math.min(api.value(2), to), row]);
      return { type: 'rect', shape: { x: start, y: y - 4, width: Math.max(2, end - start), height: 8, r: 2 }, style: { fill: css('--bad'), opacity: 0.75 } };
    };
    return {
      height: height + 6,
      grids: [{ left, right, top, height }],
      xAxes: [{ type: 'time', gridIndex: 1, min: from, max: to, show: false }],
      yAxes: [{
        type: 'category', gridIndex: 1, inverse: true, data: shown.map((span) => span[0]), axisLine: { show: false }, axisTick: { show: false },
        axisLabel: { ...text, fontSize: 11, interval: 0, width: left - 10, overflow: 'truncate' },
      }],
      series: [{
        type: 'custom', name: 'broken on purpose', xAxisIndex: 1, yAxisIndex: 1, renderItem: bar, encode: { x: [1, 2], y: 0 }, clip: true,
        data: shown.map((span, i) => [i, span[1], span[2]]),
        tooltip: { trigger: 'item', formatter: (p) => escape(shown[p.value[0]][0]) },
      }],
    };
  }

  const time_labels = { year: '{MMM} {yyyy}', month: '{d} {MMM}', day: '{d} {MMM}', hour: '{HH}:{mm}' };
  const strip_left = (element) => (faults.length === 0 ? 64 : narrow(element) ? 110 : 190);

  function lines(chart, element) {
    const { base, value, text, legend } = frame();
    const many = chart.lines.length > 1;
    const widths = chart.lines.reduce((sum, line) => sum + line.name.length * 7 + 44, 0);
    const rows = many ? Math.ceil(widths / element.clientWidth) : 0;
    const all = chart.lines.flatMap((line) => [line.points[0][0], line.points[line.points.length - 1][0]]);
    const [from, to] = [Math.min(...all), Math.max(...all)];
    const left = strip_left(element);
    const below = strip(rows * 24 + 290, left, 20, from, to, text);
    return {
      ...base,
      height: 300 + rows * 24 + below.height,
      legend: { ...legend, show: many, icon: 'roundRect', itemHeight: 4, data: chart.lines.map((line) => line.name) },
      grid: [{ left, right: 20, top: rows * 24 + 14, height: 240 }, ...below.grids],
      tooltip: { ...base.tooltip, trigger: 'axis', order: 'valueDesc', valueFormatter: (v) => `${plain.format(v)} ${chart.unit}` },
      useUTC: true,
      xAxis: [{ type: 'time', min: from, max: to, splitNumber: narrow(element) ? 3 : 7, axisLabel: { ...text, hideOverlap: true, formatter: time_labels }, axisLine: { lineStyle: { color: css('--rule') } }, axisTick: { lineStyle: { color: css('--rule') } } }, ...below.xAxes],
      yAxis: [{ type: 'value', ...value }, ...below.yAxes],
      series: [...chart.lines.map((line) => ({
        type: 'line', name: line.name, data: line.points, showSymbol: false, symbolSize: 6,
        lineStyle: { width: 2, color: css(line.colour), type: line.quiet ? 'dashed' : 'solid' }, itemStyle: { color: css(line.colour) },
      })), ...below.series],
    };
  }

  // A heat map over time. All views share one scale, by the square root, so that a small cell is seen beside a large one.
  function grid(chart, element, view) {
    const { base, text } = frame();
    const most = Math.max(...chart.views.flatMap((each) => each.cells.map((cell) => cell[2])), 0);
    const columns = view.columns.map((at) => new Date(at).toISOString().slice(5, 16).replace('T', ' '));
    const height = Math.max(1, view.rows.length) * (view.rows.length > 12 ? 15 : 20);
    const left = strip_left(element);
    const step = view.columns.length > 1 ? view.columns[1] - view.columns[0] : 3600000;
    const below = strip(height + 44, left, 20, view.columns[0], view.columns[view.columns.length - 1] + step, text);
    return {
      ...base,
      height: height + 50 + below.height,
      grid: [{ left, right: 20, top: 8, height }, ...below.grids],
      useUTC: true,
      tooltip: { ...base.tooltip, formatter: (p) => (Array.isArray(p.value) && p.seriesType === 'heatmap' ? `${escape(view.rows[p.value[1]])}, ${columns[p.value[0]]} UTC<br><b>${plain.format(p.value[2])}</b> ${escape(chart.unit)}` : escape(p.name)) },
      visualMap: { show: false, min: 0, max: Math.sqrt(most) || 1, dimension: 3, seriesIndex: 0, inRange: { color: [css('--heat-low'), css('--heat-middle'), css('--heat-high')] } },
      xAxis: [{ type: 'category', data: columns, axisLabel: { ...text, hideOverlap: true }, axisTick: { show: false }, axisLine: { lineStyle: { color: css('--rule') } } }, ...below.xAxes],
      yAxis: [{ type: 'category', inverse: true, data: view.rows, axisLabel: { ...text, fontSize: 12, interval: 0, width: left - 10, overflow: 'truncate' }, axisTick: { show: false }, axisLine: { lineStyle: { color: css('--rule') } } }, ...below.yAxes],
      series: [{ type: 'heatmap', data: view.cells.map(([x, y, v]) => [x, y, v, Math.sqrt(v)]), encode: { x: 0, y: 1 }, progressive: 0 }, ...below.series],
    };
  }

  function flow(chart, element, view) {
    const { base, text } = frame();
    const sums = new Map();
    for (const [from, to, units] of view.links) {
      sums.set(from + '\u0000' + to, (sums.get(from + '\u0000' + to) || 0) + units);
    }
    const links = [...sums].map(([key, value]) => { const [source, target] = key.split('\u0000'); return { source, target, value }; });
    // What came onto a shelf and did not leave it again is still there.
    const into = (name) => links.filter((link) => link.target === name).reduce((sum, link) => sum + link.value, 0);
    const out_of = (name) => links.filter((link) => link.source === name).reduce((sum, link) => sum + link.value, 0);
    const left = into('shelf') - out_of('shelf');
    if (left > 0) links.push({ source: 'shelf', target: 'still on the shelf', value: left });
    const names = [...new Set(links.flatMap((link) => [link.source, link.target]))];
    const bad = new Set(['damaged', 'lost by the carrier', 'stolen', 'thrown away']);
    const worth = (name) => Math.max(into(name), out_of(name));
    return {
      ...base,
      height: 420,
      tooltip: { ...base.tooltip, trigger: 'item', formatter: (p) => (p.dataType === 'edge' ? `${escape(p.data.source)} → ${escape(p.data.target)}<br><b>${plain.format(p.data.value)}</b> units` : `${escape(p.name)}<br><b>${plain.format(worth(p.name))}</b> units`) },
      series: [{
        type: 'sankey', left: 4, right: narrow(element) ? 90 : 160, top: 8, bottom: 8, nodeWidth: 12, nodeGap: 14, draggable: false, emphasis: { focus: 'adjacency' },
        label: { ...text, color: css('--ink'), formatter: (p) => `${p.name} ${short.format(worth(p.name))}` },
        lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
        data: names.map((name) => ({ name, itemStyle: { color: bad.has(name) ? css('--bad') : css('--s1') } })),
        links,
      }],
    };
  }

  const draw = { bars, lines, grid, flow };
  const drawn = [];

  // Where there is a picture for each pattern, the reader chooses; the one with the most in it comes first.
  function chooser(chart, element) {
    if (!chart.views) return () => undefined;
    const weight = (view) => (view.parts ? view.rows.map((row) => [0, 0, row.total]) : view.cells || view.links).reduce((sum, each) => sum + each[2], 0);
    let chosen = chart.views.reduce((best, view, i) => (weight(view) > weight(chart.views[best]) ? i : best), 0);
    if (chart.kind === 'flow') chosen = 0;
    if (chart.views.length > 1) {
      const label = document.createElement('label');
      label.className = 'chooser';
      label.textContent = 'Pattern ';
      const select = document.createElement('select');
      chart.views.forEach((view, i) => select.add(new Option(view.name, String(i), i === chosen, i === chosen)));
      select.addEventListener('change', () => {
        chosen = Number(select.value);
        paint(drawn.find((entry) => entry.element === element));
      });
      label.append(select);
      element.before(label);
    }
    return () => chart.views[chosen];
  }
  for (const chart of charts) {
    const element = document.getElementById(chart.id);
    if (element) drawn.push({ chart, element, instance: null, view: chooser(chart, element) });
  }

  function paint(entry) {
    if (entry.element.clientWidth === 0) return;
    const { height, ...option } = draw[entry.chart.kind](entry.chart, entry.element, entry.view());
    entry.element.style.height = `${height}px`;
    entry.instance ??= echarts.init(entry.element, null, { renderer: 'svg' });
    const width = entry.element.clientWidth;
    entry.instance.resize({ width, height });
    entry.instance.setOption(option, true);
    // On paper a chart is as wide as the page, so its drawing must scale.
    const svg = entry.element.querySelector('svg');
    svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }
  const paintAll = () => drawn.forEach(paint);

  paintAll();
  let width = window.innerWidth;
  window.addEventListener('resize', () => {
    if (window.innerWidth === width) return;
    width = window.innerWidth;
    requestAnimationFrame(paintAll);
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paintAll);
  for (const [event, printing] of [['beforeprint', true], ['afterprint', false]]) {
    window.addEventListener(event, () => {
      document.documentElement.classList.toggle('printing', printing);
      paintAll();
    });
  }
  // What was closed has charts that could not be drawn yet. A toggle does not bubble, so it is heard on its way down.
  document.addEventListener('toggle', (event) => {
    for (const entry of drawn) if (event.target.contains(entry.element)) paint(entry);
  }, true);

  // One reader's part of the page, or all of it; the address remembers which, so that it can be passed on.
  const bar = document.querySelector('nav.readers');
  function read_as(reader) {
    for (const button of bar.querySelectorAll('button')) button.setAttribute('aria-pressed', String(button.dataset.reader === reader));
    for (const section of document.querySelectorAll('section[data-for]')) {
      section.hidden = reader !== '' && !section.dataset.for.split(' ').includes(reader);
    }
    paintAll();
  }
  if (bar) {
    bar.hidden = false;
    bar.addEventListener('click', (event) => {
      const reader = event.target.dataset.reader;
      if (reader === undefined) return;
      history.replaceState(null, '', reader ? `#${reader}` : '#');
      read_as(reader);
    });
    const asked = location.hash.slice(1);
    if ([...bar.querySelectorAll('button')].some((button) => asked && button.dataset.reader === asked)) read_as(asked);
  }

  // Long tables of figures are searched by name.
  for (const table of document.querySelectorAll('table.metrics')) {
    const rows = [...table.querySelectorAll('tbody tr')];
    if (rows.length < 20) continue;
    const label = document.createElement('label');
    label.className = 'chooser';
    label.textContent = 'Figures whose name holds ';
    const input = document.createElement('input');
    input.type = 'search';
    input.addEventListener('input', () => {
      const wanted = input.value.trim().toLowerCase();
      for (const row of rows) row.hidden = wanted !== '' && !row.firstElementChild.textContent.toLowerCase().includes(wanted);
    });
    label.append(input);
    table.parentElement.before(label);
  }
})();
