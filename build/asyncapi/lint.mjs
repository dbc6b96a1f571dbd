// Parses an AsyncAPI document, Avro payloads included, and fails on everything that the rules of @asyncapi/parser find.
import { readFileSync } from 'node:fs';
import { AvroSchemaParser } from '@asyncapi/avro-schema-parser';
import { Parser } from '@asyncapi/parser';

// The document is of version 3.0.0 on purpose.
const passedOver = ['asyncapi-latest-version'];

const file = process.argv[2];
const parser = new Parser();
parser.registerSchemaParser(AvroSchemaParser());
const { document, diagnostics } = await parser.parse(readFileSync(file, 'utf8'));
const found = diagnostics.filter(({ code }) => !passedOver.includes(code));
for (const { code, path, message } of found) {
  console.log(`${file}: ${path.join('.')}: ${message} (${code})`);
}
if (!document || found.length > 0) {
  process.exit(1);
}
console.log(`asyncapi: ${document.channels().all().length} channels, ${document.operations().all().length} operations, no finding`);
