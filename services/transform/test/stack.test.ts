import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CONTEXT } from '../../../shared/constructs/context.ts';
import { stackPromises } from '../../../shared/testing/stack-promises.ts';
import { Config } from '../config.ts';
import { TransformStack } from '../stack.ts';
import { topology } from '../topology.ts';

describe("transform's stack", () => {
  stackPromises(topology, (scope, stage) => new TransformStack(scope, stage), Config);
});

const templateWith = (image: string): Template =>
  Template.fromStack(new TransformStack(new App({ context: { ...CONTEXT, image } }), 'dev'));

describe('a service from an image', () => {
  it.each([
    ['firn-transform:1.4.0', ':1.4.0'],
    [`team/firn-transform@sha256:${'a'.repeat(64)}`, `@sha256:${'a'.repeat(64)}`],
  ])('%s runs that one, and keeps everything around it', (image, version) => {
    const template = templateWith(image);

    const [code] = Object.values(template.findResources('AWS::Lambda::Function')).map(
      (it) => it['Properties'] as Record<string, unknown>,
    );
    expect(code).toMatchObject({ PackageType: 'Image', FunctionName: 'firn-dev-transform', Architectures: ['arm64'] });
    expect(code).not.toHaveProperty('Runtime');
    expect(JSON.stringify(code!['Code'])).toContain(`${image.replace(version, '')}${version}`);
    expect(() => template.resourceCountIs('AWS::SQS::Queue', 2)).not.toThrow();
  });

  it('is refused without a version', () => {
    expect(() => templateWith('firn-transform')).toThrow('the image is firn-transform, not repository:tag');
  });

  it('is built from the bundle that this repository makes, whose parts the Dockerfile names', () => {
    const dockerfile = readFileSync(new URL('../../../Dockerfile', import.meta.url), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((it) => it[1]!.split(' '));

    for (const it of copied)
      expect(() => readFileSync(new URL(`../../../${it}`, import.meta.url))).not.toThrow('ENOENT');
    expect(dockerfile).toContain('node infra/tools/bundle.ts "$SERVICE" /out');
    expect(dockerfile).toContain('CMD ["index.handler"]');
  });
});
