// What an instructor prints for the room.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { launch, skip } from './chromium.js';
import { makeHandouts, sheets } from './handouts.js';
import { made, openWorkbook } from './workbook.js';

test('every chapter and the checklist have one sheet, and a chapter begins a page of the booklet of solutions', { skip }, async () => {
  const [workbook, browser] = await Promise.all([openWorkbook(), launch()]);
  try {
    const written = await makeHandouts(browser, workbook.url, join(made, 'handouts'));
    assert.ok(written.sheets.length >= 7);
    for (const path of written.sheets) assert.equal(sheets(readFileSync(path)), 1, path);
    assert.ok(sheets(readFileSync(written.solutions)) > written.sheets.length);
    assert.equal(sheets(readFileSync(written.checklist)), 1);
    assert.equal(sheets(readFileSync(written.feedback)), 1);
  } finally {
    await Promise.all([browser.close(), workbook.stop()]);
  }
});
