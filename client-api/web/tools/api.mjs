// Writes src/api/schema.ts from the OpenAPI document of a running city:  npm run api [-- http://127.0.0.1:5080]
import { writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const city = process.argv[2] ?? 'http://127.0.0.1:5080';
const answer = await fetch(new URL('/openapi/v1.json', city));
if (!answer.ok) {
  throw new Error(`${answer.url} answers ${answer.status}: start a city first`);
}
const document = await answer.json();
const ast = await openapiTS(document, { alphabetize: true, exportType: false });
const target = new URL(process.argv[3] ?? '../src/api/schema.ts', import.meta.url);
writeFileSync(target, `// Made by "npm run api" from /openapi/v1.json. Do not edit.\n\n${astToString(ast)}`);
