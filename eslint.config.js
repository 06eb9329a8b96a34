/** Lint rules: strict types, the size limits of the style guide, and the import walls between folders. */
import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const wall = (files, patterns, extra = {}) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })), ...extra }] },
});
const node = [['node:*', 'fs', 'path', 'crypto', 'worker_threads'], 'This folder must run without Node: use a port.'];
const electron = [['electron', 'electron/*'], 'Only electron/desktop may import Electron.'];
const privileged = [['electron', 'electron/*', '**/electron/**'], 'The page imports shared/ and renderer/ only.'];

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'coverage/'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'type'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: "AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]", message: 'Log fields are text nodes only.' },
      ],
      'no-restricted-properties': ['error', { property: 'insertAdjacentHTML', message: 'Log fields are text nodes only.' }],
      'no-eval': 'error', 'no-new-func': 'error', 'no-console': 'off', 'no-control-regex': 'off',
    },
  },
  { files: ['test/**'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  {
    files: ['scripts/**', '*.js', 'electron.vite.config.ts', 'vitest.config.ts', 'test/e2e/playwright.config.ts'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly', Buffer: 'readonly' } },
    rules: { 'no-restricted-syntax': 'off' },
  },
  { files: ['**/*.d.ts'], rules: { '@typescript-eslint/consistent-type-definitions': 'off' } },
  wall(['shared/**'], [node, electron, [['**/electron/**', '**/renderer/**', 'sql.js'], 'shared/ imports shared/ and zod only.']]),
  wall(['electron/engine/**'], [node, electron, [['**/auth0/**', '**/vault/**', '**/node/**', '**/cli/**', '**/desktop/**', '**/loopback/**'], 'The engine imports shared/ and itself only.']]),
  {
    files: ['electron/engine/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'fetch', 'Buffer', 'setTimeout', 'setInterval'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now', message: 'The clock is a port.' }],
    },
  },
  wall(['electron/auth0/**', 'electron/vault/**'], [node, electron, [['**/engine/**', '**/node/**', '**/cli/**'], 'These folders import shared/ and their own ports only.']]),
  wall(['electron/node/**'], [electron, [['**/engine/*/**', '**/cli/**'], 'Adapters import engine/index.ts and engine/ports.ts only.']]),
  wall(['electron/cli/**', 'electron/loopback/**'], [electron, [['**/engine/**'], 'Hosts go through electron/node/.']]),
  { ...reactHooks.configs.flat.recommended, files: ['renderer/**'] },
  {
    files: ['renderer/**'],
    rules: {
      // It speaks of the React compiler, which is not used.
      'react-hooks/incompatible-library': 'off',
      'no-restricted-syntax': ['error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Log fields are text nodes only.' },
        { selector: "AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]", message: 'Log fields are text nodes only.' },
      ],
    },
  },
  wall(['renderer/**'], [node, privileged]),
  wall(['renderer/components/**', 'renderer/theme/**'], [node, privileged, [['**/engine-client', '**/hooks/**', '**/shell/**', '**/screens/**', '@tanstack/react-query'], 'Components take data and callbacks: they fetch nothing.']]),
);
