import { createHead } from '../catalog/create-head.ts';
import { invalid, unsupported } from '../catalog/errors.ts';
import { createObject } from '../catalog/lifecycle.ts';
import { parseProperties, propertyText, type Property } from '../catalog/properties.ts';
import { command, type Command } from '../session/command.ts';
import type { StorageDetails } from './integration-object.ts';

const listOf = (property: Property | undefined): readonly string[] =>
  property === undefined
    ? []
    : Array.isArray(property)
      ? property.map((it) => propertyText(it))
      : [propertyText(property)];

/** CREATE STORAGE INTEGRATION, for S3; what is read goes to the warehouse's own endpoint, whatever role it names. */
export const createStorageIntegration: Command = command('CREATE STORAGE INTEGRATION', async (context) => {
  const cursor = context.cursor();
  const head = createHead(cursor, 'STORAGE INTEGRATION');
  const properties = parseProperties(cursor);
  cursor.finish();
  const provider = propertyText(properties['STORAGE_PROVIDER']).toUpperCase();
  if (provider !== 'S3') throw unsupported(`storage provider ${provider || '(none)'}`);
  const roleArn = propertyText(properties['STORAGE_AWS_ROLE_ARN']);
  if (roleArn === '') throw invalid("missing parameter 'STORAGE_AWS_ROLE_ARN'");
  const allowed = listOf(properties['STORAGE_ALLOWED_LOCATIONS']);
  if (allowed.length === 0) throw invalid("missing parameter 'STORAGE_ALLOWED_LOCATIONS'");
  return createObject<StorageDetails>(context, {
    ...head,
    kind: 'INTEGRATION',
    path: head.name,
    comment: propertyText(properties['COMMENT']),
    make: async () => ({
      category: 'STORAGE',
      roleArn,
      allowed,
      blocked: listOf(properties['STORAGE_BLOCKED_LOCATIONS']),
      enabled: properties['ENABLED'] === true,
    }),
  });
});
