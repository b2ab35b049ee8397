/** What eslint checks in the page's script: its recommended rules, and a few that keep the code plain. */

import js from "@eslint/js";

export default [
  { ignores: ["**/made/", "**/node_modules/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: true },
    rules: {
      "no-control-regex": "off", // SPARQL and XML name the characters that they exclude
      "no-misleading-character-class": "off", // so does the grammar of prefixed names
      "no-undef": "off", // tsc knows the globals of a page and of a worker
      "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      "prefer-template": "error",
      "object-shorthand": "error",
      eqeqeq: "error",
      "max-len": ["error", { code: 110, ignoreUrls: true }],
      "max-lines": ["error", 300],
      "id-denylist": [
        "error",
        ...["said", "place", "most", "kind", "way", "sign", "look", "thing", "again", "lit", "asked"],
        ...["named", "written", "opened", "lines"],
      ],
    },
  },
];
