import { createHead } from '../catalog/create-head.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { createObject } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText, type Property } from '../catalog/properties.ts';
import { command, type Command } from '../session/command.ts';
import type { ApiDetails } from './integration-object.ts';

const PROVIDERS = /^aws_(gov_)?(private_)?api_gateway$/;
const KNOWN = new Set([
  'API_PROVIDER',
  'API_AWS_ROLE_ARN',
  'API_KEY',
  'API_ALLOWED_PREFIXES',
  'API_BLOCKED_PREFIXES',
  'ENABLED',
  'COMMENT',
]);

/** CREATE API INTEGRATION, for Amazon's API Gateway; on a laptop its prefixes may begin with http:// and a loopback address too. */
export const createApiIntegration: Command = command('CREATE API INTEGRATION', async (context) => {
  const cursor = context.cursor();
  const head = createHead(cursor, 'API INTEGRATION');
  const properties = parseProperties(cursor);
  cursor.finish();
  const other = Object.keys(properties).find((key) => !KNOWN.has(key));
  if (other !== undefined) throw unsupported(`${other} of an API integration`);
  const provider = propertyText(properties['API_PROVIDER']).toLowerCase();
  if (!PROVIDERS.test(provider)) throw unsupported(`API provider ${provider || '(none)'}`);
  const roleArn = propertyText(properties['API_AWS_ROLE_ARN']);
  if (roleArn === '') throw invalid("missing parameter 'API_AWS_ROLE_ARN'");
  const allowed = prefixes(properties['API_ALLOWED_PREFIXES']);
  if (allowed.length === 0) throw invalid("missing parameter 'API_ALLOWED_PREFIXES'");
  return createObject<ApiDetails>(context, {
    ...head,
    kind: 'INTEGRATION',
    path: head.name,
    comment: propertyText(properties['COMMENT']),
    make: async () => ({
      category: 'API',
      provider,
      roleArn,
      ...('API_KEY' in properties && { apiKey: propertyText(properties['API_KEY']) }),
      allowed,
      blocked: prefixes(properties['API_BLOCKED_PREFIXES']),
      enabled: properties['ENABLED'] !== false,
    }),
  });
});

const prefixes = (property: Property | undefined): readonly string[] => {
  if (property === undefined) return [];
  const urls = (Array.isArray(property) ? (property as readonly Property[]) : [property]).map((it) => propertyText(it));
  const bad = urls.find((url) => !isRemote(url));
  if (bad !== undefined) throw invalid(`invalid value ['${bad}'] for parameter 'API_ALLOWED_PREFIXES'`);
  return urls;
};

/** Whether an address may be called: by https, or on this machine. */
export const isRemote = (url: string): boolean =>
  URL.canParse(url) &&
  (url.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url));
