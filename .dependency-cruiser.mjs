/** Who may import whom. Each rule says what to do instead; each has a test that breaks it. */

const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** Packages, with and without the folder that npm puts them in. */
const npm = (names) => `(^|/)node_modules/(${names})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    only(
      'model-imports-nothing',
      'The vocabulary knows only itself and zod. What needs more belongs in plan, reconcile or adapters.',
      '^shared/model/',
      ['^shared/model/', npm('zod')],
    ),
    only(
      'triggers-know-the-model',
      'A trigger is EventBridge JSON turned into the words of the model, and nothing is read or decided there.',
      '^shared/triggers/',
      ['^shared/triggers/', '^shared/model/', npm('zod')],
    ),
    only(
      'plan-is-pure',
      'A plan is a function of what was observed. Read in reconcile/observe.ts and hand it over as data.',
      '^shared/plan/',
      ['^shared/plan/', '^shared/model/'],
    ),
    only(
      'reconcile-works-on-ports',
      'Reconciling knows no SDK, no clock and no environment. Add a method to reconcile/ports.ts and an adapter for it.',
      '^shared/reconcile/',
      ['^shared/reconcile/', '^shared/plan/', '^shared/model/', npm('p-limit')],
    ),
    only(
      'adapters-know-ports-and-model',
      'An adapter turns one port into calls. What decides belongs in plan; what orders steps belongs in reconcile.',
      '^shared/adapters/',
      ['^shared/adapters/', '^shared/model/', '^shared/reconcile/ports\\.ts$', npm('@aws-sdk/[^/]+|zod')],
    ),
    only(
      'config-knows-the-model',
      'The environment is read in one place, which depends on nothing that could read it too.',
      '^shared/config\\.ts$',
      ['^shared/model/', npm('zod')],
    ),
    never(
      'a-function-never-another',
      'Functions share through shared/ and functions/middleware, so that each is one bundle of what it needs.',
      { path: '^functions/(on-events|resync)/' },
      { path: '^functions/(on-events|resync)/', pathNot: '^functions/$1/' },
    ),
    never(
      'functions-are-deployed-alone',
      'Functions know neither the command nor the wiring. What they share with either belongs in shared.',
      { path: '^functions/' },
      { path: '^(cli|infra)/' },
    ),
    never(
      'the-command-is-no-function',
      'The command may use functions/compose.ts and nothing else of functions. What both need belongs in shared.',
      { path: '^cli/' },
      { path: '^(functions/[^/]+|infra)/' },
    ),
    never(
      'infra-is-data',
      'The wiring names sources by their path, and imports neither the product nor what runs it.',
      { path: '^infra/' },
      { path: '^(shared|functions|cli)/' },
    ),
    never(
      'the-product-stands-alone',
      'What is deployed must not need what only demonstrates or tests it.',
      { path: '^(shared|functions|cli|infra)/' },
      { path: '^(localcloud|test|events|demo|docs)/' },
    ),
    never(
      'localcloud-knows-no-product',
      'An AWS that knew the controller would be right about it for the wrong reasons. Join them in demo or test.',
      { path: '^localcloud/' },
      { path: '^(shared|functions|cli|infra|demo|test|events|docs)/' },
    ),
    never(
      'localcloud-is-no-client',
      'It speaks the wire formats itself; with the SDK on both sides an error would cancel out.',
      { path: '^localcloud/' },
      { path: npm('@aws-sdk/[^/]+') },
    ),
    never(
      'nobody-needs-the-demo',
      'The demonstration is an end, not a means; tests may put it on stage.',
      { path: '^(shared|functions|cli|infra|localcloud|docs)/' },
      { path: '^(demo|test)/' },
    ),
    never(
      'nobody-needs-the-tests',
      'Tests are the end of the line. What others want of them is no test code: move it to where they may import it.',
      { pathNot: '^test/' },
      { path: '^test/' },
    ),
    never(
      'the-sdk-stays-at-the-edge',
      'Put the call into shared/adapters behind a port.',
      { path: '^(shared|functions|infra|docs)/', pathNot: '^(shared/adapters/|functions/compose\\.ts$)' },
      { path: npm('@aws-sdk/[^/]+') },
    ),
    never(
      'the-lambda-kit-stays-in-functions',
      'Log and count in functions/middleware, from the outcomes that reconcile returns.',
      { pathNot: '^(functions|test)/' },
      { path: npm('@middy/[^/]+|@aws-lambda-powertools/[^/]+') },
    ),
    never(
      'what-ships-needs-no-dev-dependency',
      'Move the package to dependencies, or the import to where it is not shipped. Types alone may stay.',
      { path: '^(shared|functions|cli)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'what-is-used-is-declared',
      'It is installed only because something else needs it. Declare it in package.json.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    never(
      'what-is-imported-exists',
      'There is no such file or package. Correct the path, or install the package.',
      {},
      { couldNotResolve: true },
    ),
    never('no-cycles', 'Move what both need into a file of its own.', {}, { circular: true }),
    never(
      'no-orphans',
      'Nobody imports it: delete it, or name it among the entries here and in knip.json.',
      {
        orphan: true,
        pathNot: [
          '\\.test\\.ts$',
          '\\.d\\.ts$',
          '^test/(check\\.ts|architecture/fixtures/|.*/functions/.*\\.mjs)',
          '^localcloud/lambda/worker/bootstrap\\.ts$',
        ],
      },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.json', '.d.ts'],
    },
  },
};
