// Draws the charts of a report from the data in the page. Colours come from report.css, so a chart follows the
// reader's light or dark theme; everything a chart shows stands in a table, too.
(() => {
  'use strict';
  const charts = JSON.parse(document.getElementById('charts').textContent);
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

  function bars(chart, element) {
    const { base, value, text, legend } = frame();
    const names = chart.rows.map((row) => row.name);
    const split = chart.parts.length > 0;
    const series = split
      ? chart.parts.map((part, i) => ({ type: 'bar', name: part.name, stack: 'all', barWidth: 18, data: part.values, itemStyle: { color: css(`--s${i % 8}`) } }))
      : [{ type: 'bar', barWidth: 18, data: chart.rows.map((row) => ({ value: row.total, itemStyle: { color: css(row.colour) } })) }];
    const longest = Math.max(...chart.rows.map((row) => row.label.length));
    series.push({ type: 'custom', silent: true, z: 5, renderItem: whisker(chart.rows, text), data: chart.rows.map((row, i) => [row.total, i]), tooltip: { show: false } });
    const rows = split ? Math.ceil(chart.parts.reduce((sum, part) => sum + part.name.length * 7 + 42, 0) / element.clientWidth) : 0;
    return {
      ...base,
      height: chart.rows.length * 40 + 46 + rows * 24,
      legend: { ...legend, show: split, data: chart.parts.map((part) => part.name) },
      grid: { left: 4, right: longest * 7 + 16, top: rows * 24 + 8, bottom: 4, containLabel: true },
      tooltip: { ...base.tooltip, trigger: 'item', formatter: (p) => `${escape(p.name)}<br>${escape(p.seriesName || '')} <b>${plain.format(p.value)}</b> ${escape(chart.unit)}` },
      xAxis: { type: 'value', min: 0, splitNumber: 4, ...value },
      yAxis: {
        type: 'category', inverse: true, data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: css('--rule') } },
        axisLabel: { ...text, color: css('--ink'), width: narrow(element) ? 110 : 170, overflow: 'break', lineHeight: 15 },
      },
      series,
    };
  }

  function lines(chart, element) {
    const { base, value, text, legend } = frame();
    const many = chart.lines.length > 1;
    const widths = chart.lines.reduce((sum, line) => sum + line.name.length * 7 + 44, 0);
    const rows = many ? Math.ceil(widths / element.clientWidth) : 0;
    return {
      ...base,
      height: 300 + rows * 24,
      legend: { ...legend, show: many, icon: 'roundRect', itemHeight: 4 },
      grid: { left: 4, right: 20, top: rows * 24 + 14, bottom: 4, containLabel: true },
      tooltip: { ...base.tooltip, trigger: 'axis', order: 'valueDesc', valueFormatter: (v) => `${plain.format(v)} ${chart.unit}` },
      useUTC: true,
      xAxis: { type: 'time', splitNumber: narrow(element) ? 3 : 7, axisLabel: { ...text, hideOverlap: true, formatter: { year: '{MMM} {yyyy}', month: '{d} {MMM}', day: '{d} {MMM}', hour: '{HH}:{mm}' } }, axisLine: { lineStyle: { color: css('--rule') } }, axisTick: { lineStyle: { color: css('--rule') } } },
      yAxis: { type: 'value', ...value },
      series: chart.lines.map((line) => ({
        type: 'line', name: line.name, data: line.points, showSymbol: false, symbolSize: 6,
        lineStyle: { width: 2, color: css(line.colour), type: line.quiet ? 'dashed' : 'solid' }, itemStyle: { color: css(line.colour) },
      })),
    };
  }

  const draw = { bars, lines };
  const drawn = [];
  for (const chart of charts) {
    const element = document.getElementById(chart.id);
    if (element) drawn.push({ chart, element, instance: null });
  }

  function paint(entry) {
    if (entry.element.clientWidth === 0) return;
    const { height, ...option } = draw[entry.chart.kind](entry.chart, entry.element);
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
  for (const closed of document.querySelectorAll('details')) closed.addEventListener('toggle', paintAll);
})();
