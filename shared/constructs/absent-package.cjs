// Stands for a package that Firn's services never reach: importing it is free, using it says what is missing.
const refuse = (path) =>
  new Proxy(function absent() {}, {
    get: (_, key) => (typeof key === 'symbol' || key === '__esModule' ? undefined : refuse(`${path}.${key}`)),
    apply: () => {
      throw new Error(`${path} is not part of this bundle (shared/constructs/bundling.ts)`);
    },
    construct: () => {
      throw new Error(`${path} is not part of this bundle (shared/constructs/bundling.ts)`);
    },
  });

module.exports = refuse('a package for accounts outside AWS');
