// Validation against a JSON schema, draft-07, formats included.
'use strict';

const Ajv = require('ajv');
const addFormats = require('ajv-formats');

module.exports = function problemsOf(schema, document) {
  const ajv = new Ajv({ strict: false, allErrors: false, allowUnionTypes: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  if (validate(document)) return [];
  return validate.errors.map((error) => `${error.instancePath || '/'} ${error.message} (${error.schemaPath})`);
};
