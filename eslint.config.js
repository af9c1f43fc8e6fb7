/** What ESLint checks beyond types: strict TypeScript, Svelte, and the rules of the floor plan that are not imports. */
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const NO_PROCESS_ENV = {
  object: 'process',
  property: 'env',
  message:
    'Only server/config.ts reads the environment, so that each variable is named, checked and documented once.',
};

const NO_TIME_OF_DAY = [
  {
    object: 'Date',
    property: 'now',
    message:
      'Only server/clock.ts reads the time of day, so that a recording of 2019 runs as 2019: take a Clock.',
  },
  {
    object: 'performance',
    property: 'timeOrigin',
    message:
      'That is the time of day by another name: take a Clock. performance.now() is fine for durations.',
  },
];

const NO_NEW_DATE = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'Only server/clock.ts reads the time of day: take a Clock, and give new Date an instant.',
  },
  {
    selector: "CallExpression[callee.name='Date']",
    message: 'Only server/clock.ts reads the time of day: take a Clock.',
  },
];

const NO_ENV_BY_IMPORT = [
  ...['process', 'node:process'].map((name) => ({
    name,
    message: 'Use the global process, whose environment only server/config.ts reads.',
  })),
];

// dependency-cruiser sees a component after its types are gone, so what a component imports as a type
// is held to the floor plan here.
const COMPONENT_TYPES = [
  {
    regex: '/(server|models)/',
    message:
      'The client builds on shared/ alone, types included: what it needs to know of the server is on the wire, in shared/.',
  },
];
const NO_LEAFLET = {
  regex: '^leaflet(\\.heat)?$',
  message:
    'Leaflet, types included, stays in client/map, so that panels and state can be shown without a map.',
};

export default defineConfig(
  globalIgnores(['dist/', '.cache/', '.data/', 'test-results/', 'client/public/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // An index signature is read as record['key'] (noPropertyAccessFromIndexSignature), which dot-notation forbids.
      '@typescript-eslint/dot-notation': 'off',
      // A list that is known to be long enough is still checked by the compiler, so no assertion is cheap.
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-restricted-properties': ['error', NO_PROCESS_ENV, ...NO_TIME_OF_DAY],
      'no-restricted-syntax': ['error', ...NO_NEW_DATE],
      'no-restricted-imports': ['error', { paths: NO_ENV_BY_IMPORT }],
    },
  },
  { files: ['**/*.svelte', '**/*.svelte.ts'], extends: [svelte.configs['flat/recommended']] },
  { files: ['**/*.svelte.ts'], languageOptions: { parser: ts.parser } },
  {
    files: ['**/*.svelte'],
    languageOptions: {
      parserOptions: {
        parser: ts.parser,
        svelteConfig,
        projectService: true,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: NO_ENV_BY_IMPORT, patterns: [...COMPONENT_TYPES, NO_LEAFLET] },
      ],
      // svelte-check types templates; here what comes out of a snippet or another component is any.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // An effect names what it depends on by reading it: void state;
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // A prop is declared with let and never assigned here, since its parent assigns it.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    files: ['client/map/**/*.svelte'],
    rules: { 'no-restricted-imports': ['error', { paths: NO_ENV_BY_IMPORT, patterns: COMPONENT_TYPES }] },
  },
  { files: ['server/config.ts'], rules: { 'no-restricted-properties': ['error', ...NO_TIME_OF_DAY] } },
  {
    files: ['server/clock.ts'],
    rules: { 'no-restricted-properties': ['error', NO_PROCESS_ENV], 'no-restricted-syntax': 'off' },
  },
  // Whether it is day in the room is asked of the room's own clock, whatever time the feeds tell.
  { files: ['client/look/room-hour.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // The browser's console is the client's log.
  { files: ['client/**'], rules: { 'no-console': ['error', { allow: ['warn', 'error'] }] } },
  // Commands talk to whoever typed them; everything else has a log.
  { files: ['server/commands/**'], rules: { 'no-console': 'off' } },
  {
    files: ['tests/**/*.ts'],
    rules: {
      // Tests on real servers stamp what they send with the real time, and hand the environment on to the
      // processes they start; unit tests have a clock of their own.
      'no-restricted-properties': 'off',
      'no-restricted-syntax': 'off',
      // vitest's matchers and fixtures are typed loosely where a test's point is to pass something wrong.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['tests/bench/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [ts.configs.recommended],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
);
