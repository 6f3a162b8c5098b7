import { readdirSync } from 'node:fs'
import js from '@eslint/js'
import globals from 'globals'
import regexp from 'eslint-plugin-regexp'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** The extractors are pure: no room above them, no I/O, no clock. */
const PURE = {
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          group: ['**/server/**', '**/db/**', '**/web/**', '**/seeds/**', '**/tests/**'],
          message: 'extractors import nothing from the other rooms',
        },
        { group: ['node:*', 'fs', 'path'], message: 'extractors do no I/O' },
      ],
    },
  ],
  'no-restricted-globals': [
    'error',
    { name: 'process', message: 'extractors do no I/O' },
    { name: 'console', message: 'extractors do no I/O' },
  ],
}

/** The ground room: every room shares it, so it knows none of them and no library. */
const GROUND = {
  'no-restricted-imports': [
    'error',
    { patterns: [{ regex: '^(?!\\./)', message: 'db/domain imports nothing from outside itself' }] },
  ],
  'no-restricted-globals': ['error', 'process', 'console', 'window', 'document', 'Buffer'],
}

/** Pages run in the browser: of the other rooms they take the shared words and rules, nothing else. */
const PAGES = {
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          regex: '(?:\\.\\./)+(?:server|extractors|seeds|tests|db/(?!domain/))',
          message: 'web takes only db/domain from outside itself; everything else comes over HTTP',
        },
      ],
    },
  ],
}

/** Rooms of the server that every area builds on. */
const GROUND_OF_SERVER = ['core', 'rules', 'counting', 'readers', 'audit', 'settings', 'session', 'plugins', 'bounded']
/** What starts the whole: commands and the demo know every area. */
const STARTS = ['cli', 'demo']
const ROOMS = readdirSync(new URL('server', import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
/** Lists what areas let reader threads answer, and hands the answers to them: it stands between them and the app. */
const READING = 'reading'
/** An area imports the rooms that all share, never another area; the shared rooms import none. */
const AREAS = ROOMS.filter((room) => ![...GROUND_OF_SERVER, ...STARTS, READING].includes(room))
const areaRule = (room) => ({
  files: [`server/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `\\.\\./(?:${[...AREAS, ...STARTS].filter((other) => other !== room).join('|')})/`,
            message:
              'areas do not import each other: what two of them need belongs in server/core, server/counting or db/',
          },
        ],
      },
    ],
  },
})

/** SQL that only SQLite understands stands in db/, behind functions with names of the domain. */
const BARE_SQL = [
  {
    selector: 'CallExpression[callee.property.name=/^(?:prepare|pragma)$/]',
    message: 'statements and pragmas stand in db/, behind a function with a name of the domain',
  },
  {
    selector:
      ':matches(Literal[value=/json_each|data_version|TEMP TABLE/], TemplateElement[value.raw=/json_each|data_version|TEMP TABLE/])',
    message: 'SQL that only SQLite understands stands in db/, behind a function with a name of the domain',
  },
]

/** The clock of a machine is set, forwards and back: what is measured by it ends at once or in a day. */
const SET_CLOCK = {
  selector: "MemberExpression[object.name='Date'][property.name='now']",
  message: 'a duration is measured by performance.now(), which nobody sets; an instant is passed in (app.now())',
}

/** drizzle commits before an async callback has run. */
const ASYNC_TRANSACTION = {
  selector:
    ":matches(CallExpression[callee.property.name='transaction'], CallExpression[callee.name='inTransaction']) > ArrowFunctionExpression[async=true]",
  message: 'transactions of better-sqlite3 are synchronous: an async callback would not roll back',
}

const OWN_IMPORT = {
  selector: 'ImportExpression[source.value=/^[.]/]',
  message:
    'in a worker thread a dynamic import of our own TypeScript finds no loader: import the file statically, its libraries lazily',
}
const STATEMENTS = [ASYNC_TRANSACTION, SET_CLOCK, ...BARE_SQL]
/**
 * What only the main thread runs: the start, which tells a wrong setting before it loads the server, and routes, where what
 * few ask for is loaded with the first who does (tests/start-of-server.test.ts).
 */
const MAIN_THREAD = [
  'server/main.ts',
  'server/intake/runner.ts',
  'server/items/index.ts',
  'server/supervision/list-routes.ts',
]

export default tseslint.config(
  { ignores: ['node_modules', 'web/dist', 'data', 'screens', 'web/src/api/schema.d.ts', 'db/migrations'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  regexp.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'regexp/no-super-linear-backtracking': 'error',
      'no-restricted-syntax': ['error', ASYNC_TRANSACTION],
    },
  },
  { files: ['extractors/**/*.ts'], rules: PURE },
  { files: ['db/domain/**/*.ts'], rules: GROUND },
  { files: ['web/src/**/*.{ts,vue}'], rules: PAGES },
  ...[...AREAS, ...GROUND_OF_SERVER].map(areaRule),
  { files: ['server/**/*.ts'], rules: { 'no-restricted-syntax': ['error', OWN_IMPORT, ...STATEMENTS] } },
  { files: MAIN_THREAD, rules: { 'no-restricted-syntax': ['error', ...STATEMENTS] } },
  {
    files: ['web/**/*.{ts,vue}'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.vue'] },
    },
    rules: {
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/attributes-order': 'off',
      'vue/no-v-html': 'error',
    },
  },
)
