// Drives the search: through each mistake, with and without a store that compares fingerprints.

export const page = 'ch08-recipe';

export async function drive(page, assert) {
  const figure = page.locator('.play[data-figure="ch08-search"]');
  const says = async (words) => assert.match(await figure.locator('output').textContent(), words);
  const choose = async (name) => {
    await figure.getByRole('radio', { name }).focus();
    await page.keyboard.press('Space');
  };
  const compare = async () => {
    await figure.getByLabel('The store compares fingerprints').focus();
    await page.keyboard.press('Space');
  };

  await says(/^The best hit is "the actors were good", with 0\.679\. That is what was asked for\.$/);
  await choose(/the prefix of the query/);
  await says(/^The best hit is "a boring story.* Nothing says that the recipes differ\.$/);
  assert.equal(await figure.locator('output.goes-wrong').count(), 1);
  assert.equal(await figure.locator('svg .hit.other').count(), 4);
  await compare();
  await says(/^Refused: OtherRecipe\. 4 of 4 vectors/);
  assert.equal(await figure.locator('svg.refused').count(), 1);
  await choose(/two old passages/);
  await says(/^Refused: OtherRecipe\. 2 of 4 vectors/);
  await choose(/length 1, everywhere/);
  await says(/not about actors\. All vectors have one recipe/);
  assert.equal(await figure.locator('svg.refused').count(), 0);
  await compare();
  await choose(/^nothing/);
  assert.equal(await figure.locator('output.holds').count(), 1);
}
