import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { EXAMPLES } from '../src/http/openapi-examples.ts';
import { openApiDocument } from '../src/http/openapi.ts';
import { restRoutes } from '../src/http/rest-routes.ts';
import { appRouter } from '../src/router.ts';

interface Media {
  schema: object;
  example?: object;
}
type Operation = {
  operationId: string;
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { content: Record<string, Media> }>;
};
const document = openApiDocument(appRouter, '0.0.0');
const operations = Object.values(document.paths!).flatMap((path) => Object.values(path as Record<string, Operation>));

const ajv = new (Ajv2020 as unknown as typeof Ajv2020.default)({ strict: false, allErrors: true });
(addFormats as unknown as typeof addFormats.default)(ajv);
ajv.addSchema(document as object, 'document');
const validate = (schema: object, value: object) => {
  const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"document#/components')));
  return { valid: check(value), errors: check.errors };
};

test('every example validates against the schema it stands beside', () => {
  let examples = 0;
  for (const operation of operations)
    for (const [where, media] of [
      ['request', operation.requestBody?.content['application/json']],
      ['response', Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1].content['application/json']],
    ] as const) {
      if (!media?.example) continue;
      examples++;
      expect({ operation: operation.operationId, where, ...validate(media.schema, media.example) }).toMatchObject({ valid: true });
    }
  expect(examples).toBeGreaterThanOrEqual(Object.keys(EXAMPLES).length);
});

test('a wrong example would be found', () => {
  const create = operations.find((o) => o.operationId === 'catalogue.records.create')!;
  expect(validate(create.requestBody!.content['application/json']!.schema, { kind: 'nonsense' }).valid).toBe(false);
});

test('every REST procedure is in the document, with problem details for its errors, and every write has an example', () => {
  const routes = restRoutes(appRouter);
  expect(operations.map((o) => o.operationId).toSorted()).toEqual(routes.map((r) => r.procedure).toSorted());
  for (const operation of operations) expect(Object.keys(operation.responses['4XX']!.content)).toEqual(['application/problem+json']);
  for (const route of routes.filter((r) => r.rest.method !== 'GET'))
    expect(EXAMPLES[route.procedure]?.request, route.procedure).toBeDefined();
});
