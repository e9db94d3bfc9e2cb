// What pm4js, a process-mining library that others wrote, reads out of the city's XES export. Prints one JSON object.
const { readFileSync } = require('node:fs');
require('pm4js');

const log = XesImporter.apply(readFileSync(process.argv[2], 'utf8'));
const graph = FrequencyDfgDiscovery.apply(log);
console.log(JSON.stringify({
  cases: log.traces.length,
  events: log.traces.reduce((sum, trace) => sum + trace.events.length, 0),
  activities: GeneralLogStatistics.getAttributeValues(log, 'concept:name'),
  starts: GeneralLogStatistics.getStartActivities(log),
  follows: Object.keys(graph.pathsFrequency).length,
}));
