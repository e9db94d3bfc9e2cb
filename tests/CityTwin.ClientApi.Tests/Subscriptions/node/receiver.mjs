// Receives webhooks with the CloudEvents SDK and prints each event as a line of JSON; the first line is the port.
import { createServer } from "node:http";
import { HTTP } from "cloudevents";

const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) {
    body += part;
  }
  try {
    const event = HTTP.toEvent({ headers: request.headers, body });
    event.validate();
    console.log(JSON.stringify({ verdict: "valid", ...event.toJSON() }));
    response.statusCode = 204;
  } catch (problem) {
    console.log(JSON.stringify({ verdict: String(problem) }));
    response.statusCode = 400;
  }
  response.end();
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
