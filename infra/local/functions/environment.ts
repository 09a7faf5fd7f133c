import { devNull } from 'node:os';
import type { Topology } from '../../../shared/topology.ts';

/** Where a function runs, and what it is called there. */
export interface Place {
  readonly functionName: string;
  readonly region: string;
  /** The repository's root, which takes the place of Lambda's task root. */
  readonly root: string;
  /** The only folder it has for itself. */
  readonly home: string;
  /** Endpoints that the AWS SDK reads by itself, by service id, for example SQS. */
  readonly endpoints: Readonly<Record<string, string>>;
}

/** Those of a function's own variables that Lambda sets itself, and refuses to have set. */
export const reservedIn = (own: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(own).filter((name) => RESERVED.test(name));

const RESERVED =
  /^(_HANDLER|_X_AMZN_TRACE_ID|TZ|LAMBDA_.*|AWS_LAMBDA_.*|AWS_(DEFAULT_)?REGION|AWS_EXECUTION_ENV|AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN))$/;

/** A function's whole environment: what Lambda gives, the local endpoints, and its own; nothing of the laptop's, no profile, no home. */
export const environmentOf = (
  { handler, memoryMb }: Pick<Topology, 'handler' | 'memoryMb'>,
  place: Place,
  own: Readonly<Record<string, string>>,
): Record<string, string> => ({
  AWS_REGION: place.region,
  AWS_DEFAULT_REGION: place.region,
  AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split('.')[0]}.x`,
  AWS_LAMBDA_FUNCTION_NAME: place.functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${place.functionName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  // The SDKs would read the laptop's own profile otherwise, found through the user's entry even without HOME.
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  ...Object.fromEntries(Object.entries(place.endpoints).map(([id, url]) => [`AWS_ENDPOINT_URL_${id}`, url])),
  LAMBDA_TASK_ROOT: place.root,
  _HANDLER: handler.replace(/ts$/, 'handler'),
  HOME: place.home,
  TMPDIR: place.home,
  TZ: 'UTC',
  LANG: 'en_US.UTF-8',
  ...own,
});
