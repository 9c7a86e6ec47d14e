import assert from "node:assert/strict";
import { test } from "node:test";

import { matches } from "../src/search.js";

test("accents and capitals do not matter", () => {
  assert.ok(matches("Financiën en Coördinatie", "FINANCIEN"));
  assert.ok(matches("Financien", "financiën"));
  assert.ok(matches("Beheer openbare ruimte", " ruimte  beheer "));
});

test("every word must be there", () => {
  assert.ok(!matches("Beheer openbare ruimte", "beheer balie"));
  assert.ok(matches("Balie", "  "));
});
