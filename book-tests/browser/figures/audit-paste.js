// Pastes code into the audit, and follows a finding to its line.

export const page = 'audit';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="audit-paste"]');
  const text = figure.getByLabel('Rust code');
  const said = figure.locator('output');
  const says = (words) => said.filter({ hasText: words }).waitFor();

  // An example stands there.
  await says(/^\d+ findings?\.$/);
  assert.match(await figure.locator('.findings').textContent(), /nan::partial_cmp_unwrap/);

  await text.fill('fn best(mut scores: Vec<f32>) {\n    scores.sort_by(|a, b| a.partial_cmp(b).unwrap());\n}\n');
  await says('1 finding.');
  await figure.getByRole('button', { name: 'Line 2' }).press('Enter');
  const selected = await text.evaluate((box) => box.value.slice(box.selectionStart, box.selectionEnd));
  assert.equal(selected, '    scores.sort_by(|a, b| a.partial_cmp(b).unwrap());');
  assert.match(await figure.getByRole('link', { name: 'in the book' }).getAttribute('href'), /^ch10-nan\.html#/);

  await text.fill('fn best(scores: &[f32]) -> f32 { scores[0] }');
  await says('0 findings.');
  await text.fill('fn best(');
  await says(/^This is no file of Rust: line 1: /);
  await text.fill(`fn f() { ${'('.repeat(10000)}${')'.repeat(10000)} }`);
  await says(/nested too deeply/);

  // A Cargo.toml has rules of its own, and a comment that silences nothing is told.
  await text.fill('[dependencies]\nort = "2.0.0-rc.14"\n');
  await says('1 finding.');
  await text.fill('// audit: allow(nan::partial_cmp_unwrap)\nfn best(a: f32, b: f32) { a.partial_cmp(&b).unwrap(); }');
  await figure.getByText('say why it is no pitfall here').waitFor();

  await figure.getByLabel('Or choose a file').setInputFiles({
    name: 'ranking.rs',
    mimeType: 'text/plain',
    buffer: Buffer.from('fn best(a: f32, b: f32) { a.partial_cmp(&b).unwrap(); }'),
  });
  await says('1 finding.');

  // What was pasted is there after a reload.
  await page.reload();
  await figure.evaluate((place) => place.scrollIntoView());
  await says('1 finding.');
  assert.match(await text.inputValue(), /^fn best\(a: f32/);
}
