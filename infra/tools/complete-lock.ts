/**
 * Adds to package-lock.json the platform packages that the registry at hand did not offer, so that `npm ci` accepts
 * the lock file on every platform. Run after each `npm install` that changes it.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Entry = { version?: string; optional?: boolean; optionalDependencies?: Record<string, string> };
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };

const platformOf = (name: string): Record<string, unknown> => {
  const os = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony', 'wasi'].find((it) => name.includes(it));
  const cpu = ['arm64', 'x64', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64', 'arm'].find((it) => name.includes(it));
  const libc = name.includes('musl') ? 'musl' : name.includes('linux') && name.includes('gnu') ? 'glibc' : undefined;
  // Without the libc field npm would install the musl build beside the glibc one.
  return { os: [os ?? 'none'], ...(cpu ? { cpu: [cpu] } : {}), ...(libc ? { libc: [libc] } : {}) };
};

let added = 0;
for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`node_modules/${name}`] || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), optional: true };
    added += 1;
  }
}

const sorted = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: sorted }, null, 2)}\n`);
process.stdout.write(`${added} platform packages added to package-lock.json\n`);
