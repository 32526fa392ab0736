// Drives the ranking to hits that are not the best, by each comparison, and to the cure.

export const page = 'ch10-nan';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch10-wall"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const choose = async (name) => {
    await figure.getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  const lost = () => figure.locator('svg .ranked.lost').count();

  await says(/^The first 3: 0\.91, 0\.58, 0\.35\. Not among them: 0\.74, 0\.66\. Nothing reports it\.$/);
  assert.equal(await figure.locator('output.goes-wrong').count(), 1);
  assert.equal(await lost(), 3, '0.58 and 0.35 stand before better ones, and NaN has no score');

  // By keyboard; an arrow moves the document, and turns no page.
  await figure.getByLabel('it stands in row').focus();
  await page.keyboard.press('End');
  assert.match(page.url(), /ch10-nan/);
  await says(/These are the best, this time\. With a limit of 8, NaN is among the hits\.$/);
  await page.keyboard.press('Home');
  await says(/^The first 3: NaN, 0\.91, 0\.74\./);

  await choose(/^total_cmp, −NaN/);
  await says(/These are the best, this time\./);
  await choose(/^total_cmp, NaN/);
  await says(/^The first 3: NaN, 0\.91, 0\.74\. Not among them: 0\.66\./);
  await choose(/0\.0 in its place/);
  await says(/stands before -0\.27/);
  await choose(/left out/);
  await says(/These are the best, and left_out tells of row 0\.$/);
  assert.equal(await lost(), 0);
  assert.equal(await figure.locator('output.holds').count(), 1);
}
