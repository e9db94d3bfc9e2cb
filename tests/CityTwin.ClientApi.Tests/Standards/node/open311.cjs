// What node-open311, a client that others wrote, does with the city's GeoReport v2. Prints one JSON object.
const Open311 = require('open311');

const [, , base] = process.argv;
const city = new Open311({ discovery: `${base}/discovery.json`, apiKey: 'none-is-asked-for', jurisdiction: 'hue' });
const call = (name, ...args) => new Promise((resolve, reject) => city[name](...args, (error, data) => (error ? reject(new Error(data)) : resolve(data))));

(async () => {
  const told = {};
  told.discovery = await call('serviceDiscovery', { cache: true });
  told.endpoint = city.endpoint;
  told.services = await call('serviceList');
  told.definition = await call('serviceDefinition', 'street-lighting');
  const answers = Object.fromEntries(told.definition.attributes.map((a) => [a.code, a.values?.length ? a.values[0].key : '1']));
  told.filed = await call('submitRequest', { service_code: 'street-lighting', lat: 16.4785, long: 107.5772, description: 'Đèn tắt hai đêm', attributes: answers });
  const id = told.filed[0].service_request_id;
  told.one = await call('serviceRequest', id, {});
  told.several = await call('serviceRequests', [id], {});
  told.open = await call('serviceRequests', { status: 'open', service_code: 'street-lighting' });
  told.token = await call('token', id);
  told.unknown = await call('serviceRequest', '999999999999', {}).then(() => 'found', (e) => String(e));
  console.log(JSON.stringify(told));
})();
