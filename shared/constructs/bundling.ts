import { OutputFormat, type BundlingOptions } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * What snowflake-sdk imports and an account on AWS never reaches: log-in through Azure, Google or a browser, stages on Azure, and
 * winston, which it builds only where it is given no log of its own. Certificate checks, S3 and STS stay.
 */
export const ABSENT: readonly string[] = [
  '@azure/identity',
  '@azure/storage-blob',
  'google-auth-library',
  'open',
  'winston',
];

const STAND_IN = './shared/constructs/absent-package.cjs';

/** How a service becomes one file: what it doesn't import is not in it, and what an AWS-hosted account never uses neither. */
export const bundling: BundlingOptions = {
  format: OutputFormat.ESM,
  target: 'node24',
  minify: true,
  sourceMap: true,
  sourcesContent: false,
  // esbuild's own order for Node prefers CommonJS builds, which it can't shake: a third more.
  mainFields: ['module', 'main'],
  // Lambda brings an SDK of its own, but not the version that was tested.
  externalModules: [],
  banner: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  esbuildArgs: Object.fromEntries(ABSENT.map((it) => [`--alias:${it}`, STAND_IN])),
};
