import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What AWS's extension for secrets answers a function with, on loopback: it keeps what it has read until it is told to look again. */
export const secretsExtension = async (secrets: Map<string, string>, token: string) => {
  const kept = new Map<string, string>();
  let unready = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = url.searchParams.get('secretId') ?? '';
    const answer = (status: number, body: string): void => void response.writeHead(status).end(body);
    if (request.headers['x-aws-parameters-secrets-token'] !== token) return answer(401, 'invalid token');
    if (unready > 0) {
      unready -= 1;
      return answer(400, 'not ready to serve traffic, please wait');
    }
    if (url.searchParams.get('refreshNow') === 'true') kept.delete(name);
    const text = kept.get(name) ?? secrets.get(name);
    if (text === undefined) return answer(400, `GetSecretValue, StatusCode: 400, ResourceNotFoundException: ${name}`);
    kept.set(name, text);
    answer(200, JSON.stringify({ Name: name, SecretString: text, VersionStages: ['AWSCURRENT'] }));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    /** The environment that leads a service there. */
    environment: {
      PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String((server.address() as AddressInfo).port),
      AWS_SESSION_TOKEN: token,
    },
    /** Answers so many requests as it does while it still starts. */
    starts: (requests: number): void => void (unready = requests),
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
