// OCEL 2.0: its published JSON schema, and what the standard says beside it (https://www.ocel-standard.org,
// section 8): ids are unique, relationships lead to objects, types are declared, and values are of their types.
'use strict';

const schema = require('./ocel20.schema.json');
const countBy = require('./count');
const problemsOf = require('./schema');

const isTime = (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
const types = {
  string: () => true,
  integer: (text) => /^-?\d+$/.test(text),
  float: (text) => /^-?\d+(\.\d+)?$/.test(text),
  boolean: (text) => text === 'true' || text === 'false',
  time: isTime,
};

// Types by name, each with its attributes by name.
function declared(list, what, problems) {
  const byName = new Map();
  for (const { name, attributes } of list) {
    if (byName.has(name)) problems.push(`${what} type ${name} is declared twice`);
    const known = new Map();
    for (const attribute of attributes) {
      if (!(attribute.type in types)) problems.push(`${name}/${attribute.name}: ${attribute.type} is no type`);
      if (known.has(attribute.name)) problems.push(`${name}/${attribute.name} is declared twice`);
      known.set(attribute.name, attribute.type);
    }
    byName.set(name, known);
  }
  return byName;
}

function checkItems(items, declaredTypes, objects, what, problems) {
  const ids = new Set();
  for (const { id, type, attributes = [], relationships = [] } of items) {
    if (ids.has(id)) problems.push(`${what} ${id} is there twice`);
    ids.add(id);
    const known = declaredTypes.get(type);
    if (!known) problems.push(`${what} ${id}: type ${type} is not declared`);
    for (const { name, value } of known ? attributes : []) {
      const kind = known.get(name);
      if (!kind) problems.push(`${what} ${id}: ${name} is not declared`);
      else if (types[kind] && !types[kind](value)) problems.push(`${what} ${id}: ${name} ${value} is no ${kind}`);
    }
    const related = new Set();
    for (const { objectId, qualifier } of relationships) {
      if (!objects.has(objectId)) problems.push(`${what} ${id}: there is no object ${objectId}`);
      if (related.has(`${objectId}\n${qualifier}`)) problems.push(`${what} ${id}: ${qualifier} ${objectId} is there twice`);
      related.add(`${objectId}\n${qualifier}`);
    }
  }
}

module.exports = function check(log) {
  const problems = problemsOf(schema, log);
  if (problems.length > 0) return { problems };
  const eventTypes = declared(log.eventTypes, 'event', problems);
  const objectTypes = declared(log.objectTypes, 'object', problems);
  const objects = new Map(log.objects.map((object) => [object.id, object]));
  checkItems(log.events, eventTypes, objects, 'event', problems);
  checkItems(log.objects, objectTypes, objects, 'object', problems);
  if (problems.length > 0) return { problems };
  const units = {};
  for (const event of log.events) {
    const told = event.attributes.find((a) => a.name === 'units');
    if (told) units[event.type] = (units[event.type] || 0) + Number(told.value);
  }
  return {
    problems,
    content: {
      events: countBy(log.events, (e) => e.type),
      objects: countBy(log.objects, (o) => o.type),
      units,
      relations: log.objects.reduce((n, o) => n + o.relationships.length, 0),
    },
  };
};
