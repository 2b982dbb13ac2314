// Chrome trace events. A reader of the format (TracerBench's trace model) builds its model of processes, threads
// and nested slices; the rules of the Trace Event Format that it does not look at are checked here one by one.
'use strict';

const { buildModel } = require('@tracerbench/trace-model');
const countBy = require('./count');

const phases = 'XbestfM';

function checkShape(event, problems) {
  const at = JSON.stringify(event).slice(0, 160);
  if (!phases.includes(event.ph) || event.ph.length !== 1) problems.push(`unknown phase: ${at}`);
  if (!Number.isInteger(event.pid) || !Number.isInteger(event.tid)) problems.push(`no pid or tid: ${at}`);
  if (typeof event.name !== 'string') problems.push(`no name: ${at}`);
  // 2^53 nanoseconds: beyond them a reader that takes a double loses nanoseconds.
  if (!(event.ts >= 0 && event.ts * 1000 < Number.MAX_SAFE_INTEGER)) problems.push(`no time: ${at}`);
  if (event.ph === 'X' && !(event.dur > 0)) problems.push(`a slice without a duration: ${at}`);
  if (typeof event.cat !== 'string') problems.push(`no category: ${at}`);
  if ('best'.includes(event.ph) && !/^0x[0-9a-f]+$/.test(event.id)) problems.push(`no id: ${at}`);
  if ('tf'.includes(event.ph) && event.bp !== 'e') problems.push(`an arrow that does not end in its slice: ${at}`);
}

const nanoseconds = (microseconds) => Math.round(microseconds * 1000);
const trackOf = (event) => `${event.pid}/${event.tid}`;

// Slices of one thread nest or are apart; these are all apart.
function checkSlices(slices, problems) {
  const starts = new Map();
  const ends = new Map();
  for (const slice of slices) {
    const track = trackOf(slice);
    const start = nanoseconds(slice.ts);
    if (start < (ends.get(track) || 0)) problems.push(`slices of ${track} lie over each other at ${slice.ts}`);
    ends.set(track, start + nanoseconds(slice.dur));
    if (!starts.has(track)) starts.set(track, new Set());
    starts.get(track).add(start);
  }
  return starts;
}

// Each begins before it ends, once.
function checkAsync(events, problems) {
  const open = new Map();
  for (const event of events) {
    const key = `${event.cat} ${event.id} ${event.pid}`;
    if (event.ph === 'b') {
      if (open.has(key)) problems.push(`${key} begins twice`);
      open.set(key, event.ts);
    } else {
      if (!open.has(key) || open.get(key) > event.ts) problems.push(`${key} ends before it begins`);
      open.delete(key);
    }
  }
  for (const key of open.keys()) problems.push(`${key} never ends`);
}

// A flow starts once, goes on, ends once, never goes back, and each of its points is at a slice.
function checkFlows(events, starts, problems) {
  const flows = new Map();
  for (const event of events) {
    const at = nanoseconds(event.ts);
    const flow = flows.get(event.id);
    const slices = starts.get(trackOf(event));
    if (!slices || !slices.has(at)) problems.push(`flow ${event.id} has no slice at ${event.ts}`);
    if (event.ph === 's' ? flow !== undefined : flow === undefined || flow.ended) {
      problems.push(`flow ${event.id}: ${event.ph} is out of place`);
    }
    if (flow && at <= flow.at) problems.push(`flow ${event.id} goes back at ${event.ts}`);
    flows.set(event.id, { at, ended: event.ph === 'f' });
  }
  for (const [id, flow] of flows) if (!flow.ended) problems.push(`flow ${id} never ends`);
  return flows.size;
}

module.exports = function check(document) {
  const problems = [];
  const events = document.traceEvents;
  if (!Array.isArray(events)) return { problems: ['no traceEvents'] };
  for (const event of events) checkShape(event, problems);
  if (problems.length > 0) return { problems };
  const of = (some) => events.filter((event) => some.includes(event.ph));
  const starts = checkSlices(of('X'), problems);
  checkAsync(of('be'), problems);
  const flows = checkFlows(of('stf'), starts, problems);

  const model = buildModel(document);
  const named = new Map(model.processes.map((process) => [process.id, process]));
  const lanes = [];
  for (const { pid, tid } of of('X')) {
    const process = named.get(pid);
    const thread = process && process.threads.find((t) => t.id === tid);
    if (!process || !process.name || !thread || !thread.name) problems.push(`${pid}/${tid} has no name`);
  }
  for (const process of model.processes) lanes.push(process.name);
  return {
    problems,
    content: {
      events: events.length,
      flows,
      lanes: lanes.sort(),
      slices: countBy(of('X'), (slice) => named.get(slice.pid).threads.find((t) => t.id === slice.tid).name),
    },
  };
};
