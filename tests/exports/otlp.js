// OTLP/JSON: the protocol's own messages, as OpenTelemetry's JavaScript exporter carries them (generated from
// opentelemetry-proto), and what the specification says beside them: ids are hexadecimal, 64-bit numbers are
// decimal strings, a span's id is its own within its trace, and a parent is in the same trace.
'use strict';

const root = require('@opentelemetry/otlp-transformer/build/src/generated/root.js');
const countBy = require('./count');

const Request = root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
const SpanKind = root.opentelemetry.proto.trace.v1.Span.SpanKind;

const idDigits = { traceId: 32, spanId: 16, parentSpanId: 16 };

// The specification writes ids as hexadecimal where protobuf's JSON has base64.
function withBinaryIds(value, problems) {
  if (Array.isArray(value)) return value.map((item) => withBinaryIds(item, problems));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => {
    if (!(key in idDigits)) return [key, withBinaryIds(member, problems)];
    const isId = new RegExp(`^[0-9a-f]{${idDigits[key]}}$`).test(member) && !/^0+$/.test(member);
    if (!isId) problems.push(`${key} ${JSON.stringify(member)} is not ${idDigits[key]} hexadecimal digits`);
    return [key, Buffer.from(String(member), 'hex')];
  }));
}

// What is in `told` and not in `read`: a member that the protocol does not know, or knows otherwise.
function notRead(told, read, path, problems) {
  if (Buffer.isBuffer(told)) {
    if (!Buffer.from(read).equals(told)) problems.push(`${path} is not read as it is written`);
  } else if (told !== null && typeof told === 'object') {
    for (const [key, member] of Object.entries(told)) {
      if (read === undefined || read === null || !(key in read)) problems.push(`${path}/${key} is not of the protocol`);
      else notRead(member, read[key], `${path}/${key}`, problems);
    }
  } else if (told !== read && String(told) !== String(read)) {
    problems.push(`${path} is not read as it is written`);
  }
}

function checkSpans(spans, problems) {
  const starts = new Map();
  for (const span of spans) {
    const id = `${span.traceId}/${span.spanId}`;
    if (starts.has(id)) problems.push(`span ${id} is there twice`);
    starts.set(id, BigInt(span.startTimeUnixNano));
    if (typeof span.startTimeUnixNano !== 'string') problems.push(`span ${id}: times are to be strings`);
    if (BigInt(span.endTimeUnixNano) < BigInt(span.startTimeUnixNano)) problems.push(`span ${id} ends before it starts`);
  }
  const known = (trace, span) => starts.has(`${trace}/${span}`);
  for (const { traceId, spanId, parentSpanId, startTimeUnixNano, links = [] } of spans) {
    if (parentSpanId && !known(traceId, parentSpanId)) problems.push(`span ${spanId} has a parent that is not there`);
    else if (parentSpanId && starts.get(`${traceId}/${parentSpanId}`) > BigInt(startTimeUnixNano)) {
      problems.push(`span ${spanId} starts before its parent`);
    }
    for (const link of links) {
      if (!known(link.traceId, link.spanId)) problems.push(`span ${spanId} has a link to a span that is not there`);
    }
  }
}

module.exports = function check(document) {
  const problems = [];
  if (!Array.isArray(document.resourceSpans)) return { problems: ['no resourceSpans'] };
  const binary = withBinaryIds(document, problems);
  const decoded = Request.decode(Request.encode(Request.fromObject(binary)).finish());
  notRead(binary, Request.toObject(decoded, { longs: String, bytes: Buffer }), '', problems);
  if (problems.length > 0) return { problems };

  const services = new Set();
  const spans = [];
  for (const { resource, scopeSpans } of document.resourceSpans) {
    const name = resource.attributes.find((a) => a.key === 'service.name');
    if (!name || !name.value.stringValue) problems.push('a resource has no service.name');
    else services.add(name.value.stringValue);
    for (const scope of scopeSpans) spans.push(...scope.spans);
  }
  checkSpans(spans, problems);
  return {
    problems,
    content: {
      spans: spans.length,
      traces: new Set(spans.map((span) => span.traceId)).size,
      with_parent: spans.filter((span) => span.parentSpanId).length,
      lost: spans.filter((span) => span.status).length,
      services: [...services].sort(),
      kinds: countBy(spans, (span) => SpanKind[span.kind]),
      names: countBy(spans, (span) => span.name),
    },
  };
};
