import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OutputFormat, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * What snowflake-sdk imports and an account on AWS never reaches: log-in through Azure, Google or a browser, stages on Azure, and
 * winston, which it builds only where it is given no log of its own; nor do services put files on stages, or bind whole tables, which
 * would go through S3. Certificate checks and STS stay.
 */
export const ABSENT: readonly string[] = [
  '@azure/identity',
  '@azure/storage-blob',
  'google-auth-library',
  'open',
  'winston',
  '@aws-sdk/client-s3',
];

const STAND_IN = './shared/constructs/absent-package.cjs';

const PARTS = ['pipelines', 'suites'];

/** The files that a service reads beside its code when it starts: business rules and suites. */
export const dataFilesOf = (handler: string): readonly string[] =>
  PARTS.map((it) => join(dirname(handler), it))
    .filter((it) => existsSync(it))
    .flatMap((folder) => readdirSync(folder).map((it) => join(folder, it)))
    .filter((it) => /\.(sql|json)$/.test(it));

/** How a service becomes one file: what it doesn't import is not in it, and what an AWS-hosted account never uses neither. */
export const bundling = {
  format: OutputFormat.ESM,
  target: 'node24',
  minify: true,
  sourceMap: true,
  sourcesContent: false,
  // esbuild's own order for Node prefers CommonJS builds, which it can't shake: a third more.
  mainFields: ['module', 'main'],
  // Lambda brings an SDK of its own, but not the version that was tested.
  externalModules: [],
  // What CommonJS modules in the bundle take for granted.
  banner:
    "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
  esbuildArgs: Object.fromEntries(ABSENT.map((it) => [`--alias:${it}`, STAND_IN])),
} satisfies BundlingOptions;
