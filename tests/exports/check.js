// node check.js FORMAT FILE: reads an export of `omnisim run --out` as other programs do. Prints what is in it as
// one JSON object, or what is wrong with it, a line each, and answers 1.
'use strict';

const fs = require('fs');

const formats = { ocel: './ocel', trace: './trace_events', otlp: './otlp', epcis: './epcis' };

function main([format, file]) {
  if (!formats[format] || !file) {
    console.error('usage: node check.js ocel|trace|otlp|epcis FILE');
    return 2;
  }
  let document;
  try {
    document = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    return 1;
  }
  const { problems, content } = require(formats[format])(document);
  for (const problem of problems.slice(0, 20)) console.error(problem);
  if (problems.length > 20) console.error(`and ${problems.length - 20} more`);
  if (problems.length === 0) console.log(JSON.stringify(content));
  return problems.length === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
