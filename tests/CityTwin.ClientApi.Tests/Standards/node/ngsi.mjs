// What ngsijs, a client that others wrote, does with the city's NGSI-LD. Prints one JSON object.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const NGSI = createRequire(import.meta.url)('ngsijs');
const [, , base, sensor] = process.argv;
const ld = new NGSI.Connection(base).ld;
const told = {};

const notified = new Promise((resolve) => {
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part)).on('end', () => {
      response.writeHead(204).end();
      resolve(JSON.parse(body));
      receiver.close();
    });
  });
  receiver.listen(0, '127.0.0.1', () => (told.port = receiver.address().port));
});

told.communes = await ld.queryEntities({ type: 'Commune', limit: 3, count: true, keyValues: true });
told.commune = await ld.getEntity('urn:ngsi-ld:Commune:19753');
told.missing = await ld.getEntity('urn:ngsi-ld:Commune:1').catch((e) => e.name);
told.bad = await ld.queryEntities({ type: 'Commune', q: 'population==' }).catch((e) => e.name);
told.created = await ld.createEntity({
  id: 'urn:ngsi-ld:Open311ServiceRequest:by-ngsijs',
  type: 'Open311ServiceRequest',
  service_code: { type: 'Property', value: 'street-lighting' },
  description: { type: 'Property', value: 'Đèn tắt' },
  location: { type: 'GeoProperty', value: { type: 'Point', coordinates: [107.5772, 16.4785] } },
  '@context': `${base}/ngsi-ld/context.jsonld`,
});
const report = told.created.location.split('/').pop();
told.found = await ld.queryEntities({ type: 'Open311ServiceRequest', q: 'status=="open";service_code=="street-lighting"' });
told.near = await ld.queryEntities({ type: 'Commune', georel: 'near;maxDistance==3000', geometry: 'Point', coordinates: '[107.5772,16.4785]', keyValues: true });

const subscription = await ld.createSubscription({
  type: 'Subscription',
  entities: [{ type: 'WaterObserved' }],
  q: 'height>4.2',
  notification: { attributes: ['height', 'dateObserved'], format: 'normalized', endpoint: { uri: `http://127.0.0.1:${told.port}/`, accept: 'application/json' } },
});
const id = subscription.subscription.id ?? subscription.location.split('/').pop();
await ld.updateEntityAttributes({ id: sensor, height: { type: 'Property', value: 4.5, observedAt: '2026-01-05T00:30:00Z' } });
told.reading = await ld.queryEntities({ type: 'WaterObserved', q: 'height>4.2', keyValues: true });
told.notification = await notified;
told.listed = await ld.listSubscriptions({ count: true });
await ld.updateSubscription({ id, isActive: false });
told.subscription = await ld.getSubscription(id);
await ld.deleteSubscription(id);
told.ended = await ld.getSubscription(id).catch((e) => e.name);
told.types = await ld.listTypes();
told.type = await ld.getType('WaterObserved');
told.past = await ld.queryTemporalEntities({ type: 'WaterObserved', timerel: 'after', timeAt: '2026-01-05T00:00:00Z', lastN: 1 });
told.report = report;
console.log(JSON.stringify(told));
